"""The report and the tables. Knows nothing of how anything was measured."""
