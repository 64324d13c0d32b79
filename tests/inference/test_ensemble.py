"""One model, from both sides, and two models together."""

from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from fmnist.inference.classifier import Classifier
from fmnist.inference.ensemble import Ensemble
from fmnist.models import Card, ModelError, ModelStore
from fmnist.preprocessing import PHOTO_SIDE, ModelInputs, preprocess_photo
from tests.preprocessing.pictures import shirt

PHOTO = (PHOTO_SIDE, PHOTO_SIDE, 3)
CARD = Card("fashion-mnist", "dense", 0, {}, {}, {}, temperature=2.0, ood_threshold=0.5)
WEIGHTS = (0.25, 1.1)


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
    store.save("knows", network((28, 28), 11, 1), replace(CARD, weights=WEIGHTS))
    store.save("plain", network((28, 28), 10, 2), replace(CARD, ood_threshold=None))
    store.save("photo", network(PHOTO, 11, 3), replace(CARD, shape=PHOTO, temperature=1.5))
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


def test_of_a_photo_two_models_give_their_weighted_geometric_mean(
    store: ModelStore, inputs: ModelInputs
) -> None:
    prediction = Ensemble.load(store, "knows").predict(inputs)
    plain, photo = (
        both_sides(store, "knows", inputs.image),
        both_sides(store, "photo", inputs.photo),
    )
    mean = plain ** WEIGHTS[0] * photo ** WEIGHTS[1]
    mean /= mean.sum()
    assert prediction.ood_score == pytest.approx(mean[10], abs=1e-5)
    expected = mean[:10] / mean[:10].sum()  # the weights are all the temperature there is
    np.testing.assert_allclose(prediction.probabilities, expected, atol=1e-5)
    for view, outputs, temperature in zip(prediction.views, (plain, photo), (2, 1.5), strict=True):
        alone = outputs[:10] ** (1 / temperature)
        np.testing.assert_allclose(view.probabilities, alone / alone.sum(), atol=1e-5)


def test_of_a_photo_that_is_not_kept_what_was_said_counts(
    store: ModelStore, inputs: ModelInputs
) -> None:
    ensemble = Ensemble.load(store, "knows")
    kept = ModelInputs(inputs.image, photo_outputs=ensemble.photo_outputs(inputs))
    np.testing.assert_array_equal(
        ensemble.predict(kept).probabilities, ensemble.predict(inputs).probabilities
    )
    assert kept.photo_outputs
    of_another = replace(kept, photo_outputs=replace(kept.photo_outputs, model="another"))
    assert ensemble.predict(of_another).views == ()


def test_each_model_is_asked_once_a_side(
    store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    invoke = Classifier._invoke

    def counting(self: Classifier, batch: np.ndarray) -> list[np.ndarray]:
        asked.append(len(batch))
        return invoke(self, batch)

    monkeypatch.setattr(Classifier, "_invoke", counting)
    ensemble = Ensemble.load(store, "knows")
    made = preprocess_photo(np.asarray(shirt()), ensemble.pipeline)
    assert len(ensemble.predict(made.model_inputs).views) == 2
    assert asked == [1, 1, 1, 1], "two models, from two sides, and where it is beside what it is"


def test_pictures_in_one_go_are_predicted_as_one_by_one(
    store: ModelStore, inputs: ModelInputs
) -> None:
    ensemble = Ensemble.load(store, "knows")
    pictures = [inputs, ModelInputs(255 - inputs.image)]
    for picture, prediction in zip(pictures, ensemble.predict_all(pictures), strict=True):
        alone = ensemble.predict(picture)
        np.testing.assert_allclose(prediction.probabilities, alone.probabilities, atol=1e-5)
        assert prediction.ood_score == pytest.approx(alone.ood_score, abs=1e-5)


def test_a_model_that_knows_no_none_predicts_photos_by_itself(
    store: ModelStore, inputs: ModelInputs
) -> None:
    ensemble = Ensemble.load(store, "plain")
    assert ensemble.predict(inputs).views == ()
    assert ensemble.pipeline.locate, "but is told where the garment is"
    assert ensemble.photo_outputs(inputs), "and what is kept of a photo is for every model"


def test_a_photo_model_predicts_photos_alone(store: ModelStore, inputs: ModelInputs) -> None:
    ensemble = Ensemble.load(store, "photo")
    assert ensemble.predict(inputs).probabilities.shape == (10,)
    with pytest.raises(ModelError, match="looks at photos alone"):
        ensemble.predict(ModelInputs(inputs.image))


def test_it_is_no_choice_for_other_images(store: ModelStore) -> None:
    assert {entry.name: entry.selectable for entry in store.entries()} == {
        "knows": True,
        "plain": True,
        "photo": False,
    }


def test_a_model_of_another_shape_than_its_card_says_is_refused(
    store: ModelStore, tmp_path: Path
) -> None:
    other = ModelStore(tmp_path)
    other.save("wrong", network(PHOTO, 11, 4), CARD)
    assert "goes from [192, 192, 3] to 11" in other.entry("wrong").problem
