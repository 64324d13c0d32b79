from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from fmnist.datasets import Split
from fmnist.training import checkpoint
from fmnist.training.augmentation.geometric import AUGMENTATIONS
from fmnist.training.batches import Batches
from fmnist.training.configuration import Configuration
from fmnist.training.synthetic.material import stranger_material
from fmnist.training.trainer import Stop, fit, without_optimizer

CONFIGURATION = Configuration("dense", epochs=3, batch_size=64, augmentation="flip-and-shift")


class Keeper(keras.callbacks.Callback):
    """Keeps a checkpoint an epoch, and the logs."""

    def __init__(self, folder: Path, stop_after: int | None = None) -> None:
        super().__init__()
        self.folder, self.stop_after = folder, stop_after
        self.logs: list[dict[str, float]] = []

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self.logs.append(dict(logs or {}))
        checkpoint.save(self.model, self.folder, epoch + 1)
        if epoch + 1 == self.stop_after:
            raise Stop


def weights(model: keras.Model) -> NDArray[np.float32]:
    return np.concatenate([np.ravel(weight) for weight in model.get_weights()])


@pytest.fixture(scope="module")
def trained(split: Split, tmp_path_factory: pytest.TempPathFactory) -> tuple[keras.Model, Keeper]:
    keeper = Keeper(tmp_path_factory.mktemp("run"))
    return fit(CONFIGURATION, split, 10, [keeper]), keeper


def test_it_learns(trained: tuple[keras.Model, Keeper]) -> None:
    logs = trained[1].logs
    assert set(logs[0]) == {"accuracy", "loss", "val_accuracy", "val_loss"}
    assert logs[-1]["val_accuracy"] > 0.7
    assert logs[-1]["loss"] < logs[0]["loss"]


def test_gradient_descent_learns_too_and_is_resumed(split: Split, tmp_path: Path) -> None:
    configuration = replace(
        CONFIGURATION, optimizer="sgd", learning_rate=0.05, weight_decay=0.001, epochs=3
    )
    fit(configuration, split, 10, [keeper := Keeper(tmp_path, stop_after=2)])
    model = fit(configuration, split, 10, [keeper], checkpoint.latest(tmp_path))
    assert isinstance(model.optimizer, keras.optimizers.SGD)
    assert keeper.logs[-1]["val_accuracy"] > 0.7
    np.testing.assert_array_equal(weights(fit(configuration, split, 10)), weights(model))


def test_a_seed_gives_the_same_weights(trained: tuple[keras.Model, Keeper], split: Split) -> None:
    np.testing.assert_array_equal(weights(fit(CONFIGURATION, split, 10)), weights(trained[0]))


def test_going_on_from_a_checkpoint_gives_the_same_weights(
    trained: tuple[keras.Model, Keeper], split: Split, tmp_path: Path
) -> None:
    stopped = fit(CONFIGURATION, split, 10, [Keeper(tmp_path, stop_after=2)])
    assert (weights(stopped) != weights(trained[0])).any()
    reached = checkpoint.latest(tmp_path)
    assert reached is not None
    assert reached[1] == 2
    whole = fit(CONFIGURATION, split, 10, checkpoint=reached)
    np.testing.assert_array_equal(weights(whole), weights(trained[0]))


def test_the_newest_checkpoint_that_can_be_read_counts(
    trained: tuple[keras.Model, Keeper], tmp_path: Path
) -> None:
    for epoch in (1, 2, 3):
        checkpoint.save(trained[0], tmp_path, epoch)
    folder = tmp_path / "checkpoints"
    assert sorted(path.name for path in folder.iterdir()) == [
        "epoch-0002.keras",
        "epoch-0003.keras",
    ]
    whole = (folder / "epoch-0003.keras").read_bytes()
    for damaged in (b"", whole[:1000], whole[:-3000]):
        (folder / "epoch-0003.keras").write_bytes(damaged)
        reached = checkpoint.latest(tmp_path)
        assert reached is not None
        assert reached[1] == 2
    checkpoint.remove(tmp_path)
    assert checkpoint.latest(tmp_path) is None


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


def test_no_image_to_train_on_is_a_sentence(split: Split) -> None:
    with pytest.raises(ValueError, match="none is left to train on"):
        fit(Configuration("dense", limit=1, validation_share=0.9), split, 10)


def test_batches_depend_on_seed_epoch_and_place_alone(split: Split) -> None:
    def batches(seed: int = 0, epoch: int = 0) -> Batches:
        return Batches(
            split.images,
            split.labels,
            batch_size=64,
            augmentation=AUGMENTATIONS["flip-and-shift"],
            seed=seed,
            epoch=epoch,
        )

    def same(first: Batches, second: Batches, place: int = 3) -> bool:
        return bool((first[place][0] == second[place][0]).all())

    first = batches()
    assert len(first) == 10
    assert sum(len(first[place][1]) for place in range(10)) == 600
    assert first[9][0].shape == (24, 28, 28)
    assert first[9][0].dtype == np.float32
    assert same(first, batches())
    assert not same(first, batches(seed=1))
    assert not same(first, batches(epoch=1))
    first.on_epoch_end()
    assert same(first, batches(epoch=1))


def test_with_extras_there_is_an_answer_for_none_of_the_classes(
    split: Split, tmp_path: Path
) -> None:
    configuration = Configuration(
        "dense", epochs=2, batch_size=64, extras="everyday", photos="PHOTOS"
    )
    strangers = stranger_material(split.images, 10, np.random.default_rng(0), 60)
    keeper = Keeper(tmp_path, stop_after=1)
    fit(configuration, split, 10, [keeper], extras={"strangers": strangers})
    assert set(keeper.logs[0]) == {"accuracy", "loss", "val_accuracy", "val_loss"}
    reached = checkpoint.latest(tmp_path)
    model = fit(configuration, split, 10, (), reached, {"strangers": strangers})
    assert model.output_shape == (None, 11)
    alone = without_optimizer(model)
    none = [
        alone.predict(images.astype(np.float32), verbose=0)[:, 10].mean()
        for images in (split.images[:200], strangers.images)
    ]
    assert none[0] < 0.2 < none[1]
