"""Telling which published pieces a file holds, by its content alone."""

from collections.abc import Mapping
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets.checksums import Checksums, part_sha256
from fmnist.datasets.content import Piece, SplitName
from fmnist.datasets.formats import idx, kaggle, npz


def recognise(
    stream: BinaryIO, checksums: Mapping[SplitName, Checksums]
) -> dict[Piece, NDArray[np.uint8]]:
    """Read a file in whichever form it is and tell what it holds.

    Args:
        stream: the open file: IDX, gzipped or plain, Kaggle's CSV, or NumPy's archive.
        checksums: the sums of each split of the data set.

    Returns:
        The published pieces in the file, by split and part: never empty. Whatever else is in it
        is left out.

    Raises:
        ValueError: if the file is damaged or holds none of them; with the end of a sentence that
            begins with the file's name.
    """
    start = stream.read(16)
    stream.seek(0)
    if start.startswith(npz.ZIP_MAGIC):
        contents = {split: npz.read(stream, split) for split in checksums}
    elif b"label" in start:
        contents = dict.fromkeys(checksums, kaggle.read(stream))
    else:
        return _recognise_idx(stream, checksums)
    pieces: dict[Piece, NDArray[np.uint8]] = {}
    for split, content in contents.items():
        if not checksums[split].strangers(content):
            pieces[split, "images"] = content.images
            pieces[split, "labels"] = content.labels
    if not pieces:
        raise ValueError("is sound, but its content is not the published one")
    return pieces


def _recognise_idx(
    stream: BinaryIO, checksums: Mapping[SplitName, Checksums]
) -> dict[Piece, NDArray[np.uint8]]:
    part, array = idx.read(stream)
    sha256 = part_sha256(part, array)
    for split in checksums:
        if sha256 == getattr(checksums[split], part):
            return {(split, part): array}
    raise ValueError(f"holds {len(array):,} sound {part}, but not the published ones")
