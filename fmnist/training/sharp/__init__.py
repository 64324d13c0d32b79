"""The sharper look: a network trained on photos alone, at 64×64 pixels and in colour."""
