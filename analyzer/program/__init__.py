"""From verdicts to what to train."""
