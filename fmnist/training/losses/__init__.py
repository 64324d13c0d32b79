"""Losses: what training makes small, a file each, and a line in the table below.

A file has ``loss``, which Keras takes: a function or a ``keras.losses.Loss`` of targets and
predictions, both probabilities ``(n, num_classes)``. The name in the table, with underscores, is
the file's.
"""

from importlib import import_module
from typing import Any

# The name people choose, and what the Train page says of it.
LOSSES: dict[str, str] = {
    "crossentropy": "Cross-entropy",
    "label-smoothing": "Cross-entropy, labels smoothed by a tenth",
}


def load_loss(name: str) -> Any:
    """Return the loss of that name; its file, which needs Keras, is imported only here."""
    return import_module(f"{__name__}.{name.replace('-', '_')}").loss
