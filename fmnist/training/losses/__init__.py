"""training/losses"""
