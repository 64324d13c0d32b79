"""training/augmentation"""
