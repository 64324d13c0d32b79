"""What the Images page alone needs."""
