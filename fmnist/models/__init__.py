"""Trained models: the card that says what one is, its files, and the store that keeps them."""

from fmnist.models.card import Card, ModelError
from fmnist.models.store import Entry, ModelStore, default_store, preferred

__all__ = ["Card", "Entry", "ModelError", "ModelStore", "default_store", "preferred"]
