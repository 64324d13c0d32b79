"""Photos decoded once: what is in a frame, and that it is made but once."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from fmnist.labelled_photos import LabelledPhoto
from fmnist.preprocessing import InputError
from fmnist.training.photos import frames
from fmnist.training.photos.frames import SIDE, Frame, Frames


@pytest.fixture
def photo(tmp_path: Path) -> LabelledPhoto:
    """A blue photo, twice as high as wide, with a red garment in it, without what a JPEG loses."""
    picture = np.full((1000, 500, 3), (200, 0, 0), np.uint8)
    picture[400:600, 200:300] = (0, 0, 200)
    path = tmp_path / "1.png"
    cv2.imwrite(str(path), picture)
    return LabelledPhoto(path, "train/pants/1.png", "train", "pants", frozenset({1}), False)


def test_a_frame_is_the_photo_with_its_longer_side_at_a_size(
    photo: LabelledPhoto, tmp_path: Path
) -> None:
    (frame,) = Frames.build([photo], tmp_path / "frames", print)
    assert frame.pixels.shape == (SIDE, SIDE // 2, 3)
    assert frame.is_whole and frame.box == (0, 0, SIDE, SIDE // 2)
    assert frame.pixels[0, 0].tolist() == [0, 0, 200], "RGB"
    np.testing.assert_array_equal(frame.within(0.1), frame.pixels)


def test_of_a_box_there_is_a_margin_as_far_as_the_photo_reaches(
    photo: LabelledPhoto, tmp_path: Path
) -> None:
    red, blue = [200, 0, 0], [0, 0, 200]
    # In the file's pixels, although photos are worked on at half of that size.
    photos = [replace(photo, box=(400, 200, 600, 300)), replace(photo, box=(0, 0, 200, 100))]
    middle, corner = Frames.build(photos, tmp_path / "frames", print)
    # 200 and 70 on each side; 100 and 70 on each side.
    assert middle.pixels.shape == (SIDE, round(240 / 340 * SIDE), 3)
    scale = SIDE / 340
    assert middle.box == tuple(round(scale * edge) for edge in (70, 70, 270, 170))
    garment = middle.within(0)
    assert garment[3, 3].tolist() == garment[-4, -4].tolist() == red
    assert middle.pixels[0, 0].tolist() == blue
    assert not middle.is_whole
    assert corner.box[:2] == (0, 0)
    assert corner.pixels.shape == (SIDE, round(170 / 270 * SIDE), 3)


def test_a_cut_goes_no_further_than_the_photo() -> None:
    frame = Frame(np.zeros((100, 100, 3), np.uint8), (0, 40, 50, 60))
    assert frame.within(0.1).shape == (55, 30, 3)


def test_photos_are_decoded_once_and_again_if_they_are_others(
    photo: LabelledPhoto, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[str] = []

    def decode(data: bytes, name: str, max_side: int = 512) -> np.ndarray:
        decoded.append(name)
        return np.full((9, 9, 3), len(decoded), np.uint8)

    monkeypatch.setattr(frames, "decode", decode)
    folder, said = tmp_path / "frames", list[str]()
    first = Frames.build([photo, photo], folder, said.append)
    again = Frames.build([photo, photo], folder, said.append)
    assert (len(first), len(again), decoded) == (2, 2, ["1.png"] * 2)
    assert [frame.pixels[0, 0, 0] for frame in again] == [1, 2]
    assert said == ["Decoding 2 photos, 0%"]
    (other,) = Frames.build([replace(photo, name="other")], folder, said.append)
    assert other.pixels[0, 0, 0] == 3


def test_what_a_killed_process_has_left_is_made_anew(
    photo: LabelledPhoto, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "frames"
    Frames.build([photo], folder, print)

    def die(*_: object) -> Frame:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(frames, "_frame", die)
        Frames.build([replace(photo, name="other")], folder, print)
    (frame,) = Frames.build([photo], folder, print)
    assert frame.pixels[0, 0].tolist() == [0, 0, 200]


def test_a_file_that_is_no_picture_is_a_sentence(photo: LabelledPhoto, tmp_path: Path) -> None:
    photo.path.write_bytes(b"nothing")
    with pytest.raises(InputError, match=r"1\.png” is not an image"):
        Frames.build([photo], tmp_path / "frames", print)
