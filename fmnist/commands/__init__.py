"""The command line, one file a command; ``fmnist.__main__`` lists them."""
