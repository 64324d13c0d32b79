"""Fine-tuning with my images, from what is mixed in to what it has changed."""

import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from fmnist import architectures
from fmnist.datasets import DATASETS, Split
from fmnist.inference.classifier import Classifier
from fmnist.models import ModelError, ModelStore
from fmnist.my_images import Collection, CollectionError, default_collection
from fmnist.training.batches import MixtureBatches
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run
from fmnist.training.status import State
from fmnist.training.tasks import TASKS, fine_tuning
from fmnist.training.tasks.fine_tuning import gather_mine
from fmnist.training.tasks.task import Examples, TrainingData
from fmnist.training.trainer import train
from tests.training.conftest import Killed, after_epoch

NewRun = Callable[..., Run]

# Something that no model has seen, and that it is to call a dress.
STRIPES: NDArray[np.uint8] = np.tile(np.array([[0, 250, 0, 90]], np.uint8), (28, 7))


@pytest.fixture(autouse=True)
def nothing_is_fetched(cache_folder: Path) -> None:
    """Icons are not here, unless a test has some of its own."""


@pytest.fixture
def mine(my_images_folder: Path) -> Collection:
    return default_collection(DATASETS["fashion-mnist"])


@pytest.fixture
def run(new_run: NewRun, models_folder: Path) -> Run:
    """A run that goes on from a model for a batch or two."""
    name = "dense"
    return new_run(start_from=name, limit=100, epochs=2, learning_rate=0.003)


def examples(split: Split, num_outputs: int = 11) -> Examples:
    return split.images, np.eye(num_outputs, dtype=np.float32)[split.labels]


def _keep(mine: Collection, *labels: int | None) -> None:
    for number, label in enumerate(labels):
        mine.add(STRIPES + np.uint8(number), label, "drawing")


def test_images_of_none_are_for_models_that_know_none(
    run: Run, mine: Collection, split: Split, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fine_tuning, "_DRAWINGS", (5, 5))
    monkeypatch.setattr(fine_tuning, "_OOD_IMAGES", 10)
    _keep(mine, 3, 3, 5, None)
    ten = gather_mine(run.configuration, examples(split), 10)
    assert list(ten) == ["my images"]
    assert sorted(ten["my images"].targets.argmax(axis=1)) == [3, 3, 5]
    eleven = gather_mine(run.configuration, examples(split), 11)
    assert set(eleven) == {"my images", "drawings", "ood images"}
    material = eleven["my images"]
    assert sorted(material.targets.argmax(axis=1)) == [3, 3, 5, 10]
    # Two dresses weigh as much as one sandal.
    dresses = material.targets[:, 3] == 1
    assert material.weights[dresses].sum() == pytest.approx(1 / 3)


def test_icons_come_along_where_they_are_and_are_done_without_where_not(
    run: Run,
    mine: Collection,
    split: Split,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fine_tuning, "_DRAWINGS", (5, 60))
    monkeypatch.setattr(fine_tuning, "_OOD_IMAGES", 40)
    _keep(mine, 3)
    without = gather_mine(run.configuration, examples(split), 11)
    assert capsys.readouterr().out.startswith("Going on without icons. The icons of")
    request.getfixturevalue("small_icons")
    with_icons = gather_mine(run.configuration, examples(split), 11)
    assert not capsys.readouterr().out
    for name in ("drawings", "ood images"):
        assert not np.array_equal(without[name].images, with_icons[name].images)


@pytest.mark.parametrize("labels", [(), (None, None)])
def test_nothing_to_learn_from_is_a_sentence(
    labels: tuple[None, ...], run: Run, mine: Collection, split: Split
) -> None:
    _keep(mine, *labels)
    with pytest.raises(CollectionError, match="no images of yours that dense could learn from"):
        gather_mine(run.configuration, examples(split), 10)


def test_a_run_has_a_copy_of_its_start(run: Run, mine: Collection, models_folder: Path) -> None:
    task, said = TASKS["fine-tuning"], list[str]()
    _keep(mine, 3)
    first = task.prepare(run, said.append).start
    assert first
    (models_folder / "dense" / "model.keras").unlink()
    again = task.prepare(run, said.append).start
    assert again
    for one, other in zip(first().get_weights(), again().get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_network_keeps_the_options_it_was_built_with(models_folder: Path) -> None:
    store = ModelStore(models_folder)
    card = store.card("dense")
    built = replace(card, configuration=asdict(Configuration("dense", units=64, dropout=0.2)))
    built.write(store.folder("dense") / "card.json")
    completed = Configuration.complete({"start_from": "dense"})
    assert (completed.units, completed.dropout, completed.scaling) == (64, 0.2, True)
    # A card of before says nothing of them.
    card.write(store.folder("dense") / "card.json")
    assert Configuration.complete({"start_from": "dense"}).units == 128


def test_a_start_that_cannot_be_used_is_a_sentence(run: Run, models_folder: Path) -> None:
    (models_folder / "dense" / "model.keras").unlink()
    with pytest.raises(ModelError, match="dense cannot be used"):
        TASKS["fine-tuning"].prepare(run, print)


@pytest.mark.parametrize("outputs", [10, 11])
def test_it_goes_on_from_the_weights_and_outputs_of_the_start(
    outputs: int, run: Run, mine: Collection, split: Split, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fine_tuning, "_DRAWINGS", (20, 20))
    monkeypatch.setattr(fine_tuning, "_OOD_IMAGES", 40)
    _keep(mine, 3, 5)
    start = architectures.build("dense", outputs)
    before = [weights.copy() for weights in start.get_weights()]
    training = examples(split, outputs)
    materials = gather_mine(run.configuration, examples(split), outputs)
    fitting = {k: replace(m, targets=m.targets[:, :outputs]) for k, m in materials.items()}
    configuration = replace(run.configuration, epochs=1, learning_rate=1e-9, batch_size=128)
    data = TrainingData(
        batches=partial(MixtureBatches, configuration, training, fitting),
        validation=(training[0][:50], training[1][:50]),
        n=len(split),
        num_outputs=outputs,
        sets=True,
        start=lambda: start,
    )
    model = train(configuration, data)
    assert model.output_shape == (None, outputs)
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_allclose(new, old, atol=1e-6)


def test_a_run_learns_my_images_and_says_what_has_changed(
    run: Run, mine: Collection, models_folder: Path, in_this_process: None
) -> None:
    _keep(mine, 3, 3, 3)
    shipped = (models_folder / "dense" / "model.keras").read_bytes()
    card = ModelStore(models_folder).card("dense")
    test = DATASETS["fashion-mnist"].load("test")
    old = Classifier(ModelStore(models_folder).twin("dense"), 10, card.temperature)
    images = np.stack([item.image for item in mine.read()[0]])

    run.start()
    assert run.status().state is State.FINISHED, run.status().message
    store = ModelStore(run.folder)
    result, metrics = run.result(), store.card("model").metrics
    assert result is not None
    new = Classifier(store.twin("model"), 10, store.card("model").temperature)

    def right(classifier: Classifier) -> float:
        return float((classifier.predict_proba(images).argmax(axis=1) == 3).mean())

    assert (metrics["mine_n"], metrics["mine_accuracy"]) == (3, right(new))
    assert metrics["mine_accuracy_before"] == right(old)
    assert right(new) > right(old)
    before = (old.predict_proba(test.images).argmax(axis=1) == test.labels).mean()
    assert metrics["test_accuracy_before"] == pytest.approx(before)
    assert {key: result[key] for key in result if "mine" in key or "before" in key} == {
        key: value for key, value in metrics.items() if "mine" in key or "before" in key
    }
    # The model that was there is as it was, and no copy of my images stays behind.
    assert (models_folder / "dense" / "model.keras").read_bytes() == shipped
    assert not (run.folder / "material.npz").exists()
    assert not (run.folder / "start").exists()


def test_a_run_that_was_killed_goes_on_without_the_model_it_came_from(
    new_run: NewRun,
    mine: Collection,
    models_folder: Path,
    in_this_process: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def die() -> None:
        raise Killed

    _keep(mine, 3, 5)
    run = new_run(start_from="dense", limit=100, epochs=4)
    after_epoch(monkeypatch, 2, die)
    with pytest.raises(Killed):
        run.start()
    assert run.status().state is State.FAILED
    shutil.rmtree(models_folder / "dense")
    mine.remove(*mine.read()[0])
    run.start()
    assert run.status().state is State.FINISHED, run.status().message
    assert [row["epoch"] for row in run.history()] == [1, 2, 3, 4]
    assert run.log().count("epoch 1,") == 1
    assert ModelStore(run.folder).card("model").metrics["mine_n"] == 2


def test_a_run_without_images_fails_with_the_sentence(
    run: Run, my_images_folder: Path, in_this_process: None
) -> None:
    run.start()
    status = run.status()
    assert status.state is State.FAILED
    assert status.message.startswith("There are no images of yours")
