"""Evaluation: metrics, significance, folders of pictures, what is out of distribution."""
