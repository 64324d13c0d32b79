import hashlib

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets.checksums import Checksums, part_sha256, rows_sha256
from fmnist.datasets.formats import Content
from tests.small_dataset import idx_bytes, make_split


def content(order: slice | NDArray[np.intp] = slice(None)) -> Content:
    images, labels = make_split(20, seed=0)
    return Content(images[order].copy(), labels[order].copy())


def test_part_sums_are_those_of_the_plain_idx_files() -> None:
    images, labels = make_split(20, seed=0)
    assert part_sha256("images", images) == hashlib.sha256(idx_bytes(images)).hexdigest()
    assert part_sha256("labels", labels) == hashlib.sha256(idx_bytes(labels)).hexdigest()


def test_the_rows_sum_depends_on_the_pairs_and_not_on_their_order() -> None:
    shuffled = np.random.default_rng(1).permutation(20)
    assert rows_sha256(content(shuffled)) == rows_sha256(content())
    mismatched = Content(content().images, np.roll(content().labels, 1))
    assert rows_sha256(mismatched) != rows_sha256(content())


def sums(rows: bool) -> Checksums:
    c = content()
    images, labels = part_sha256("images", c.images), part_sha256("labels", c.labels)
    return Checksums(images, labels, rows_sha256(c) if rows else None)


def test_mismatches_names_the_part_that_differs() -> None:
    changed = content().images.copy()
    changed[3, 14, 14] ^= 1
    assert sums(rows=True).mismatches(content()) == ()
    assert sums(rows=True).mismatches(Content(changed, content().labels)) == ("images",)
    labels = np.roll(content().labels, 1)
    assert sums(rows=True).mismatches(Content(content().images, labels)) == ("labels",)


def test_another_order_is_known_by_the_rows_sum_alone() -> None:
    shuffled = content(slice(None, None, -1))
    assert sums(rows=True).mismatches(shuffled) == ()
    assert sums(rows=False).mismatches(shuffled) == ("images", "labels")
    assert sums(rows=True).mismatches(content(slice(0, 10))) == ("images", "labels")
