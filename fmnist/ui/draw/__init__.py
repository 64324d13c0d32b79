"""What the Draw page alone needs."""
