"""What is predicted: a model, or two, on a picture; how sure, and whether it is one of the classes."""
