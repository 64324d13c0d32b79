"""Training: what to train, how, and runs on disk in processes of their own."""
