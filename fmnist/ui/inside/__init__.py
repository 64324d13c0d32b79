"""What the Inside page alone needs."""
