"""Kaggle's form: a CSV with a header, then a row an image, its label and its 784 pixels."""

from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets.formats import Content, SplitName
from fmnist.storage import Rows

_COLUMNS = 1 + 28 * 28
_ROWS = 500  # at once, so that little memory is taken


def name(dataset: str, split: SplitName) -> str:
    """Return Kaggle's name for a file: ``fashion-mnist_train.csv``."""
    return f"{dataset}_{split}.csv"


def read(stream: BinaryIO) -> Content:
    """Read one file; Kaggle has shuffled the rows of Fashion-MNIST.

    Raises:
        ValueError: if a row is cut off, a value is not a whole number from 0 to 255, or the
            columns are others.
    """
    import pandas as pd  # 0.4 s, which only a CSV is worth

    columns = stream.readline(64 * 1024).decode("utf-8", "replace").strip().split(",")
    if columns[0].strip('"\ufeff') != "label" or len(columns) != _COLUMNS:
        raise ValueError(
            "is not a table of images: it should have the columns label, pixel1, …, pixel784; "
            f"it has {len(columns):,}, and the first is '{columns[0][:20]}'"
        )
    try:
        # A row of another length than the first is an error of pandas, an empty file too.
        # int16 and not uint8, into which 256 would be folded as 0.
        table = pd.read_csv(stream, header=None, dtype=np.int16)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"is damaged: {error}") from error
    rows = table.to_numpy()
    if rows.shape[1] != _COLUMNS:
        raise ValueError(f"is damaged: its rows have {rows.shape[1]:,} values, not {_COLUMNS}")
    if rows.min() < 0 or rows.max() > 255:
        raise ValueError("is damaged: it has values outside 0 to 255")
    rows = rows.astype(np.uint8)
    return Content(
        images=np.ascontiguousarray(rows[:, 1:]).reshape(-1, 28, 28), labels=rows[:, 0].copy()
    )


def written(images: Rows, labels: NDArray[np.uint8]) -> Iterator[bytes]:
    """Yield what a file holds, the header first, then some rows at a time, in their order.

    Args:
        images: uint8 ``(n, 28, 28)``.
        labels: uint8 ``(n,)``.
    """
    yield ",".join(["label", *(f"pixel{n}" for n in range(1, _COLUMNS))]).encode() + b"\n"
    number = [b"%d" % value for value in range(256)]
    for start in range(0, len(labels), _ROWS):
        chosen = np.arange(start, min(start + _ROWS, len(labels)))
        pixels = images[chosen].reshape(len(chosen), -1)
        table = np.concatenate([labels[chosen, None], pixels], axis=1)
        yield b"".join(
            b",".join([number[value] for value in row.tobytes()]) + b"\n" for row in table
        )
