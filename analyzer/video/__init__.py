"""Files and frames: probe, reader, writer. Knows nothing of people."""
