"""The commands of ``python -m fmnist``, a file each."""
