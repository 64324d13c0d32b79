"""A piece of one image in another, and as much of its label."""

import numpy as np

from fmnist.datasets import Split
from fmnist.training.augmentation.cutmix import cutmix
from fmnist.training.batches import AugmentedBatches
from fmnist.training.configuration import Configuration
from fmnist.training.trainer import train
from tests.training.conftest import labelled

# Image i is of class i, and each of its pixels is i.
N = 50
IMAGES = np.broadcast_to(np.arange(N, dtype=np.uint8)[:, None, None], (N, 28, 28))
TARGETS = np.eye(N, dtype=np.float32)


def test_a_target_has_as_much_of_the_other_as_its_image() -> None:
    images, targets = cutmix(IMAGES, TARGETS, np.random.default_rng(0), 1.0)
    shares = [np.bincount(image.ravel(), minlength=N) / image.size for image in images]
    np.testing.assert_allclose(targets, shares, atol=1e-6)
    mixed = (targets.max(axis=1) < 1).mean()
    assert mixed > 0.8, "only a rectangle that is empty, or one's own, mixes nothing"
    assert 0.3 < targets[np.arange(N), np.arange(N)].mean() < 0.8


def test_only_some_are_mixed_and_the_given_ones_stay() -> None:
    before = IMAGES.copy()
    _, targets = cutmix(before, TARGETS, np.random.default_rng(0), 0.3)
    assert 0.1 < (targets.max(axis=1) < 1).mean() < 0.5
    np.testing.assert_array_equal(before, IMAGES)
    untouched, labels = cutmix(IMAGES, TARGETS, np.random.default_rng(0), 0.0)
    np.testing.assert_array_equal(untouched, IMAGES)
    np.testing.assert_array_equal(labels, TARGETS)


def test_the_last_epochs_go_without() -> None:
    configuration = Configuration(batch_size=N, cutmix=1.0, epochs=20)
    batches = AugmentedBatches(configuration, (IMAGES, TARGETS), epoch=16)
    mixed = []
    for _ in range(4):
        batches.on_epoch_begin()
        mixed.append(bool((batches[0][1].max(axis=1) < 1).any()))
    assert mixed == [True, True, False, False]


def test_a_network_learns_from_mixed_images(split: Split) -> None:
    configuration = Configuration("dense", epochs=6, batch_size=32, cutmix=0.5)
    model = train(configuration, labelled(configuration, split))
    logs = model.history.history
    assert logs["val_accuracy"][-1] > 0.7
    assert logs["val_accuracy"][-1] > logs["val_accuracy"][0]
