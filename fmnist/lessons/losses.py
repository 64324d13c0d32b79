"""Losses: how wrong outputs are, and in which direction they would be less so."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Of single or double precision.
Floats = NDArray[Any]

# Of outputs ``(n, k)`` and targets: the mean loss, and its gradient by the outputs, ``(n, k)``.
Loss = Callable[[Floats, NDArray[Any]], tuple[float, Floats]]


def softmax(logits: Floats, temperature: float = 1.0) -> Floats:
    """Turn scores into shares of one whole.

    Args:
        logits: ``(..., classes)``.
        temperature: above 0; a low one comes near argmax, a high one evens the shares out.

    Returns:
        Of the same shape, 0–1; each row sums to 1.
    """
    powers = np.exp((logits - logits.max(axis=-1, keepdims=True)) / temperature)
    return powers / powers.sum(axis=-1, keepdims=True)


def squared_error(outputs: Floats, targets: NDArray[Any]) -> tuple[float, Floats]:
    """Mean squared error, for regression; targets are numbers, ``(n, k)``."""
    apart = outputs - targets
    return float((apart**2).mean()), 2 * apart / apart.size


def cross_entropy(outputs: Floats, targets: NDArray[Any]) -> tuple[float, Floats]:
    """Sparse categorical cross-entropy of logits: −log of the share that the true class gets.

    Targets are labels, integers ``(n,)``; the loss is in nats.
    """
    shares, rows = softmax(outputs), np.arange(len(targets))
    labels = targets.astype(np.intp)
    value = -np.log(np.maximum(shares[rows, labels], 1e-30)).mean()
    shares[rows, labels] -= 1
    return float(value), shares / len(targets)
