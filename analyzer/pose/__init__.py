"""From frames to a pose track. Knows nothing of what the person is doing."""
