"""Clips held against each other: cue trials, before and after, and a client's history."""
