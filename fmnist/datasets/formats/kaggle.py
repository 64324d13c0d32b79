"""Kaggle's form: a CSV with a header, then a row an image, its label and its 784 pixels."""

from typing import BinaryIO

import numpy as np

from fmnist.datasets.formats import Content, SplitName

_COLUMNS = 1 + 28 * 28


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
