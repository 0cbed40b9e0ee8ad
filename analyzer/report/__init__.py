"""The report: one self-contained page made of an assessment. Knows nothing of how anything was measured."""
