"""Photos in training: decoded once, and drawn by where they are from.

``frames`` has their pixels, ``sampling`` says how often each is seen, ``batches`` are what the
photo model sees.
"""
