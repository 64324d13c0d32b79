"""Segmentation: what a photo was taken of, told from its background."""
