import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fmnist.inference.classifier import Classifier, load_classifier
from fmnist.models import ModelError, ModelStore
from fmnist.models.file import export_twin
from fmnist.models.folder import CARD as CARD_FILE
from fmnist.models.folder import TWIN
from fmnist.storage import sha256
from tests.models.test_card import CARD
from tests.small_dataset import make_split

IMAGES = make_split(200, seed=9)[0]


@pytest.fixture(scope="module")
def twin(trained_models: Path) -> Path:
    return ModelStore(trained_models).twin("dense")


def test_it_gives_probabilities(twin: Path) -> None:
    answers = Classifier(twin, 10).predict_proba(IMAGES)
    assert answers.shape == (200, 10)
    assert answers.dtype == np.float32
    assert (answers >= 0).all()
    np.testing.assert_allclose(answers.sum(axis=1), 1, atol=1e-5)


def test_the_size_of_a_batch_makes_no_difference(twin: Path) -> None:
    classifier = Classifier(twin, 10)
    whole = classifier.predict_proba(IMAGES)
    singly = np.concatenate([classifier.predict_proba(image[None]) for image in IMAGES])
    np.testing.assert_allclose(whole, singly, atol=1e-6)
    assert classifier.predict_proba(IMAGES[:0]).shape == (0, 10)


def test_a_look_from_both_sides_is_the_mean_of_two(twin: Path) -> None:
    classifier = Classifier(twin, 10)
    both = classifier.predict(IMAGES, flips=True)[0]
    sides = classifier.predict_proba(IMAGES), classifier.predict_proba(IMAGES[:, :, ::-1])
    np.testing.assert_allclose(both, np.mean(sides, axis=0), atol=1e-6)
    assert np.abs(both - sides[0]).max() > 0.01
    mirrored = classifier.predict(IMAGES[:, :, ::-1], flips=True)[0]
    np.testing.assert_allclose(both, mirrored, atol=1e-6)


def test_an_answer_is_not_overwritten_by_the_next(twin: Path) -> None:
    classifier = Classifier(twin, 10)
    first = classifier.predict_proba(IMAGES[:1])
    kept = first.copy()
    classifier.predict_proba(IMAGES[1:2])
    np.testing.assert_array_equal(first, kept)


def test_eight_threads_get_the_answers_of_one(twin: Path) -> None:
    classifier = Classifier(twin, 10)
    # Batches of many sizes, since the interpreter is resized between them.
    batches = [IMAGES[start : start + 1 + start % 7] for start in range(190)] * 4
    alone = [classifier.predict_proba(batch) for batch in batches]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(classifier.predict_proba, batches))
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


@pytest.mark.parametrize(
    "images",
    [
        np.zeros((28, 28), np.uint8),
        np.zeros((1, 32, 32), np.uint8),
        np.zeros((1, 28, 28, 1), np.uint8),
        np.zeros((1, 28, 28), np.float32),
    ],
)
def test_other_images_are_refused(twin: Path, images: np.ndarray) -> None:
    with pytest.raises(ValueError, match="Expected uint8 images of shape"):
        Classifier(twin, 10).predict_proba(images)


def test_other_files_are_refused(twin: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="100 probabilities"):
        Classifier(twin, 100)
    for content in (b"", b"nothing", twin.read_bytes()[:2000]):
        damaged = tmp_path / "model.tflite"
        damaged.write_bytes(content)
        with pytest.raises(ValueError, match="is not a LiteRT model"):
            Classifier(damaged, 10)
    with pytest.raises(ValueError, match="is not a LiteRT model"):
        Classifier(tmp_path / "missing.tflite", 10)
    shutil.copy(twin, tmp_path / "good.tflite")
    assert Classifier(tmp_path / "good.tflite", 10).num_classes == 10


def test_one_output_more_is_the_probability_of_none(tmp_path: Path) -> None:
    import keras

    pixels = keras.Input((28, 28))
    answers = keras.layers.Dense(11, activation="softmax")(keras.layers.Flatten()(pixels) / 255)
    model = keras.Model(pixels, answers)
    export_twin(model, tmp_path / "model.tflite")
    outputs = np.asarray(model(IMAGES.astype(np.float32)))
    classifier = Classifier(tmp_path / "model.tflite", 10)
    assert classifier.num_classes == 10
    expected = outputs[:, :10] / outputs[:, :10].sum(axis=1, keepdims=True)
    np.testing.assert_allclose(classifier.predict_proba(IMAGES), expected, atol=1e-5)
    np.testing.assert_allclose(classifier.predict(IMAGES)[1], outputs[:, 10], atol=1e-5)
    assert classifier.predict(IMAGES[:0])[0].shape == (0, 10)
    tempered = Classifier(tmp_path / "model.tflite", 10, temperature=3.0)
    assert (tempered.predict_proba(IMAGES).max(axis=1) < expected.max(axis=1)).all()
    # A store takes it too, as one that gives the ten.
    model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten()])
    model.add(keras.layers.Dense(11, activation="softmax"))
    models = ModelStore(tmp_path / "models")
    models.save("eleven", model, CARD)
    assert models.entry("eleven").problem == ""
    noted = models.note("eleven", {"photo_auroc": 0.9})
    assert models.card("eleven") == noted
    assert noted.metrics == {**CARD.metrics, "photo_auroc": 0.9}


def test_a_twin_of_another_model_is_a_sentence(models_folder: Path) -> None:
    store = ModelStore(models_folder)
    if "photo" not in store.names():
        pytest.skip("needs the model of photos, which is not shipped here")
    shutil.copy(store.twin("photo"), models_folder / "dense" / TWIN)
    card = store.card("dense")
    sums = {**card.sha256, TWIN: sha256(models_folder / "dense" / TWIN)}
    replace(card, sha256=sums).write(models_folder / "dense" / CARD_FILE)
    with pytest.raises(ModelError, match="cannot be used"):
        load_classifier(store, "dense")
    (models_folder / "dense" / TWIN).write_bytes(b"no model at all")
    sums[TWIN] = sha256(models_folder / "dense" / TWIN)
    replace(card, sha256=sums).write(models_folder / "dense" / CARD_FILE)
    with pytest.raises(ModelError, match="not a LiteRT model"):
        load_classifier(store, "dense")
