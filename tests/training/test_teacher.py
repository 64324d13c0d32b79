"""Learning from a teacher, from what it says of the training images to a run that goes on."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from fmnist import architectures
from fmnist.datasets import Split
from fmnist.inference.ood import answers_of
from fmnist.models import ModelError, ModelStore
from fmnist.training.batches import Batches
from fmnist.training.configuration import Configuration
from fmnist.training.lessons import Lessons
from fmnist.training.queue import STATUS
from fmnist.training.run import Run
from fmnist.training.split import hold_out
from fmnist.training.status import State, Status
from fmnist.training.tasks.distillation import asked_seconds, check_teacher, taught
from fmnist.training.trainer import fit
from tests.models.test_card import CARD
from tests.test_observer import SHARP, network
from tests.training.conftest import wait, wait_until_over

NewRun = Callable[..., Run]
Rows = NDArray[np.floating]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelStore:
    """An empty store."""
    monkeypatch.setenv("FMNIST_MODELS_DIR", str(tmp_path / "models"))
    return ModelStore(tmp_path / "models")


def seen(configuration: Configuration, split: Split, epoch: int) -> tuple[Rows, Rows]:
    """What a network sees in an epoch, and the labels of it as probabilities."""
    training, _ = hold_out(split.labels, configuration.validation_share, configuration.limit)
    labels = np.eye(10, dtype=np.float32)[split.labels[training]]
    batches = Batches.of(configuration, split.images[training], labels, epoch)
    pairs = [batches[index] for index in range(len(batches))]
    images, rows = (np.concatenate(parts).astype(np.float32) for parts in zip(*pairs, strict=True))
    return images, rows


def test_teachers_answer_for_the_very_images_that_their_pupil_sees(
    store: ModelStore, new_run: NewRun, split: Split
) -> None:
    keras.utils.set_random_seed(0)
    one, other = (architectures.build("dense", (28, 28), outputs) for outputs in (11, 10))
    store.save("one", one, replace(CARD, temperature=2.0))
    store.save("other", other, CARD)
    run = new_run(teacher="one, other", limit=300, epochs=2, augmentation="erase", cutmix=0.5)
    answers = taught(run, split, Status())
    told = Status.read(run.folder / STATUS)
    assert told is not None
    assert told.message == "Asking one, other about the training images, 50%"

    assert (answers.shape, answers.dtype) == ((2, 275, 10), np.float16)
    for epoch in range(2):
        images, _ = seen(run.configuration, split, epoch)
        said = [
            answers_of(wise.predict(images, verbose=0), 10, temperature)[0]
            for wise, temperature in ((one, 2.0), (other, CARD.temperature))
        ]
        assert answers[epoch] == pytest.approx(np.mean(said, axis=0), abs=2e-3)

    # They have said all: a run that is started again gets the same without them.
    shutil.rmtree(store.root)
    np.testing.assert_array_equal(taught(run, split, Status()), answers)


def test_what_a_teacher_says_is_repeated_in_turn(split: Split) -> None:
    configuration = Configuration("dense", batch_size=100, augmentation="erase", cutmix=0.5)
    images, labels = split.images, np.eye(10, dtype=np.float32)[split.labels]
    rounds = [Batches.of(configuration, images, labels, epoch) for epoch in range(2)]
    answers = np.random.default_rng(0).dirichlet(np.ones(10), (2, len(images)))
    lessons = Lessons(rounds, answers.astype(np.float16))
    assert len(lessons) == 6
    for place in (0, 1, 0):
        seen_now, said = lessons[2]
        np.testing.assert_array_equal(seen_now, rounds[place][2][0])
        assert said == pytest.approx(answers[place, 200:300], abs=1e-3)
        assert np.sum(said, axis=1) == pytest.approx(1)
        lessons.on_epoch_end()
    np.testing.assert_array_equal(lessons[2][0], Lessons(rounds, answers, 3)[2][0])


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
    _, validation = hold_out(split.labels, configuration.validation_share)
    labels = np.stack([seen(configuration, split, epoch)[1] for epoch in range(3)])
    wrong = np.roll(labels, 1, axis=-1)  # each the class after its own
    keeper = Keeper()
    model = fit(configuration, split, 10, [keeper], taught=wrong)
    answers = model.predict(split.images.astype(np.float32), verbose=0).argmax(axis=1)
    assert (answers == (split.labels + 1) % 10).mean() > 0.7
    assert set(keeper.logs) == {"accuracy", "loss", "val_accuracy", "val_loss"}
    assert keeper.logs["accuracy"] > 0.7
    right = (answers == split.labels)[validation].mean()
    assert keeper.logs["val_accuracy"] == pytest.approx(right)
    assert right < 0.3


def test_labels_as_probabilities_teach_what_labels_do(split: Split) -> None:
    configuration = Configuration("dense", batch_size=32, epochs=1, augmentation="erase")
    labels = np.stack([seen(configuration, split, epoch)[1] for epoch in range(2)])
    models = fit(configuration, split, 10), fit(configuration, split, 10, taught=labels)
    for one, other in zip(*(model.get_weights() for model in models), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)


def test_a_run_that_was_stopped_goes_on_without_its_teacher(
    new_run: NewRun, models_folder: Path
) -> None:
    run = new_run(teacher="dense", epochs=12)
    run.start()
    wait(run, lambda status: status.epoch >= 2)
    run.stop()
    assert wait_until_over(run).state is State.STOPPED
    shutil.rmtree(models_folder / "dense")
    run.start()
    assert wait_until_over(run).state is State.FINISHED, run.log()
    assert [row["epoch"] for row in run.history()] == list(range(1, 13))
    assert run.log().count("epoch 1,") == 1
    assert run.history()[-1]["loss"] < run.history()[0]["loss"]
    card = ModelStore(run.folder).card("model")
    assert card.configuration["teacher"] == "dense"
    assert "--teacher dense" in card.command
    # What asking took is in the price.
    asked = asked_seconds(run)
    assert asked > 0
    seconds = sum(row["seconds"] for row in run.history())
    assert card.metrics["training_seconds"] == pytest.approx(asked + seconds)


def test_a_run_without_its_teacher_fails_with_the_sentence(
    new_run: NewRun, store: ModelStore
) -> None:
    run = new_run(teacher="gone")
    run.start()
    status = wait_until_over(run)
    assert status.state is State.FAILED
    assert status.message.startswith("There is no model called gone to learn from")
