"""Exploration: what is in the data: a map, doubtful labels, near-duplicates, its pixels."""
