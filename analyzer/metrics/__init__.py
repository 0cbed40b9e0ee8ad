"""One file per metric: from movement to numbers. Knows nothing of pass and fail."""
