"""Kaggle's form: a CSV with a header, then a row an image, its label and its 784 pixels."""

import csv
import gzip
import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets.formats import MOST_IMAGES, Content, SplitName, unpacking
from fmnist.datasets.formats.idx import GZIP_MAGIC, refuse_web_page
from fmnist.storage import Rows

_COLUMNS = 1 + 28 * 28
_ROWS = 500  # at once, so that little memory is taken


def name(dataset: str, split: SplitName) -> str:
    """Return Kaggle's name for a file: ``fashion-mnist_train.csv``."""
    return f"{dataset}_{split}.csv"


def read(stream: BinaryIO, class_names: Sequence[str] = ()) -> Content:
    """Read one file; Kaggle has shuffled the rows of Fashion-MNIST.

    What spreadsheets and other programs make of such a table is taken as well: semicolons or tabs
    for commas, a first column of row numbers, labels from 1 to 10, names for labels, gzip around
    it.

    Args:
        stream: the open file.
        class_names: what may stand in place of the labels, in their order.

    Raises:
        ValueError: if a row is cut off, a value is not a whole number from 0 to 255, or the
            columns are others.
    """
    with unpacking(), ExitStack() as opened:
        return _read_plain(_unpacked(stream, opened), class_names)


def _unpacked(stream: BinaryIO, opened: ExitStack) -> BinaryIO:
    magic = stream.read(2)
    stream.seek(0)
    if magic != GZIP_MAGIC:
        return stream
    return cast(BinaryIO, opened.enter_context(gzip.GzipFile(fileobj=stream)))


def _read_plain(stream: BinaryIO, class_names: Sequence[str]) -> Content:
    import pandas as pd  # 0.4 s, which only a CSV is worth

    header = stream.readline(64 * 1024)
    refuse_web_page(header)
    text = header.decode("utf-8-sig", "replace").strip()
    separator = max(",;\t", key=text.count)
    columns = [column.strip(' "') for column in text.split(separator)]
    first = int(len(columns) == _COLUMNS + 1 and columns[1] == "label")
    if columns[first] != "label" or len(columns) - first != _COLUMNS:
        raise ValueError(
            "is not a table of images: it should have the columns label, pixel1, …, pixel784; "
            f"it has {len(columns):,}, and the first is '{columns[0][:20]}'"
        )
    try:
        # A row of another length than the first is an error of pandas, an empty file too.
        # int16 and not uint8, into which 256 would be folded as 0. No number is quoted: a quote
        # that is never closed would swallow the rows after it.
        table = pd.read_csv(
            _WithoutNul(stream),
            header=None,
            sep=separator,
            quoting=csv.QUOTE_NONE,
            nrows=MOST_IMAGES + 1,
            dtype=dict.fromkeys(range(len(columns)), np.int16) | {0: str, first: str},
        )
    except (ValueError, OverflowError) as error:
        raise ValueError(f"is damaged: {error}") from error
    if table.shape[1] != len(columns):
        raise ValueError(f"is damaged: its rows have {table.shape[1]:,} values, not {len(columns)}")
    labels = _labels([str(label) for label in table[first]], class_names)
    pixels = table.iloc[:, first + 1 :].to_numpy()
    if min(pixels.min(), labels.min()) < 0 or max(pixels.max(), labels.max()) > 255:
        raise ValueError("is damaged: it has values outside 0 to 255")
    images = np.ascontiguousarray(pixels.astype(np.uint8)).reshape(-1, 28, 28)
    return Content(images, labels.astype(np.uint8))


def _labels(texts: Sequence[str], class_names: Sequence[str]) -> NDArray[np.int64]:
    """Turn what stands in the column of labels into numbers."""
    bare = [text[1:-1] if text[:1] == text[-1:] == '"' else text for text in texts]
    known = {_plain(name): number for number, name in enumerate(class_names)}
    try:
        labels = np.array([int(text) for text in bare])
    except ValueError:
        strange = next((text for text in bare if _plain(text) not in known), None)
        if strange is not None:
            raise ValueError(
                f"is damaged: it has the label '{strange[:20]}'; expected numbers from 0 to 9"
                + " or the names of the classes" * bool(known)
            ) from None
        return np.array([known[_plain(text)] for text in bare])
    return labels - 1 if (labels.min(), labels.max()) == (1, 10) else labels


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))


class _WithoutNul(io.BufferedIOBase):
    """The rest of a table; a byte that no text has would end a number early and unnoticed."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        data = self._stream.read(-1 if size is None else size)
        if b"\0" in data:
            raise ValueError("it has NUL bytes, which no table has")
        return data

    read1 = read


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
