"""Exercises as data: what counts as a repetition of each, and what its form is held against."""
