"""Training targets, verdicts and tests. Knows nothing of drawing."""
