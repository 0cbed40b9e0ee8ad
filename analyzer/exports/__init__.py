"""Tracks in the formats of other programs."""
