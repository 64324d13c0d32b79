"""Pretrained weights: what networks of others have learnt, fetched, read and put into ours."""
