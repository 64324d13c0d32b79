"""Overfitting: from when on a network learns its training images by heart."""

from collections.abc import Mapping, Sequence

# The held-out images' loss has risen if the mean since its lowest is by this factor above it.
_RISEN = 1.05
_EPOCHS = 5  # fewer may be chance


def memorising_from(history: Sequence[Mapping[str, float]]) -> int | None:
    """Return the epoch from which on a network memorises; None if it does not, or not yet.

    It is the one after the lowest loss of the held-out images, if at least five epochs have passed
    since, in their mean that loss was 5 % or more above its lowest, and the training images' loss
    is lower than it was then.

    Args:
        history: a row an epoch, as ``Run.history`` has it.
    """
    rows = [row for row in history if "val_loss" in row]
    if not rows:
        return None
    best = min(range(len(rows)), key=lambda place: rows[place]["val_loss"])
    since = rows[best + 1 :]
    if len(since) < _EPOCHS or since[-1]["loss"] >= rows[best]["loss"]:
        return None
    mean = sum(row["val_loss"] for row in since) / len(since)
    return round(since[0]["epoch"]) if mean >= _RISEN * rows[best]["val_loss"] else None
