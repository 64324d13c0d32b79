"""Whether content is the publisher's, by SHA-256, and which published pieces a file holds."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets.formats import Content, Part, Piece, SplitName, archive, idx, kaggle


@dataclass(frozen=True)
class Checksums:
    """The SHA-256 sums of one split as its publisher issued it, in hexadecimal.

    The sums are of the decompressed content, because every distributor compresses it differently.

    Attributes:
        images: of the IDX file of images, header and bytes.
        labels: of the IDX file of labels.
        rows: of the images in no particular order (see ``rows_sha256``), by which Kaggle's
            shuffled tables are recognised; None where it is not known.
    """

    images: str
    labels: str
    rows: str | None = None

    def mismatches(self, content: Content) -> tuple[Part, ...]:
        """Return the parts that are not the publisher's: none when the content is verified."""
        wrong: list[Part] = []
        if part_sha256("images", content.images) != self.images:
            wrong.append("images")
        if part_sha256("labels", content.labels) != self.labels:
            wrong.append("labels")
        if len(wrong) == 2 and self.rows is not None and rows_sha256(content) == self.rows:
            return ()
        return tuple(wrong)


def part_sha256(part: Part, array: NDArray[np.uint8]) -> str:
    """Return the SHA-256 that an array's plain IDX file has, whatever form it was read from."""
    digest = hashlib.sha256(idx.header(part, array))
    digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


def rows_sha256(content: Content) -> str:
    """Return a SHA-256 that does not depend on the order of the images.

    It is taken over the rows, each a label and its 784 pixels, sorted as bytes.
    """
    pixels = content.images.reshape(len(content.images), -1)
    rows = np.concatenate([content.labels[:, None], pixels], axis=1)
    digest = hashlib.sha256()
    for row in sorted(map(bytes, rows)):
        digest.update(row)
    return digest.hexdigest()


def recognise(
    stream: BinaryIO, checksums: Mapping[SplitName, Checksums]
) -> dict[Piece, NDArray[np.uint8]]:
    """Read a file in whichever form it is and tell what it holds.

    Args:
        stream: the open file: IDX, gzipped or plain, Kaggle's CSV, or an archive.
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
    if archive.is_archive(stream):
        contents = {split: archive.read(stream, split) for split in checksums}
    elif b"label" in start:
        contents = dict.fromkeys(checksums, kaggle.read(stream))
    else:
        return _recognise_idx(stream, checksums)
    pieces: dict[Piece, NDArray[np.uint8]] = {}
    for split, content in contents.items():
        if not checksums[split].mismatches(content):
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
