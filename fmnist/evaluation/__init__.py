"""Evaluation: metrics, significance, labelled photos and drawings, what is out of distribution."""
