"""Exploration: what is in the data set, all of it at a glance."""
