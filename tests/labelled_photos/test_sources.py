import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from fmnist.datasets import DATASETS
from fmnist.labelled_photos import LabelledPhoto, labelled_photos, list_photos
from fmnist.labelled_photos.folders import HELD_OUT_KINDS_PERCENT
from fmnist.labelled_photos.photo import HELD_OUT_PERCENT, is_held_out
from fmnist.labelled_photos.street import MIN_PIXELS
from fmnist.preprocessing import InputError
from tests.labelled_photos.tree import photo, shoe_table

NAMES = DATASETS["fashion-mnist"].class_names


def by_name(root: Path) -> dict[str, LabelledPhoto]:
    return {each.name: each for each in list_photos(root, NAMES).photos}


def test_a_folder_of_kinds_is_a_source_without_a_name(tmp_path: Path) -> None:
    for name in ("pants/b.jpg", "pants/a.jpg", "pants/.hidden.jpg", "hat/c.jpg", "lamps/d.jpg"):
        photo(tmp_path / name)
    (tmp_path / "body").mkdir()
    (tmp_path / "README.md").touch()
    listing = list_photos(tmp_path, NAMES)
    assert [(p.name, p.source, p.group, p.classes) for p in listing.photos] == [
        ("hat/c.jpg", "", "hat", set()),
        ("pants/a.jpg", "", "pants", {1}),
        ("pants/b.jpg", "", "pants", {1}),
    ]
    assert listing.photos[0].path == tmp_path / "hat" / "c.jpg"
    assert (listing.unknown, listing.neither) == (["lamps"], ["body"])


def test_photos_beside_the_folders_of_kinds_are_named(tmp_path: Path) -> None:
    for name in ("pants/a.jpg", "b.JPG", ".c.jpg", "more/polo/a.jpg", "more/d.png"):
        photo(tmp_path / name)
    (tmp_path / "more" / "README.md").touch()
    assert list_photos(tmp_path, NAMES).loose == ["b.JPG", "more/d.png"]


def test_folders_within_those_of_kinds_are_named(tmp_path: Path) -> None:
    for name in ("pants/a.jpg", "pants/jeans/b.jpg", "more/polo/c.jpg", "more/polo/old/d.jpg"):
        photo(tmp_path / name)
    listing = list_photos(tmp_path, NAMES)
    assert [p.name for p in listing.photos] == ["more/polo/c.jpg", "pants/a.jpg"]
    assert listing.nested == ["more/polo/old", "pants/jeans"]


def test_a_folder_of_sources_names_each(tmp_path: Path) -> None:
    for name in ("catalogue/tshirts/a.jpg", "more/polo/a.jpg", "more/lamps/b.jpg", "shirt/c.jpg"):
        photo(tmp_path / name)
    listing = list_photos(tmp_path, NAMES)
    assert [(p.name, p.source, p.classes) for p in listing.photos] == [
        ("catalogue/tshirts/a.jpg", "catalogue", {0}),
        ("more/polo/a.jpg", "more", {0}),
        ("shirt/c.jpg", "", {6}),
    ]
    assert listing.unknown == ["more/lamps"]


@pytest.mark.parametrize("name", ["things", "none-of-the-ten", "not-in-the-ten-toys"])
def test_of_things_the_names_mean_nothing(tmp_path: Path, name: str) -> None:
    photo(tmp_path / name / "accordion" / "a.jpg")
    photo(tmp_path / name / "bag" / "b.jpg")
    assert [p.classes for p in list_photos(tmp_path, NAMES).photos] == [set(), set()]
    assert list_photos(tmp_path, NAMES).unknown == []
    assert len(list_photos(tmp_path / name, NAMES).photos) == 2, "as the root, too"


def test_a_folder_in_a_kind_is_not_looked_into(tmp_path: Path) -> None:
    photo(tmp_path / "pants" / "a.jpg")
    photo(tmp_path / "pants" / "shirt" / "b.jpg")
    assert list(by_name(tmp_path)) == ["pants/a.jpg"]


def test_shoes_have_their_own_kinds_where_a_table_says_so(tmp_path: Path) -> None:
    for name in "abc":
        photo(tmp_path / "train" / "shoes" / f"{name}.jpg")
    rows = {"train/shoes/a.jpg": "ankle-boot", "train/shoes/b.jpg": "sandal|sneaker"}
    shoe_table(tmp_path / "shoe-kinds.csv", rows)
    for root in (tmp_path, tmp_path / "train"):
        assert [p.classes for p in list_photos(root, NAMES).photos] == [{9}, {5, 7}, {5, 7, 9}]


def test_facts_about_single_photos_of_the_shop(tmp_path: Path) -> None:
    rows = {}
    for name in ("casual-shoes/13378", "casual-shoes/13085", "casual-shoes/1", "flip-flops/10804"):
        photo(tmp_path / "catalogue" / f"{name}.jpg")
        rows[f"catalogue/{name}.jpg"] = "sneaker"
    shoe_table(tmp_path / "shoe-kinds.csv", rows)
    assert {name: each.classes for name, each in by_name(tmp_path).items()} == {
        "catalogue/casual-shoes/1.jpg": {7},
        "catalogue/casual-shoes/13378.jpg": set(),
        "catalogue/flip-flops/10804.jpg": {6},
    }


STEMS = [str(number) for number in range(60)]
DRAWN = [is_held_out(stem) for stem in STEMS]


def of_pants(root: Path, part: str = ".") -> list[bool]:
    """Whether each of the photos in a part is held out, in the order of ``STEMS``."""
    for stem in STEMS:
        photo(root / part / "pants" / f"{stem}.jpg", (2, 2))
    found = {p.path: p.held_out for p in list_photos(root, NAMES).photos}
    return [found[root / part / "pants" / f"{stem}.jpg"] for stem in STEMS]


def test_some_are_held_out_by_name_and_always_the_same(tmp_path: Path) -> None:
    assert 0 < sum(DRAWN) < len(DRAWN) / 3
    # SHA-256 of "1" begins with 6b86b273ff34fce1: its remainder by 100 is 13.
    assert (is_held_out("1", 13), is_held_out("1", 14)) == (False, True)
    assert HELD_OUT_PERCENT == 12
    assert of_pants(tmp_path / "root", "more") == DRAWN
    assert of_pants(tmp_path / "alone") == DRAWN


def test_validation_is_held_out_and_nothing_of_train_beside_it(tmp_path: Path) -> None:
    assert of_pants(tmp_path, "train") == DRAWN, "otherwise there is nothing to choose by"
    assert of_pants(tmp_path, "validation") == [True] * 60
    assert of_pants(tmp_path, "train") == [False] * 60
    assert of_pants(tmp_path / "validation") == [True] * 60, "as the root"
    assert of_pants(tmp_path / "train") == DRAWN, "as the root: nothing is beside it then"


def test_of_things_whole_kinds_are_held_out(tmp_path: Path) -> None:
    kinds = [f"kind{number}" for number in range(60)]
    for kind in kinds:
        for stem in ("a", "b"):
            photo(tmp_path / "things" / kind / f"{stem}.jpg", (2, 2))
        photo(tmp_path / "things" / f"{kind}_head" / "a.jpg", (2, 2))
    for stem in STEMS:
        photo(tmp_path / "things" / "background" / f"{stem}.jpg", (2, 2))
        photo(tmp_path / "things" / "tie" / f"{stem}.jpg", (2, 2))
    found = list_photos(tmp_path, NAMES).photos
    for kind in kinds:
        held_out = {p.held_out for p in found if p.group in (kind, f"{kind}_head")}
        assert held_out == {is_held_out(kind, HELD_OUT_KINDS_PERCENT)}
    assert len({p.held_out for p in found if p.group in kinds}) == 2
    background = {p.path.stem: p.held_out for p in found if p.group == "background"}
    assert [background[stem] for stem in STEMS] == DRAWN
    assert is_held_out("tie", HELD_OUT_KINDS_PERCENT), "or this test shows nothing"
    assert not any(p.held_out for p in found if p.group == "tie"), "a shop sells them too"


def test_photos_to_learn_from_show_clothes(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no folder .*/gone\. Expected one of photos"):
        labelled_photos(tmp_path / "gone", NAMES)
    photo(tmp_path / "hat" / "a.jpg")
    with pytest.raises(InputError, match=r"There are no photos of clothes in .* to train on"):
        labelled_photos(tmp_path, NAMES)
    photo(tmp_path / "pants" / "a.jpg")
    assert labelled_photos(tmp_path, NAMES) == list_photos(tmp_path, NAMES).photos


def test_real_photos_are_all_listed() -> None:
    if not (place := os.environ.get("FMNIST_TEST_PHOTOS")):
        pytest.skip("FMNIST_TEST_PHOTOS names no folder of real photos")
    root = Path(place)
    listing = list_photos(root, NAMES)
    assert listing.unknown == []
    photos = listing.photos
    assert len({each.name for each in photos}) == len(photos)
    whole = Counter(each.source for each in photos if each.box is None)
    for source in ("train", "validation", "things"):
        assert whole[source] == len(list((root / source).glob("*/*.jpg")))
    with (root / "shoe-kinds.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["file"]: row["kind"] for row in csv.DictReader(file)}
    found = {each.name: each.classes for each in photos}
    by_kind = {"sandal": {5}, "sneaker": {7}, "ankle-boot": {9}, "other": {5, 7, 9}}
    single = {name for name, kind in rows.items() if "|" not in kind}
    wrong = {name for name in single if found.get(name) != by_kind[rows[name]]}
    odd = {f"catalogue/{name}.jpg" for name in ("casual-shoes/13378", "flip-flops/10804")}
    assert wrong == odd, "a wallet and a man in a shirt, which the table calls other shoes"
    several = set(rows) - single
    left_out = {f"catalogue/casual-shoes/{number}.jpg" for number in (13085, 13087)}
    assert several - set(found) == left_out, "a hat lies beside the shoe"
    assert all(len(found[name]) > 1 for name in several - left_out)
    for each in photos:
        if each.box:
            top, left, bottom, right = each.box
            assert (bottom - top) * (right - left) >= MIN_PIXELS
    held_out = Counter(each.source for each in photos if each.held_out)
    assert held_out["validation"] == whole["validation"]
    assert held_out["train"] == 0
    for source in ("catalogue", "more", "street"):
        assert held_out[source] / whole[source] == pytest.approx(0.12, abs=0.02)
