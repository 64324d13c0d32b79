"""What the Models page alone needs."""
