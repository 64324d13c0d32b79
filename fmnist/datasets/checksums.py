"""Whether content is the publisher's, by SHA-256."""

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets.content import Content, Part
from fmnist.datasets.formats import idx


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

    def strangers(self, content: Content) -> tuple[Part, ...]:
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
