"""The models that are shipped are what their cards say."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fmnist.architectures import ARCHITECTURES
from fmnist.datasets import DATASETS, DataUnavailableError
from fmnist.evaluation import photo_report
from fmnist.evaluation.metrics import evaluate
from fmnist.evaluation.photo_report import measure_photos
from fmnist.evaluation.robustness import Robustness, changed
from fmnist.explanation import Network
from fmnist.explanation.feature_index import FeatureIndex
from fmnist.explanation.neighbours import FeatureExtractor, Neighbours
from fmnist.exploration.embedding import SIDE, Embedding, EmbeddingKey, neighbour_accuracy
from fmnist.inference.classifier import Classifier
from fmnist.inference.ensemble import Ensemble
from fmnist.inference.kept_outputs import OutputsKey, read_outputs
from fmnist.inference.ood import split_outputs
from fmnist.inference.photo_model import PhotoModel
from fmnist.inference.predictions import Predictions
from fmnist.labelled_photos import LabelledPhoto, list_photos, read_labelled_photo
from fmnist.models import ModelStore
from fmnist.models.folder import EMBEDDING, FEATURES, OUTPUTS, ROBUSTNESS, TWIN
from fmnist.preprocessing import PHOTO_SIDE, InputError, ModelInputs, Pipeline, decode
from fmnist.preprocessing.as_photo import as_photo
from fmnist.preprocessing.square import squared
from fmnist.training.configuration import Configuration
from fmnist.training.recipe import command

EXAMPLES = Path(__file__).parents[2] / "examples"
SHIPPED = ModelStore(Path(__file__).parents[2] / "models")
# Least accuracy on the 10,000 test images, by name.
TARGETS = {
    "dense": 0.885,
    "cnn": 0.925,
    "tiny": 0.944,
    "small": 0.949,
    "everyday": 0.948,
    "resnet": 0.949,
    "digits-dense": 0.975,
    "digits-cnn": 0.988,
}


@pytest.mark.parametrize("name", TARGETS)
def test_a_shipped_model_can_be_used_and_is_small(name: str) -> None:
    assert SHIPPED.entry(name).problem == ""
    card = SHIPPED.card(name)
    assert card.architecture in ARCHITECTURES
    configuration = Configuration.of(card.configuration)
    assert card.command in (configuration.command(), command(configuration))
    # Of MNIST's training digits, 10,000 were there to train on.
    n = 10_000 if card.dataset == "mnist" else 60_000
    assert (card.split["train"] + card.split["validation"], card.split["test"]) == (n, 10_000)
    assert card.split["validation"] == pytest.approx(n / 12, abs=10)
    assert [row["epoch"] for row in SHIPPED.history(name)][-1] == card.configuration["epochs"]
    # Four bytes a weight, and some for each layer: without what only its training needed.
    size = (SHIPPED.root / name / "model.keras").stat().st_size
    assert size < 4 * card.parameters + 300_000


@pytest.mark.figures
@pytest.mark.parametrize("name", TARGETS)
def test_a_shipped_model_reaches_the_figures_on_its_card(name: str) -> None:
    card = SHIPPED.card(name)
    try:
        test = DATASETS[card.dataset].load("test", download=False)
    except DataUnavailableError:
        pytest.skip("needs the real test images, which are not here")
    if not test.verified:
        pytest.skip("needs the real test images; these are others")
    classifier = Classifier(SHIPPED.twin(name), 10, card.temperature)
    probabilities, ood_scores = classifier.predict(test.images)
    kept = read_outputs(
        SHIPPED.folder(name) / OUTPUTS, OutputsKey.of(card.sha256[TWIN], test.images)
    )
    predictions = Predictions(classifier, test.images, kept)
    assert predictions.complete, "its answers to the test images are not shipped: evaluate --note"
    np.testing.assert_allclose(predictions.all(), probabilities, atol=2e-3)
    assert evaluate(predictions.all(), test.labels).accuracy == card.metrics["test_accuracy"]
    result = evaluate(probabilities, test.labels)
    assert result.accuracy == pytest.approx(card.metrics["test_accuracy"], abs=1e-9)
    assert result.loss == pytest.approx(card.metrics["test_loss"], abs=1e-4)
    assert result.accuracy >= TARGETS[name]
    if card.ood_threshold is not None:
        assert (ood_scores > card.ood_threshold).mean() <= 0.05
    # Not a matter of the whole set alone: the twin is the file of record, compiled.
    keras = SHIPPED.load_keras(name)
    images = test.images[:100]
    outputs = np.asarray(keras(images.astype(np.float32)))
    for own, others in zip(
        classifier.predict(images), split_outputs(outputs, 10, card.temperature), strict=True
    ):
        np.testing.assert_allclose(own, others, atol=1e-5)


def test_the_shipped_photo_model_is_its_recipe_s_and_small() -> None:
    assert SHIPPED.entry("photo").problem == ""
    card = SHIPPED.card("photo")
    assert card.command == command(Configuration.of(card.configuration))
    assert card.command == "python -m fmnist train --recipe photo-garments --photos PHOTOS"
    folder = SHIPPED.root / "photo"
    assert (folder / "model.keras").stat().st_size < 4 * card.parameters + 600_000
    assert (folder / "model.tflite").stat().st_size < 2 * card.parameters + 300_000, (
        "half precision"
    )
    assert "ImageNet" in card.sources[0]["name"]
    assert all({"name", "what", "licence"} <= source.keys() for source in card.sources)


def test_its_twin_says_what_the_file_of_record_says() -> None:
    keras, photo = SHIPPED.load_keras("photo"), PhotoModel.load(SHIPPED, "fashion-mnist")
    assert photo is not None
    pictures = [decode(path.read_bytes()) for path in sorted(EXAMPLES.glob("clothes/*"))]
    squares = np.stack([squared(picture, PHOTO_SIDE) for picture in pictures])
    made = keras(squares.astype(np.float32))
    outputs = photo.classifier.outputs(squares)
    np.testing.assert_allclose(outputs, np.asarray(made["probabilities"]), atol=0.01)
    # The mean of what each place says is what the whole says (Zhou et al., 2016).
    maps = np.asarray(made["activation"])
    logits = np.log(np.asarray(made["probabilities"]))
    means = maps.mean(axis=(1, 2))
    np.testing.assert_allclose(
        means - means.mean(axis=1, keepdims=True),
        logits - logits.mean(axis=1, keepdims=True),
        atol=1e-3,
    )


@pytest.fixture(scope="module")
def held_out() -> tuple[Path, dict[str, ModelInputs | InputError]]:
    """A folder of real photos, and what each that is held out becomes, by its name.

    Reading is most of measuring, and comes to the same for every model: it is the photo model that
    tells all of them where the garment is, and what it says of the whole is kept beside it.
    """
    folder = os.environ.get("FMNIST_TEST_PHOTOS", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("needs real photos: set FMNIST_TEST_PHOTOS to a folder of them")
    class_names = DATASETS["fashion-mnist"].class_names
    photos = [p for p in list_photos(Path(folder), class_names).photos if p.held_out]
    ensemble = Ensemble.load(SHIPPED, "everyday")

    def read(photo: LabelledPhoto) -> ModelInputs | InputError:
        try:
            inputs = read_labelled_photo(photo, ensemble.pipeline)
        except InputError as error:
            return error
        # What was found in it is as large as the photo, and asked for no more.
        return replace(inputs, segmentation=None, photo_outputs=ensemble.photo_outputs(inputs))

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        names = [photo.name for photo in photos]
        return Path(folder), dict(zip(names, threads.map(read, photos), strict=True))


@pytest.mark.figures
@pytest.mark.xdist_group("photos")
@pytest.mark.parametrize("name", ["everyday", "photo"])
def test_the_photo_figures_on_the_cards_are_reached(
    name: str,
    held_out: tuple[Path, dict[str, ModelInputs | InputError]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, inputs = held_out

    def read_before(photo: LabelledPhoto, pipeline: Pipeline) -> ModelInputs:
        found = inputs[photo.name]
        if isinstance(found, InputError):
            raise found
        return found if name == "photo" else replace(found, photo=None)

    monkeypatch.setattr(photo_report, "read_labelled_photo", read_before)
    card = SHIPPED.card(name)
    report = measure_photos(
        folder,
        Ensemble.load(SHIPPED, name),
        DATASETS[card.dataset],
        card.ood_threshold,
        held_out=True,
    )
    measured = report.metrics()
    assert any(figure.startswith("photo_balanced_accuracy/") for figure in measured)
    for figure, value in measured.items():
        assert card.metrics.get(figure) == pytest.approx(value, abs=1e-6), figure


@pytest.mark.figures
@pytest.mark.parametrize("name", [p.parent.name for p in SHIPPED.root.glob(f"*/{FEATURES}")])
def test_a_shipped_index_is_of_the_model_and_of_the_training_images(name: str) -> None:
    try:
        train = DATASETS[SHIPPED.card(name).dataset].load("train", download=False)
    except DataUnavailableError:
        pytest.skip("needs the real training images, which are not here")
    if not train.verified:
        pytest.skip("needs the real training images; these are others")
    key = OutputsKey.of(SHIPPED.card(name).sha256[TWIN], train.images)
    index = FeatureIndex.read(SHIPPED.folder(name) / FEATURES, key)
    assert index, f"of another model: python -m fmnist features {name}"
    extract = FeatureExtractor(Network(SHIPPED.twin(name)))
    neighbours = Neighbours(extract, train.images, train.labels, index)
    for place in range(0, 60_000, 5_000):
        image = train.images[place]
        seen = as_photo(image) if extract.takes_photos else image
        nearest = neighbours.nearest(seen, None, 1)[0]
        assert nearest.distance == pytest.approx(0, abs=1e-3)


@pytest.mark.figures
@pytest.mark.parametrize("name", [p.parent.name for p in SHIPPED.root.glob(f"*/{EMBEDDING}")])
def test_a_shipped_embedding_is_of_the_model_and_of_all_images(name: str) -> None:
    card = SHIPPED.card(name)
    try:
        splits = [DATASETS[card.dataset].load(each, download=False) for each in ("train", "test")]
    except DataUnavailableError:
        pytest.skip("needs the real images, which are not here")
    if not all(split.verified for split in splits):
        pytest.skip("needs the real images; these are others")
    train, test = splits
    twin = card.sha256[TWIN]
    key = EmbeddingKey(twin, *(OutputsKey.of(twin, split.images).images for split in splits))
    embedding = Embedding.read(SHIPPED.folder(name) / EMBEDDING, key)
    assert embedding, f"of another model: python -m fmnist embed {name}"
    for place in range(0, len(test), 2_000):
        placed = embedding.place_by_pixels(test.images[place])
        np.testing.assert_allclose(placed, embedding.pixels[len(train) + place], atol=SIDE * 1e-4)
    # Of a sample, which is off by so much: four standard errors.
    n = 1_000
    labels = np.concatenate([train.labels, test.labels[:n]])
    for points, share in zip(
        (embedding.features, embedding.pixels), map(float, embedding.agreement), strict=True
    ):
        measured = neighbour_accuracy(points[: len(labels)], labels, len(train))
        assert measured == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / n))


@pytest.mark.figures
@pytest.mark.parametrize("name", [p.parent.name for p in SHIPPED.root.glob(f"*/{ROBUSTNESS}")])
def test_a_shipped_robustness_is_the_model_s(name: str) -> None:
    card = SHIPPED.card(name)
    kept = Robustness.read(SHIPPED.folder(name) / ROBUSTNESS, card.sha256[TWIN])
    assert kept, f"of another model: python -m fmnist robustness {name}"
    dataset = DATASETS[card.dataset]
    try:
        test = dataset.load("test", download=False)
    except DataUnavailableError:
        pytest.skip("needs the real test images, which are not here")
    if not test.verified:
        pytest.skip("needs the real test images; these are others")
    classifier = Classifier(SHIPPED.twin(name), len(dataset.class_names))
    images, labels = test.images[: kept.n], test.labels[: kept.n]
    for change, step in (("noise", 0), ("turn", 2)):
        said = classifier.predict_proba(changed(images, change, step)).argmax(axis=1)
        # Another processor may round a few answers the other way.
        assert kept.accuracies[change][step] == pytest.approx(np.mean(said == labels), abs=0.002)
