"""How good predictions are: metrics, significance, labelled folders, what is out of distribution."""
