"""Inference: what models predict, how sure they are, and whether it is one of their classes."""
