"""Distillation, from what a teacher says of the training images to a run that goes on."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from fmnist import architectures
from fmnist.datasets import DATASETS, Split
from fmnist.inference.ood import split_outputs
from fmnist.models import ModelError, ModelStore
from fmnist.training.batches import AugmentedBatches, DistillationBatches, MixtureBatches
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run
from fmnist.training.split import hold_out
from fmnist.training.status import State
from fmnist.training.synthetic.material import ood_material
from fmnist.training.tasks import TASKS
from fmnist.training.tasks.task import TrainingData
from fmnist.training.trainer import train
from tests.inference.test_ensemble import PHOTO, network
from tests.models.test_card import CARD
from tests.training.conftest import after_epoch, labelled

NewRun = Callable[..., Run]
Rows = NDArray[np.floating]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelStore:
    """An empty store."""
    monkeypatch.setenv("FMNIST_MODELS_DIR", str(tmp_path / "models"))
    return ModelStore(tmp_path / "models")


def shown(configuration: Configuration, split: Split, epoch: int) -> tuple[Rows, Rows]:
    """What a network sees in an epoch, and the labels of it as probabilities."""
    batches = labelled(configuration, split).batches(epoch)
    pairs = [batches[index] for index in range(len(batches))]
    images, rows = (np.concatenate(parts).astype(np.float32) for parts in zip(*pairs, strict=True))
    return images, rows


def test_teachers_predict_the_very_images_that_their_pupil_sees(
    store: ModelStore, new_run: NewRun
) -> None:
    keras.utils.set_random_seed(0)
    one, other = (architectures.build("dense", outputs) for outputs in (11, 10))
    store.save("one", one, replace(CARD, temperature=2.0))
    store.save("other", other, CARD)
    run = new_run(teacher="one, other", limit=300, epochs=2, augmentation="erase", cutmix=0.5)
    said: list[str] = []
    data = TASKS["distillation"].prepare(run, said.append)
    assert said == [f"Asking one, other about the training images, {n}%" for n in (0, 50)]
    assert data.n == 275

    split = DATASETS["fashion-mnist"].load("train")
    for epoch in range(2):
        images, _ = shown(run.configuration, split, epoch)
        batches = data.batches(epoch)
        pairs = [batches[index] for index in range(len(batches))]
        np.testing.assert_array_equal(np.concatenate([images for images, _ in pairs]), images)
        expected = [
            split_outputs(wise.predict(images, verbose=0), 10, temperature)[0]
            for wise, temperature in ((one, 2.0), (other, CARD.temperature))
        ]
        targets = np.concatenate([targets for _, targets in pairs])
        assert targets == pytest.approx(np.mean(expected, axis=0), abs=2e-3)

    # They have said all: a run that is started again gets the same without them.
    first = data.batches(0)[0][1]
    shutil.rmtree(store.root)
    again = TASKS["distillation"].prepare(run, said.append)
    np.testing.assert_array_equal(again.batches(0)[0][1], first)


def test_what_a_teacher_says_is_repeated_in_turn(split: Split) -> None:
    configuration = Configuration("dense", batch_size=100, augmentation="erase", cutmix=0.5)
    examples = split.images, np.eye(10, dtype=np.float32)[split.labels]
    rounds = [AugmentedBatches(configuration, examples, epoch) for epoch in range(2)]
    answers = np.random.default_rng(0).dirichlet(np.ones(10), (2, len(split)))
    batches = DistillationBatches(rounds, answers.astype(np.float16))
    assert len(batches) == 6
    for place in (0, 1, 0):
        batches.on_epoch_begin()
        images, said = batches[2]
        np.testing.assert_array_equal(images, rounds[place][2][0])
        assert said == pytest.approx(answers[place, 200:300], abs=1e-3)
        assert np.sum(said, axis=1) == pytest.approx(1)
    np.testing.assert_array_equal(batches[2][0], DistillationBatches(rounds, answers, 2)[2][0])


def test_what_was_asked_about_once_also_comes_mirrored(split: Split) -> None:
    examples = split.images, np.eye(10, dtype=np.float32)[split.labels]
    rounds = [AugmentedBatches(Configuration("dense"), examples, epoch) for epoch in range(2)]
    answers = np.random.default_rng(0).dirichlet(np.ones(10), (2, len(split)))
    for epoch, mirrored in enumerate((False, False, True, True, False)):
        images, said = DistillationBatches(rounds, answers, epoch, mirror=True)[1]
        shown, _ = rounds[epoch % 2][1]
        np.testing.assert_array_equal(images, shown[:, :, ::-1] if mirrored else shown)
        assert said == pytest.approx(answers[epoch % 2, 128:256], abs=1e-3)


def test_what_is_mixed_in_keeps_its_targets(split: Split) -> None:
    """Also in the last batch, which has fewer of the data set's images and as many others."""
    others = ood_material(split.images, 10, np.random.default_rng(0), 60)
    examples = split.images, np.eye(11, dtype=np.float32)[split.labels]
    mixture = MixtureBatches(Configuration("dense"), examples, {"ood images": others})
    answers = np.random.default_rng(0).dirichlet(np.ones(10), (1, len(split)))
    batches = DistillationBatches([mixture], answers)
    for index in (0, len(mixture) - 1):
        shown, labels = mixture[index]
        images, targets = batches[index]
        np.testing.assert_array_equal(images, shown)
        of_these = answers[0, index * mixture.batch_size :][: mixture.batch_size]
        own = len(of_these)
        assert targets[:own, :10] == pytest.approx(of_these)
        assert not targets[:own, 10].any()
        np.testing.assert_array_equal(targets[own:], labels[own:])
        assert targets[own:, 10].all()


def test_who_cannot_teach_is_told_in_a_sentence(models_folder: Path) -> None:
    dense = Configuration.of({"teacher": "dense"})
    TASKS["distillation"].check(dense)
    with pytest.raises(ModelError, match=r"no model called gone to learn from; there are: .*dense"):
        TASKS["distillation"].check(replace(dense, teacher="gone"))
    with pytest.raises(ModelError, match="expected a model of mnist; dense is one of fashion"):
        TASKS["distillation"].check(replace(dense, dataset="mnist"))
    (models_folder / "dense" / "model.keras").write_bytes(b"")
    with pytest.raises(ModelError, match=r"dense cannot be used: .* damaged"):
        TASKS["distillation"].check(dense)


def test_who_looks_at_photos_alone_cannot_teach(store: ModelStore) -> None:
    store.save("photo", network(PHOTO, 11, 0), replace(CARD, shape=PHOTO))
    with pytest.raises(ModelError, match="photo is one of photos alone"):
        TASKS["distillation"].check(Configuration.of({"teacher": "photo"}))


def test_without_models_there_is_no_teacher(store: ModelStore) -> None:
    with pytest.raises(ModelError, match="there are: none yet"):
        TASKS["distillation"].check(Configuration.of({"teacher": "cnn"}))


class Keeper(keras.callbacks.Callback):
    """Keeps the logs of the last epoch."""

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self.logs = dict(logs or {})


def taught(configuration: Configuration, split: Split, answers: Rows) -> TrainingData:
    """What the task makes of a split and of answers, without a teacher."""
    data = labelled(configuration, split)
    rounds = [data.batches(epoch) for epoch in range(len(answers))]
    return replace(data, batches=partial(DistillationBatches, rounds, answers))


def test_it_learns_what_it_is_taught_and_is_judged_by_the_labels(split: Split) -> None:
    configuration = Configuration("dense", epochs=4, batch_size=32)
    _, validation = hold_out(split.labels, configuration.validation_share)
    labels = np.stack([shown(configuration, split, epoch)[1] for epoch in range(3)])
    wrong = np.roll(labels, 1, axis=-1)  # each the class after its own
    keeper = Keeper()
    model = train(configuration, taught(configuration, split, wrong), [keeper])
    predicted = model.predict(split.images.astype(np.float32), verbose=0).argmax(axis=1)
    assert (predicted == (split.labels + 1) % 10).mean() > 0.7
    assert set(keeper.logs) == {"accuracy", "loss", "val_accuracy", "val_loss"}
    assert keeper.logs["accuracy"] > 0.7
    right = (predicted == split.labels)[validation].mean()
    assert keeper.logs["val_accuracy"] == pytest.approx(right)
    assert right < 0.3


def test_labels_as_probabilities_teach_what_labels_do(split: Split) -> None:
    configuration = Configuration("dense", batch_size=32, epochs=1, augmentation="erase")
    labels = np.stack([shown(configuration, split, epoch)[1] for epoch in range(2)])
    models = (
        train(configuration, labelled(configuration, split)),
        train(configuration, taught(configuration, split, labels)),
    )
    for one, other in zip(*(model.get_weights() for model in models), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)


def test_a_run_that_was_stopped_goes_on_without_its_teacher(
    new_run: NewRun,
    models_folder: Path,
    in_this_process: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = new_run(teacher="dense", epochs=4)
    after_epoch(monkeypatch, 2, run.stop)
    run.start()
    assert run.status().state is State.STOPPED, run.status().message
    assert len(run.history()) == 2
    shutil.rmtree(models_folder / "dense")
    run.start()
    assert run.status().state is State.FINISHED, run.status().message
    assert [row["epoch"] for row in run.history()] == [1, 2, 3, 4]
    assert run.log().count("epoch 1,") == 1
    assert run.history()[-1]["loss"] < run.history()[0]["loss"]
    card = ModelStore(run.folder).card("model")
    assert card.configuration["teacher"] == "dense"
    assert "--teacher dense" in card.command
    # What asking took is in the price.
    seconds = sum(row["seconds"] for row in run.history())
    with np.load(run.folder / "teacher.npz") as kept:
        asked = float(kept["seconds"])
    assert asked > 0
    assert card.metrics["training_seconds"] == pytest.approx(asked + seconds)


def test_a_run_without_its_teacher_fails_with_the_sentence(
    new_run: NewRun, store: ModelStore, in_this_process: None
) -> None:
    run = new_run(teacher="gone")
    run.start()
    status = run.status()
    assert status.state is State.FAILED
    assert status.message.startswith("There is no model called gone to learn from")
