"""What the photo model sees in training, and what it is validated on."""

from collections.abc import Callable

import keras
import numpy as np
import pytest

from fmnist.datasets import DATASETS
from fmnist.labelled_photos import LabelledPhoto, labelled_photos
from fmnist.training.batches import Batch
from fmnist.training.configuration import Configuration
from fmnist.training.photos import batches
from fmnist.training.photos.batches import LAST_EPOCHS, HeldOutPhotos, PhotoBatches
from fmnist.training.photos.frames import Frame, Frames
from tests.training.photos.pictures import KINDS, make_photos

CONFIGURATION = Configuration(
    "photo", task="photos", photos="PHOTOS", epochs=5, batch_size=4, seed=1
)


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[LabelledPhoto]:
    folder = make_photos(tmp_path_factory.mktemp("sources") / "photos")
    return labelled_photos(folder, DATASETS["fashion-mnist"].class_names)


@pytest.fixture(scope="module")
def frames(photos: list[LabelledPhoto], tmp_path_factory: pytest.TempPathFactory) -> Frames:
    return Frames.build(photos, tmp_path_factory.mktemp("frames"), print)


@pytest.fixture
def epoch(
    photos: list[LabelledPhoto], frames: Frames, monkeypatch: pytest.MonkeyPatch
) -> Callable[[int], PhotoBatches]:
    """The batches of an epoch that has begun."""
    monkeypatch.setattr(batches, "SIDE", 32)
    monkeypatch.setattr(batches, "LAST_SIDE", 40)

    def begun(number: int) -> PhotoBatches:
        made = PhotoBatches(CONFIGURATION, photos, frames, 10, number)
        made.on_epoch_begin()
        return made

    return begun


def test_a_batch_depends_on_seed_epoch_and_index_alone(
    epoch: Callable[[int], PhotoBatches],
) -> None:
    first = epoch(0)
    pixels, rows = first[1]
    assert (pixels.shape, pixels.dtype) == ((4, 32, 32, 3), np.float32)
    assert (rows.shape, rows.dtype) == ((4, 11), np.float32)
    np.testing.assert_array_equal(epoch(0)[1][0], pixels)
    assert (epoch(1)[1][0] != pixels).any()
    first.on_epoch_begin()
    np.testing.assert_array_equal(first[1][0], epoch(1)[1][0])


def test_an_epoch_has_as_many_photos_as_there_are_and_no_more_than_is_said(
    epoch: Callable[[int], PhotoBatches],
    photos: list[LabelledPhoto],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    n = sum(not photo.held_out for photo in photos)
    assert len(epoch(0)) == n // 4
    monkeypatch.setattr(batches, "EPOCH_SIZE", 9)
    assert len(epoch(0)) == 2
    monkeypatch.setattr(batches, "EPOCH_SIZE", 1)
    assert len(epoch(0)) == 2


def test_what_is_seen_is_not_held_out_and_has_its_own_targets(
    photos: list[LabelledPhoto], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "augment", lambda frame, *_: frame.pixels)
    monkeypatch.setattr(batches, "blank", lambda *_: np.array([[[255]]]))
    numbered = [Frame(np.full((1, 1, 3), n, np.uint8), (0, 0, 1, 1)) for n in range(len(photos))]
    made = PhotoBatches(CONFIGURATION, photos, numbered, 10)
    made.on_epoch_begin()
    seen = set()
    for index in range(len(made)):
        pixels, rows = made[index]
        for number, row in zip(pixels[:, 0, 0, 0].astype(int), rows, strict=True):
            right = {10} if number == 255 else photos[number].classes or {10}
            assert set(np.flatnonzero(row)) == right
            assert number == 255 or not photos[number].held_out
            seen.add(number)
    assert len(seen) > 10


def test_the_last_epochs_see_larger_photos_and_one_training_sees_both(
    epoch: Callable[[int], PhotoBatches], photos: list[LabelledPhoto], frames: Frames
) -> None:
    sides = [epoch(number)[0][0].shape[1] for number in range(5)]
    assert sides == [32] * (5 - LAST_EPOCHS) + [40] * LAST_EPOCHS
    shapes: list[int] = []

    class Noting(PhotoBatches):
        def __getitem__(self, index: int) -> Batch:
            made = super().__getitem__(index)
            shapes.append(made[0].shape[1])
            return made

    pixels = keras.Input((None, None, 3))
    mean = keras.layers.GlobalAveragePooling2D()(pixels)
    model = keras.Model(pixels, keras.layers.Dense(11, activation="softmax")(mean))
    model.compile("sgd", "categorical_crossentropy")
    model.fit(Noting(CONFIGURATION, photos, frames, 10), epochs=5, verbose=0)
    assert shapes == [32, 40, *(side for side in sides for _ in range(len(epoch(0))))]


def test_held_out_photos_are_shown_whole_as_they_are(
    photos: list[LabelledPhoto], frames: Frames, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "_HELD_OUT_BATCH", 3)
    held_out = HeldOutPhotos(photos, frames, 10)
    n = sum(photo.held_out for photo in photos)
    assert n >= sum(count for kind, count in KINDS.items() if kind.startswith("validation"))
    assert len(held_out) == -(-n // 3)
    parts = [held_out[index] for index in range(len(held_out))]
    pixels = np.concatenate([part[0] for part in parts])
    assert (pixels.shape, pixels.dtype) == ((n, 192, 192, 3), np.float32)
    np.testing.assert_array_equal(np.concatenate([part[1] for part in parts]), held_out.targets)
    expected = [sorted(photo.classes or {10}) for photo in photos if photo.held_out]
    assert [np.flatnonzero(row).tolist() for row in held_out.targets] == expected
    # A rectangle on light ground stands in the middle of each.
    assert (pixels[:, 96, 96].mean(axis=-1) + 30 < pixels[:, 3, 96].mean(axis=-1)).all()
