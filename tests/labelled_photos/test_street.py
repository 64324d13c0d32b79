from pathlib import Path

import numpy as np
import pytest

from fmnist.datasets import DATASETS
from fmnist.labelled_photos import LabelledPhoto, list_photos
from fmnist.labelled_photos.photo import is_held_out
from fmnist.labelled_photos.street import MIN_PIXELS
from fmnist.preprocessing import InputError
from tests.labelled_photos.tree import WORDS, street

NAMES = DATASETS["fashion-mnist"].class_names


def mask(**boxes: tuple[int, int, int, int]) -> np.ndarray:
    """A mask of 60 × 40 pixels with rectangles: word → top, left, bottom, right."""
    made = np.zeros((60, 40), np.uint8)
    for word, (top, left, bottom, right) in boxes.items():
        made[top:bottom, left:right] = WORDS.index(word)
    return made


def by_name(root: Path) -> dict[str, LabelledPhoto]:
    return {photo.name: photo for photo in list_photos(root, NAMES).photos}


def test_a_whole_photo_has_all_that_is_worn_and_a_box_its_garment(tmp_path: Path) -> None:
    boxes = mask(jeans=(20, 5, 50, 25), hat=(0, 10, 15, 30), scarf=(20, 26, 50, 40))
    street(tmp_path / "street", {"0001": "jeans bag scarf", "0002": "scarf hat"}, {"0001": boxes})
    found = by_name(tmp_path)
    whole = found.pop("street/photos/0001.jpg")
    assert (whole.classes, whole.source, whole.box) == ({1, 8}, "street", None)
    assert whole.worn
    assert "street/photos/0002.jpg" not in found, "nothing of the ten is worn"
    jeans, hat = found.pop("street/photos/0001.jpg#jeans"), found.pop("street/photos/0001.jpg#hat")
    assert (jeans.classes, jeans.box) == ({1}, (20, 5, 50, 25))
    assert (hat.classes, hat.box) == (set(), (0, 10, 15, 30))
    assert (jeans.source, jeans.group, jeans.path) == ("street boxes", "jeans", whole.path)
    assert not jeans.worn, "it is a photo of one thing"
    assert not found, "the box around a scarf shows a coat"


def test_what_is_neither_and_what_is_a_corner_is_no_box(tmp_path: Path) -> None:
    assert MIN_PIXELS == 200
    boxes = mask(cardigan=(0, 0, 30, 20), bag=(30, 0, 40, 20), jeans=(40, 0, 50, 20))
    boxes[49, 19] = 0
    street(tmp_path / "street", {"0001": "cardigan bag jeans"}, {"0001": boxes})
    assert list(by_name(tmp_path)) == ["street/photos/0001.jpg", "street/photos/0001.jpg#bag"]


def test_shoes_of_some_kind_may_be_any(tmp_path: Path) -> None:
    street(tmp_path / "street", {"0001": "heels"}, {"0001": mask(heels=(0, 0, 20, 20))})
    assert [photo.classes for photo in by_name(tmp_path).values()] == [{5, 7, 9}] * 2


def test_a_person_and_what_they_wear_are_held_out_together(tmp_path: Path) -> None:
    stems = [f"{number:04}" for number in range(40)]
    boxes = mask(jeans=(20, 5, 50, 25))
    street(tmp_path / "street", dict.fromkeys(stems, "jeans"), dict.fromkeys(stems, boxes))
    photos = list_photos(tmp_path, NAMES).photos
    assert len(photos) == 80
    assert {photo.path.stem: photo.held_out for photo in photos} == {
        stem: is_held_out(stem) for stem in stems
    }
    assert 0 < sum(photo.held_out for photo in photos) < 80
    for path in {photo.path for photo in photos}:
        assert len({photo.held_out for photo in photos if photo.path == path}) == 1


def test_the_folder_of_the_street_may_be_the_root(tmp_path: Path) -> None:
    street(tmp_path, {"0001": "jeans"}, {"0001": mask(jeans=(0, 0, 20, 20))})
    found = by_name(tmp_path)
    assert [photo.source for photo in found.values()] == ["", "boxes"]
    assert list(found) == ["photos/0001.jpg", "photos/0001.jpg#jeans"]


def test_only_photos_that_are_there_are_listed_and_masks_may_lack(tmp_path: Path) -> None:
    street(tmp_path, {"0001": "jeans", "0002": "jeans"}, {"0001": mask(jeans=(0, 0, 20, 20))})
    (tmp_path / "photos" / "0001.jpg").unlink()
    assert list(by_name(tmp_path)) == ["photos/0002.jpg"]
    (tmp_path / "masks" / "0001.png").unlink()
    (tmp_path / "masks").rmdir()
    assert list(by_name(tmp_path)) == ["photos/0002.jpg"]


def test_masks_that_nobody_can_read_are_sentences(tmp_path: Path) -> None:
    street(tmp_path, {"0001": "jeans"}, {"0001": np.full((60, 40), 20)})
    with pytest.raises(InputError, match=r"pixels of 20, but labels\.json has words for 0 to 6"):
        list_photos(tmp_path, NAMES)
    (tmp_path / "masks" / "0001.png").write_text("no picture")
    with pytest.raises(InputError, match=r"0001\.png cannot be read as a mask"):
        list_photos(tmp_path, NAMES)
    for text, sentence in (("{}", "is not a list of words"), ("[", "cannot be read")):
        (tmp_path / "labels.json").write_text(text)
        with pytest.raises(InputError, match=sentence):
            list_photos(tmp_path, NAMES)
    (tmp_path / "tags.csv").write_text("photo,worn\n0001,jeans\n")
    with pytest.raises(InputError, match=r"Expected photo and tags\.$"):
        list_photos(tmp_path, NAMES)
