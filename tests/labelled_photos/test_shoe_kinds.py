from pathlib import Path

import pytest

from fmnist.datasets import DATASETS
from fmnist.labelled_photos.shoe_kinds import FILE, shoe_kinds
from fmnist.preprocessing import InputError
from tests.labelled_photos.tree import shoe_table

NAMES = DATASETS["fashion-mnist"].class_names
ROWS = {
    "train/shoes/a.jpg": "sandal",
    "train/shoes/b.jpg": "sneaker|ankle-boot",
    "train/shoes/c.jpg": "other",
    "training/shoes/a.jpg": "sneaker",
    "train/shoes/d.jpg": "sandal|other",
}


def test_kinds_are_the_classes_that_are_fair(tmp_path: Path) -> None:
    shoe_table(tmp_path / FILE, ROWS)
    assert list(shoe_kinds(tmp_path, NAMES).items()) == [
        ("train/shoes/a.jpg", {5}),
        ("train/shoes/b.jpg", {7, 9}),
        ("train/shoes/c.jpg", {5, 7, 9}),
        ("training/shoes/a.jpg", {7}),
        ("train/shoes/d.jpg", {5, 7, 9}),
    ]


def test_the_table_may_lie_above_and_files_are_named_from_the_root(tmp_path: Path) -> None:
    shoe_table(tmp_path / FILE, {**ROWS, "train/shoes/old/e.jpg": "sandal"})
    (tmp_path / "train" / "shoes" / "old").mkdir(parents=True)
    train = shoe_kinds(tmp_path / "train", NAMES)
    assert list(train) == [f"shoes/{name}.jpg" for name in ("a", "b", "c", "d", "old/e")]
    assert train["shoes/a.jpg"] == {5}, "not what lies in training/"
    assert shoe_kinds(tmp_path / "train" / "shoes", NAMES)["a.jpg"] == {5}
    old = tmp_path / "train" / "shoes" / "old"
    assert shoe_kinds(old, NAMES) == {}, "three levels above"


def test_the_nearest_table_counts(tmp_path: Path) -> None:
    (tmp_path / "train").mkdir()
    shoe_table(tmp_path / FILE, {"train/shoes/a.jpg": "sandal"})
    shoe_table(tmp_path / "train" / FILE, {"shoes/a.jpg": "sneaker"})
    assert shoe_kinds(tmp_path / "train", NAMES) == {"shoes/a.jpg": {7}}


def test_without_a_table_or_without_shoes_nothing_is_known(tmp_path: Path) -> None:
    assert shoe_kinds(tmp_path, NAMES) == {}
    shoe_table(tmp_path / FILE, ROWS)
    assert shoe_kinds(tmp_path, DATASETS["mnist"].class_names) == {}


@pytest.mark.parametrize("kind", ["pump", "sandal|pump", "shirt", "hat", ""])
def test_a_kind_that_is_none_is_a_sentence(tmp_path: Path, kind: str) -> None:
    shoe_table(tmp_path / FILE, {"shoes/a.jpg": kind})
    with pytest.raises(InputError, match=r"calls shoes/a\.jpg “.*” *, which .* Ankle boot, Sand"):
        shoe_kinds(tmp_path, NAMES)


def test_another_table_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("photo,kind\na.jpg,sandal\n")
    with pytest.raises(InputError, match=r"columns photo, kind\. Expected file and kind\.$"):
        shoe_kinds(tmp_path, NAMES)
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"shoe-kinds\.csv cannot be read"):
        shoe_kinds(tmp_path, NAMES)
