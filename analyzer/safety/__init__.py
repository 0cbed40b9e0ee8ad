"""What is asked before anything is judged."""
