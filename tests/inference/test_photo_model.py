"""The photo model: what it says of a photo, and where it looks."""

from pathlib import Path

import keras
import numpy as np
import pytest

from fmnist.inference.classifier import Classifier, Looked
from fmnist.inference.photo_model import PhotoModel
from fmnist.models.file import export_twin
from fmnist.preprocessing import PHOTO_SIDE


def network() -> keras.Model:
    """Red speaks for the first of eleven outputs, green for the second, and so on in turn."""
    photo = keras.Input((PHOTO_SIDE, PHOTO_SIDE, 3))
    cells = keras.layers.AveragePooling2D(32)(photo)
    head = keras.layers.Conv2D(11, 1, name="activation")
    maps = head(keras.layers.Rescaling(1 / 255)(cells))
    kernel = np.zeros((1, 1, 3, 11), np.float32)
    for colour in range(3):
        kernel[..., colour, colour] = 30
    head.set_weights([kernel, np.zeros(11, np.float32)])
    logits = keras.layers.GlobalAveragePooling2D()(maps)
    outputs = keras.layers.Softmax(name="probabilities")(logits)
    return keras.Model(photo, {"probabilities": outputs, "activation": maps})


@pytest.fixture(scope="module")
def photo_model(tmp_path_factory: pytest.TempPathFactory) -> PhotoModel:
    path = tmp_path_factory.mktemp("photo") / "model.tflite"
    export_twin(network(), path)
    return PhotoModel(Classifier(path, 10))


def photo_with(colour: int, rows: slice, columns: slice) -> np.ndarray:
    photo = np.zeros((PHOTO_SIDE, PHOTO_SIDE, 3), np.uint8)
    photo[rows, columns, colour] = 255
    return photo


def test_it_looks_where_the_answer_is(photo_model: PhotoModel) -> None:
    look = photo_model.look(photo_with(1, slice(0, 64), slice(0, 96)))
    assert look.outputs.argmax() == 1
    assert look.outputs.sum() == pytest.approx(1, abs=1e-5)
    expected = np.zeros((6, 6))
    expected[:2, :3] = 1
    assert look.where is not None
    np.testing.assert_allclose(look.where, expected, atol=1e-3)


def test_another_answer_looks_elsewhere(photo_model: PhotoModel) -> None:
    photo = photo_with(0, slice(96, 192), slice(96, 192))
    photo[:32, :32, 2] = 255
    where = photo_model.locate(photo)
    assert where[4, 4] == pytest.approx(1) and where[0, 0] == 0


def test_a_photo_is_looked_at_once(
    photo_model: PhotoModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = [photo_with(0, slice(0, 50), slice(n, n + 20)) for n in range(70)]
    looks = [photo_model.look(photo) for photo in photos]
    asked: list[int] = []
    look = Classifier.look

    def counting(self: Classifier, image: np.ndarray) -> Looked:
        asked.append(1)
        return look(self, image)

    monkeypatch.setattr(Classifier, "look", counting)
    assert photo_model.look(photos[-1]) is looks[-1]
    assert not asked
    photo_model.look(photos[0])
    assert asked == [1], "of photos long ago nothing is kept"


def test_without_activation_it_may_be_anywhere(tmp_path: Path) -> None:
    whole = network()
    only = keras.Model(whole.input, whole.output["probabilities"])
    export_twin(only, tmp_path / "model.tflite")
    plain = PhotoModel(Classifier(tmp_path / "model.tflite", 10))
    photo = photo_with(2, slice(0, 64), slice(0, 64))
    assert plain.look(photo).outputs.argmax() == 2
    assert plain.locate(photo).tolist() == [[1.0]]
