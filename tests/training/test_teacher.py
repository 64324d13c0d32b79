"""Learning from a teacher, from what it says of the training images to a run that goes on."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from fmnist import architectures
from fmnist.datasets import Split
from fmnist.models import ModelError, ModelStore
from fmnist.training.configuration import Configuration
from fmnist.training.fitting import fit
from fmnist.training.line import STATUS
from fmnist.training.run import Run
from fmnist.training.status import State, Status
from fmnist.training.teacher import check_teacher, taught_targets
from fmnist.training.validation import hold_out
from tests.models.test_card import CARD
from tests.test_observer import SHARP, network
from tests.training.conftest import wait, wait_until_over

NewRun = Callable[..., Run]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelStore:
    """An empty store."""
    monkeypatch.setenv("FMNIST_MODELS_DIR", str(tmp_path / "models"))
    return ModelStore(tmp_path / "models")


@pytest.mark.parametrize(
    ("dataset", "outputs", "sides"), [("fashion-mnist", 11, 2), ("mnist", 10, 1)]
)
def test_targets_are_half_the_label_and_half_the_softened_answer(
    dataset: str, outputs: int, sides: int, store: ModelStore, new_run: NewRun, split: Split
) -> None:
    keras.utils.set_random_seed(0)
    teacher = architectures.build("dense", (28, 28), outputs)
    store.save("wise", teacher, replace(CARD, dataset=dataset))
    run = new_run(dataset=dataset, teacher="wise", limit=300)
    targets = taught_targets(run, split, Status())
    training, _ = hold_out(split.labels, run.configuration.validation_share, 300)
    told = Status.read(run.folder / STATUS)
    assert told is not None
    assert told.message == f"Asking wise about {len(training)} images"

    images = split.images[training].astype(np.float32)
    views = [images, images[:, :, ::-1]][:sides]
    answers = np.mean([teacher.predict(view, verbose=0) for view in views], axis=0)[:, :10]
    softened = np.sqrt(answers) / np.sqrt(answers).sum(axis=1, keepdims=True)
    labels = np.eye(10)[split.labels]
    assert (targets.shape, targets.dtype) == ((600, 10), np.float32)
    np.testing.assert_allclose(targets[training], (labels[training] + softened) / 2, atol=1e-3)
    np.testing.assert_allclose(targets.sum(axis=1), 1, atol=1e-6)
    others = np.setdiff1d(np.arange(600), training)
    np.testing.assert_array_equal(targets[others], labels[others])

    # It has said all: a run that is started again gets the same without it.
    shutil.rmtree(store.root)
    np.testing.assert_array_equal(taught_targets(run, split, Status()), targets)
    with np.load(run.folder / "teacher.npz") as kept:
        assert kept["answers"].dtype == np.float16


def test_who_cannot_teach_is_told_in_a_sentence(models_folder: Path) -> None:
    dense = Configuration(teacher="dense")
    check_teacher(dense)
    with pytest.raises(ModelError, match=r"no model called gone to learn from; there are: .*dense"):
        check_teacher(replace(dense, teacher="gone"))
    with pytest.raises(ModelError, match="expected a model of mnist; dense is one of fashion"):
        check_teacher(replace(dense, dataset="mnist"))
    (models_folder / "dense" / "model.keras").write_bytes(b"")
    with pytest.raises(ModelError, match=r"dense cannot be used: .* damaged"):
        check_teacher(dense)


def test_who_looks_at_photos_alone_cannot_teach(store: ModelStore) -> None:
    store.save("sharp", network(SHARP, 11, 0), replace(CARD, shape=SHARP))
    with pytest.raises(ModelError, match="sharp is one of photos alone"):
        check_teacher(Configuration(teacher="sharp"))


def test_without_models_there_is_no_teacher(store: ModelStore) -> None:
    with pytest.raises(ModelError, match="there are: none yet"):
        check_teacher(Configuration(teacher="cnn"))


class Keeper(keras.callbacks.Callback):
    """Keeps the logs of the last epoch."""

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self.logs = dict(logs or {})


def test_it_learns_what_it_is_taught_and_is_judged_by_the_labels(split: Split) -> None:
    configuration = Configuration("dense", epochs=4, batch_size=32)
    training, validation = hold_out(split.labels, configuration.validation_share)
    taught = np.eye(10, dtype=np.float32)[split.labels]
    taught[training] = np.roll(taught[training], 1, axis=1)  # each the class after its own
    keeper = Keeper()
    model = fit(configuration, split, 10, [keeper], taught=taught)
    answers = model.predict(split.images.astype(np.float32), verbose=0).argmax(axis=1)
    assert (answers == (split.labels + 1) % 10).mean() > 0.7
    assert set(keeper.logs) == {"accuracy", "loss", "val_accuracy", "val_loss"}
    assert keeper.logs["accuracy"] > 0.7
    right = (answers == split.labels)[validation].mean()
    assert keeper.logs["val_accuracy"] == pytest.approx(right)
    assert right < 0.3


def test_labels_as_probabilities_teach_what_labels_do(split: Split) -> None:
    configuration = Configuration("dense", batch_size=32, epochs=1, augmentation="erase")
    taught = np.eye(10, dtype=np.float32)[split.labels]
    models = fit(configuration, split, 10), fit(configuration, split, 10, taught=taught)
    for one, other in zip(*(model.get_weights() for model in models), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)


def test_a_run_that_was_stopped_goes_on_without_its_teacher(
    new_run: NewRun, models_folder: Path
) -> None:
    run = new_run(teacher="dense", epochs=30)
    run.start()
    wait(run, lambda status: status.epoch >= 2)
    run.stop()
    assert wait_until_over(run).state is State.STOPPED
    shutil.rmtree(models_folder / "dense")
    run.start()
    assert wait_until_over(run).state is State.FINISHED, run.log()
    assert [row["epoch"] for row in run.history()] == list(range(1, 31))
    assert run.log().count("epoch 1,") == 1
    assert run.history()[-1]["val_accuracy"] > 0.7
    card = ModelStore(run.folder).card("model")
    assert card.configuration["teacher"] == "dense"
    assert "--teacher dense" in card.command


def test_a_run_without_its_teacher_fails_with_the_sentence(
    new_run: NewRun, store: ModelStore
) -> None:
    run = new_run(teacher="gone")
    run.start()
    status = wait_until_over(run)
    assert status.state is State.FAILED
    assert status.message.startswith("There is no model called gone to learn from")
