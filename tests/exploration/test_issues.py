from pathlib import Path

import numpy as np
import pytest

from fmnist.datasets import DATASETS, DataUnavailableError, Split, SplitName
from fmnist.datasets.formats import SPLITS
from fmnist.exploration.confident_learning import LabelIssues, find_label_issues
from fmnist.exploration.issues import Issues, Made, data_digest, read_issues, write_issues
from fmnist.exploration.near_duplicates import NEAR, NearDuplicates
from fmnist.inference.kept_outputs import OutputsKey
from fmnist.settings import issues_file
from tests.exploration.test_confident_learning import made_up

MADE = Made("command", "network", 4, 0.9, "model", "2 cores", "2026-11-28T10:00:00+00:00")


def some_issues() -> Issues:
    near = NearDuplicates(
        np.array([3], np.int32), np.array([5], np.int32), np.array([0.01], np.float32)
    )
    halves: dict[SplitName, LabelIssues] = {
        "train": find_label_issues(*made_up(1)),
        "test": find_label_issues(*made_up(2)),
    }
    return Issues(halves, near, 2, MADE)


def test_what_is_kept_is_read(tmp_path: Path) -> None:
    issues, path = some_issues(), tmp_path / "deep" / "issues.npz"
    write_issues(path, "digest", issues)
    found = read_issues(path, "digest")
    assert found
    assert (found.exact, found.made) == (2, MADE)
    for ours, theirs in (
        (issues.near, found.near),
        (issues.labels["train"], found.labels["train"]),
        (issues.labels["test"], found.labels["test"]),
    ):
        for column, read in zip(ours, theirs, strict=True):
            np.testing.assert_array_equal(column, read, strict=True)  # their types too


def test_issues_of_other_data_are_not_read(tmp_path: Path) -> None:
    write_issues(tmp_path / "issues.npz", "digest", some_issues())
    assert read_issues(tmp_path / "issues.npz", "another") is None


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 and no more", b"[]"])
def test_a_damaged_file_is_none(damage: bytes, tmp_path: Path) -> None:
    (tmp_path / "issues.npz").write_bytes(damage)
    assert read_issues(tmp_path / "issues.npz", "digest") is None
    assert read_issues(tmp_path / "missing.npz", "digest") is None


def test_the_digest_changes_with_images_labels_and_halves() -> None:
    labels = np.arange(10, dtype=np.uint8)
    first = data_digest({"train": ("a", labels), "test": ("b", labels)})
    assert data_digest({"test": ("b", labels), "train": ("a", labels)}) == first
    others = (
        data_digest({"train": ("b", labels), "test": ("a", labels)}),
        data_digest({"train": ("a", labels), "test": ("b", labels[::-1])}),
    )
    assert len({first, *others}) == 3


def test_the_issues_that_are_shipped_are_of_the_published_data() -> None:
    halves: dict[SplitName, Split] = {}
    try:
        for name in SPLITS:
            halves[name] = DATASETS["fashion-mnist"].load(name, download=False)
    except DataUnavailableError:
        pytest.skip("needs Fashion-MNIST, which is not here")
    if not all(split.verified for split in halves.values()):
        pytest.skip("needs the real Fashion-MNIST, which is not here")
    digest = data_digest(
        {name: (OutputsKey.of("", s.images).images, s.labels) for name, s in halves.items()}
    )
    issues = read_issues(issues_file("fashion-mnist"), digest)
    assert issues
    assert issues_file("fashion-mnist").stat().st_size < 100_000
    for name, found in issues.labels.items():
        assert 0 < len(found.images) < len(halves[name]) / 20
        np.testing.assert_array_equal(found.given, halves[name].labels[found.images])
    pairs = zip(issues.near.test, issues.near.train, issues.near.distances, strict=True)
    for test, train, distance in pairs:
        difference = halves["test"].images[test] / 255 - halves["train"].images[train] / 255
        assert np.sqrt((difference**2).mean()) == pytest.approx(distance, abs=1e-6)
        assert distance < NEAR
