"""What the Train page alone needs."""
