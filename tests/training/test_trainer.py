from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from fmnist.datasets import Split
from fmnist.training.batches import AugmentedBatches, Batch, MixtureBatches
from fmnist.training.callbacks import latest_checkpoint, remove_checkpoints, save_checkpoint
from fmnist.training.configuration import OPTIMIZERS, Configuration
from fmnist.training.losses import LOSSES
from fmnist.training.synthetic.material import ood_material
from fmnist.training.tasks.task import TrainingData
from fmnist.training.trainer import Checkpoint, Stop, optimizer, train, without_optimizer
from tests.training.conftest import labelled

CONFIGURATION = Configuration("dense", epochs=3, batch_size=64, augmentation="flip-and-shift")


class Keeper(keras.callbacks.Callback):
    """Keeps a checkpoint an epoch, and the logs."""

    def __init__(self, folder: Path, stop_after: int | None = None) -> None:
        super().__init__()
        self.folder, self.stop_after = folder, stop_after
        self.logs: list[dict[str, float]] = []

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self.logs.append(dict(logs or {}))
        save_checkpoint(self.model, self.folder, epoch + 1)
        if epoch + 1 == self.stop_after:
            raise Stop


def fit(
    configuration: Configuration,
    split: Split,
    callbacks: Sequence[keras.callbacks.Callback] = (),
    checkpoint: Checkpoint | None = None,
) -> keras.Model:
    return train(configuration, labelled(configuration, split), callbacks, checkpoint)


def weights(model: keras.Model) -> NDArray[np.float32]:
    return np.concatenate([np.ravel(weight) for weight in model.get_weights()])


@pytest.fixture(scope="module")
def trained(split: Split, tmp_path_factory: pytest.TempPathFactory) -> tuple[keras.Model, Keeper]:
    keeper = Keeper(tmp_path_factory.mktemp("run"))
    return fit(CONFIGURATION, split, [keeper]), keeper


def test_it_learns(trained: tuple[keras.Model, Keeper]) -> None:
    logs = trained[1].logs
    assert set(logs[0]) == {"accuracy", "loss", "val_accuracy", "val_loss"}
    assert logs[-1]["val_accuracy"] > 0.7
    assert logs[-1]["loss"] < logs[0]["loss"]


def test_gradient_descent_learns_too_and_is_resumed(split: Split, tmp_path: Path) -> None:
    configuration = replace(
        CONFIGURATION, optimizer="sgd", learning_rate=0.05, weight_decay=0.001, epochs=3
    )
    fit(configuration, split, [keeper := Keeper(tmp_path, stop_after=2)])
    model = fit(configuration, split, [keeper], latest_checkpoint(tmp_path))
    assert isinstance(model.optimizer, keras.optimizers.SGD)
    assert keeper.logs[-1]["val_accuracy"] > 0.7
    np.testing.assert_array_equal(weights(fit(configuration, split)), weights(model))


def test_a_seed_gives_the_same_weights(trained: tuple[keras.Model, Keeper], split: Split) -> None:
    np.testing.assert_array_equal(weights(fit(CONFIGURATION, split)), weights(trained[0]))


def test_going_on_from_a_checkpoint_gives_the_same_weights(
    trained: tuple[keras.Model, Keeper], split: Split, tmp_path: Path
) -> None:
    stopped = fit(CONFIGURATION, split, [Keeper(tmp_path, stop_after=2)])
    assert (weights(stopped) != weights(trained[0])).any()
    reached = latest_checkpoint(tmp_path)
    assert reached is not None
    assert reached[1] == 2
    whole = fit(CONFIGURATION, split, checkpoint=reached)
    np.testing.assert_array_equal(weights(whole), weights(trained[0]))


def test_a_checkpoint_goes_on_with_dropout_averages_and_what_does_not_decay(
    split: Split, tmp_path: Path
) -> None:
    configuration = replace(
        CONFIGURATION, architecture="cnn", epochs=2, weight_decay=0.5, ema=0.9, limit=300
    )

    def without_biases(its: Configuration, steps: int) -> keras.optimizers.Optimizer:
        made = optimizer(its, steps)
        made.exclude_from_weight_decay(var_names=["bias"])
        return made

    data = replace(labelled(configuration, split), optimizer=without_biases)
    whole = train(configuration, data)
    train(configuration, data, [Keeper(tmp_path, stop_after=1)])
    resumed = train(configuration, data, (), latest_checkpoint(tmp_path))
    np.testing.assert_array_equal(weights(resumed), weights(whole))


class Averaging(keras.callbacks.Callback):
    """Averages the weights as a configuration with a momentum of 0.9 is to."""

    def __init__(self, stop_in_validation: bool = False) -> None:
        super().__init__()
        self.stop_in_validation = stop_in_validation
        self.average = np.empty(0, np.float32)

    def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        latest = weights(self.model)
        self.average = 0.9 * self.average + 0.1 * latest if len(self.average) else latest

    def on_test_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        if self.stop_in_validation:
            raise Stop


@pytest.mark.parametrize("stopped", [False, True])
def test_the_average_of_the_weights_is_validated_and_kept(split: Split, stopped: bool) -> None:
    configuration = replace(CONFIGURATION, ema=0.9, epochs=2)
    model = fit(configuration, split, [averaging := Averaging(stopped)])
    np.testing.assert_allclose(weights(model), averaging.average, atol=1e-5)
    if not stopped:
        images, targets = labelled(configuration, split).validation
        loss, accuracy = model.evaluate(images.astype(np.float32), targets, verbose=0)
        logs = model.history.history
        assert logs["val_loss"][-1] == pytest.approx(loss, abs=1e-5)
        assert logs["val_accuracy"][-1] == pytest.approx(accuracy)


def test_held_out_images_may_come_in_batches(split: Split) -> None:
    data = labelled(CONFIGURATION, split)
    in_batches = AugmentedBatches(replace(CONFIGURATION, augmentation="none"), data.validation)
    model = train(CONFIGURATION, replace(data, validation=in_batches))
    expected = train(CONFIGURATION, data).history.history
    assert model.history.history["val_loss"] == pytest.approx(expected["val_loss"], abs=1e-5)


def test_the_newest_checkpoint_that_can_be_read_counts(
    trained: tuple[keras.Model, Keeper], tmp_path: Path
) -> None:
    for epoch in (1, 2, 3):
        save_checkpoint(trained[0], tmp_path, epoch)
    folder = tmp_path / "checkpoints"
    assert sorted(path.name for path in folder.iterdir()) == [
        "epoch-0002.keras",
        "epoch-0003.keras",
    ]
    whole = (folder / "epoch-0003.keras").read_bytes()
    for damaged in (b"", whole[:1000], whole[:-3000]):
        (folder / "epoch-0003.keras").write_bytes(damaged)
        reached = latest_checkpoint(tmp_path)
        assert reached is not None
        assert reached[1] == 2
    remove_checkpoints(tmp_path)
    assert latest_checkpoint(tmp_path) is None


def test_a_copy_without_optimiser_answers_the_same(
    trained: tuple[keras.Model, Keeper], split: Split, tmp_path: Path
) -> None:
    model, _ = trained
    copy = without_optimizer(model)
    images = split.images[:20].astype(np.float32)
    np.testing.assert_array_equal(copy(images), model(images))
    sizes = []
    for name, kept in (("with", model), ("without", copy)):
        kept.save(tmp_path / f"{name}.keras")
        sizes.append((tmp_path / f"{name}.keras").stat().st_size)
    assert sizes[1] < sizes[0] / 2


def test_batches_depend_on_seed_epoch_and_index_alone(split: Split) -> None:
    examples = split.images, np.eye(10, dtype=np.float32)[split.labels]

    def batches(seed: int = 0, epoch: int = 0) -> AugmentedBatches:
        return AugmentedBatches(replace(CONFIGURATION, seed=seed), examples, epoch)

    def same(first: AugmentedBatches, second: AugmentedBatches, place: int = 3) -> bool:
        return bool((first[place][0] == second[place][0]).all())

    first = batches()
    assert len(first) == 10
    assert sum(len(first[place][1]) for place in range(10)) == 600
    assert first[9][0].shape == (24, 28, 28)
    assert first[9][0].dtype == np.float32
    assert same(first, batches())
    assert not same(first, batches(seed=1))
    assert not same(first, batches(epoch=1))
    first.on_epoch_begin()
    assert same(first, batches())
    first.on_epoch_begin()
    assert same(first, batches(epoch=1))


def test_training_sees_the_epochs_that_it_is_told_to(split: Split) -> None:
    seen: list[int] = []

    class Noting(AugmentedBatches):
        def __getitem__(self, index: int) -> Batch:
            seen.append(self._epoch)
            return super().__getitem__(index)

    data = replace(
        labelled(CONFIGURATION, split),
        batches=lambda epoch: Noting(
            CONFIGURATION, (split.images, np.eye(10, dtype=np.float32)[split.labels]), epoch
        ),
    )
    train(replace(CONFIGURATION, epochs=2), data)
    # Keras also looks at the first two batches, for their shapes.
    assert seen == [0] * 12 + [1] * 10


def test_with_ood_images_there_is_an_output_for_none_of_the_classes(
    split: Split, tmp_path: Path
) -> None:
    configuration = Configuration("dense", epochs=4, batch_size=64, task="mixture", photos="PHOTOS")
    others = ood_material(split.images, 10, np.random.default_rng(0), 60)
    targets = np.eye(11, dtype=np.float32)[split.labels]
    examples = split.images, targets
    data = TrainingData(
        batches=partial(MixtureBatches, configuration, examples, {"ood images": others}),
        validation=(split.images[:50], targets[:50]),
        n=len(split),
        num_outputs=11,
        sets=True,
    )
    keeper = Keeper(tmp_path, stop_after=1)
    train(configuration, data, [keeper])
    assert set(keeper.logs[0]) == {"accuracy", "loss", "val_accuracy", "val_loss"}
    model = train(configuration, data, (), latest_checkpoint(tmp_path))
    assert model.output_shape == (None, 11)
    alone = without_optimizer(model)
    none = [
        alone.predict(images.astype(np.float32), verbose=0)[:, 10].mean()
        for images in (split.images[:200], others.images)
    ]
    assert none[0] < 0.2 < none[1]


def test_one_cycle_rises_in_the_first_eighth_and_falls_to_nothing() -> None:
    configuration = Configuration(schedule="one-cycle", learning_rate=0.4, epochs=8)
    rate = optimizer(configuration, steps_per_epoch=10)._learning_rate
    rates = [float(rate(step)) for step in range(81)]
    assert rates[0] == pytest.approx(0.4 / 20)
    assert max(rates) == rates[10] == pytest.approx(0.4)
    assert rates[5] == pytest.approx((0.4 + 0.4 / 20) / 2)
    assert rates == sorted(rates[:11]) + sorted(rates[11:], reverse=True)
    assert rates[-1] == pytest.approx(0, abs=1e-6)


def test_cosine_falls_from_the_start_and_constant_stays() -> None:
    rate = optimizer(Configuration(learning_rate=0.4, epochs=2), 10)._learning_rate
    assert [float(rate(step)) for step in (0, 10, 20)] == pytest.approx([0.4, 0.2, 0], abs=1e-6)
    constant = optimizer(Configuration(learning_rate=0.4, schedule="constant"), 10)
    assert float(constant.learning_rate) == pytest.approx(0.4)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_each_optimizer_is_the_one_it_is_called(name: str) -> None:
    made = optimizer(Configuration(optimizer=name, weight_decay=0.02), 10)
    assert type(made).__name__ == OPTIMIZERS[name]
    assert made.weight_decay == 0.02
    if name == "sgd":
        assert (made.momentum, made.nesterov) == (0.9, True)


@pytest.mark.parametrize("name", LOSSES)
def test_each_loss_teaches(name: str, split: Split) -> None:
    model = fit(replace(CONFIGURATION, loss=name), split)
    logs = model.history.history
    assert logs["loss"][-1] < logs["loss"][0]
    assert logs["val_accuracy"][-1] > 0.7
