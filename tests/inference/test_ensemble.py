"""One model, from both sides, and two models together."""

from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from fmnist.inference.classifier import Classifier
from fmnist.inference.ensemble import Ensemble, photo_model_beside
from fmnist.models import Card, ModelError, ModelStore
from fmnist.preprocessing import ModelInputs

PHOTO = (64, 64, 3)
CARD = Card("fashion-mnist", "dense", 0, {}, {}, {}, temperature=2.0, ood_threshold=0.5)


def network(shape: tuple[int, ...], outputs: int, seed: int) -> keras.Model:
    keras.utils.set_random_seed(seed)
    pixels = keras.Input(shape)
    answers = keras.layers.Dense(outputs, activation="softmax")(
        keras.layers.Flatten()(pixels) / 255
    )
    return keras.Model(pixels, answers)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ModelStore:
    """A model that knows none of the ten, one that does not, and a photo model."""
    store = ModelStore(tmp_path_factory.mktemp("models"))
    store.save("knows", network((28, 28), 11, 1), CARD)
    store.save("plain", network((28, 28), 10, 2), replace(CARD, ood_threshold=None))
    store.save("sharp", network(PHOTO, 11, 3), replace(CARD, shape=PHOTO, temperature=1.0))
    return store


@pytest.fixture
def inputs() -> ModelInputs:
    random = np.random.default_rng(0)
    return ModelInputs(
        random.integers(0, 256, (28, 28), dtype=np.uint8),
        random.integers(0, 256, PHOTO, dtype=np.uint8),
    )


def both_sides(store: ModelStore, name: str, form: np.ndarray | None) -> np.ndarray:
    assert form is not None
    classifier = Classifier(store.twin(name), 10)
    sides = [classifier.outputs(side[None])[0] for side in (form, form[:, ::-1])]
    return np.mean(sides, axis=0)


def test_an_image_is_looked_at_from_both_sides(store: ModelStore, inputs: ModelInputs) -> None:
    prediction = Ensemble.load(store, "knows").predict(ModelInputs(inputs.image))
    outputs = both_sides(store, "knows", inputs.image)
    expected = np.sqrt(outputs[:10])  # a temperature of 2
    np.testing.assert_allclose(prediction.probabilities, expected / expected.sum(), atol=1e-5)
    assert prediction.ood_score == pytest.approx(outputs[10], abs=1e-6)
    assert prediction.views == ()


def test_of_a_photo_two_models_give_their_geometric_mean(
    store: ModelStore, inputs: ModelInputs
) -> None:
    prediction = Ensemble.load(store, "knows").predict(inputs)
    plain, photo = (
        both_sides(store, "knows", inputs.image),
        both_sides(store, "sharp", inputs.photo),
    )
    mean = np.sqrt(plain * photo)
    mean /= mean.sum()
    assert prediction.ood_score == pytest.approx(mean[10], abs=1e-5)
    expected = np.sqrt(mean[:10])
    np.testing.assert_allclose(prediction.probabilities, expected / expected.sum(), atol=1e-5)
    assert [view.label for view in prediction.views] == [plain[:10].argmax(), photo[:10].argmax()]


def test_each_model_is_asked_once_a_side(
    store: ModelStore, inputs: ModelInputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    forward = Classifier._forward

    def counting(self: Classifier, batch: np.ndarray) -> np.ndarray:
        asked.append(len(batch))
        return forward(self, batch)

    monkeypatch.setattr(Classifier, "_forward", counting)
    assert len(Ensemble.load(store, "knows").predict(inputs).views) == 2
    assert asked == [1, 1, 1, 1], "two models, from two sides"


def test_images_in_one_go_are_predicted_as_one_by_one(
    store: ModelStore, inputs: ModelInputs
) -> None:
    ensemble = Ensemble.load(store, "knows")
    images = np.stack([inputs.image, 255 - inputs.image])
    for image, prediction in zip(images, ensemble.predict_images(images), strict=True):
        alone = ensemble.predict(ModelInputs(image))
        np.testing.assert_allclose(prediction.probabilities, alone.probabilities, atol=1e-5)
        assert prediction.ood_score == pytest.approx(alone.ood_score, abs=1e-5)


def test_only_a_model_that_knows_none_has_a_photo_model_beside_it(
    store: ModelStore, inputs: ModelInputs
) -> None:
    assert photo_model_beside(store, "knows") == "sharp"
    assert photo_model_beside(store, "plain") is None
    assert photo_model_beside(store, "sharp") is None
    assert Ensemble.load(store, "plain").predict(inputs).views == ()


def test_a_photo_model_predicts_photos_alone(store: ModelStore, inputs: ModelInputs) -> None:
    ensemble = Ensemble.load(store, "sharp")
    assert ensemble.predict(inputs).probabilities.shape == (10,)
    with pytest.raises(ModelError, match="looks at photos alone"):
        ensemble.predict(ModelInputs(inputs.image))


def test_it_is_no_choice_for_other_images(store: ModelStore) -> None:
    assert {entry.name: entry.selectable for entry in store.entries()} == {
        "knows": True,
        "plain": True,
        "sharp": False,
    }


def test_a_model_of_another_shape_than_its_card_says_is_refused(
    store: ModelStore, tmp_path: Path
) -> None:
    other = ModelStore(tmp_path)
    other.save("wrong", network(PHOTO, 11, 4), CARD)
    assert "goes from [64, 64, 3] to 11" in other.entry("wrong").problem


def test_what_the_photo_model_was_never_shown_the_other_one_decides(
    store: ModelStore, inputs: ModelInputs
) -> None:
    sets = [[0], [1], [2], [3], [4], [6], [5, 7, 9]]  # shoes are alike, and nobody showed a bag
    ensemble = Ensemble(
        Classifier(store.twin("knows"), 10), Classifier(store.twin("sharp"), 10), sets, flips=True
    )
    plain, photo = (
        both_sides(store, "knows", inputs.image),
        both_sides(store, "sharp", inputs.photo),
    )
    _, view = ensemble.predict(inputs).views
    told, score, shoes = view.probabilities, view.ood_score, [5, 7, 9]
    np.testing.assert_allclose(
        told[shoes] / told[shoes].sum(), plain[shoes] / plain[shoes].sum(), atol=1e-4
    )
    assert told[8] * (1 - score) == pytest.approx(plain[8], abs=1e-4)
    # Of all it was shown, it keeps its own word.
    ratio = photo[[0, 1, 2, 3, 4, 6]] / (photo.sum() - photo[8])
    np.testing.assert_allclose(
        told[[0, 1, 2, 3, 4, 6]] * (1 - score), ratio * (1 - plain[8]), atol=1e-4
    )
