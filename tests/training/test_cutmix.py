"""A piece of one image in another, and as much of its label."""

import numpy as np

from fmnist.datasets import Split
from fmnist.training.augmentation.cutmix import CutMix, cutmix
from fmnist.training.augmentation.geometric import AUGMENTATIONS
from fmnist.training.batches import Batches
from fmnist.training.configuration import Configuration
from fmnist.training.trainer import fit

# Image i is of class i, and each of its pixels is i.
N = 50
IMAGES = np.broadcast_to(np.arange(N, dtype=np.uint8)[:, None, None], (N, 28, 28))
ANSWERS = np.eye(N, dtype=np.float32)


def test_an_answer_has_as_much_of_the_other_as_its_image() -> None:
    images, answers = cutmix(IMAGES, ANSWERS, np.random.default_rng(0), 1.0)
    shares = [np.bincount(image.ravel(), minlength=N) / image.size for image in images]
    np.testing.assert_allclose(answers, shares, atol=1e-6)
    mixed = (answers.max(axis=1) < 1).mean()
    assert mixed > 0.8, "only a rectangle that is empty, or one's own, mixes nothing"
    assert 0.3 < answers[np.arange(N), np.arange(N)].mean() < 0.8


def test_only_some_are_mixed_and_the_given_ones_stay() -> None:
    before = IMAGES.copy()
    _, answers = cutmix(before, ANSWERS, np.random.default_rng(0), 0.3)
    assert 0.1 < (answers.max(axis=1) < 1).mean() < 0.5
    np.testing.assert_array_equal(before, IMAGES)
    untouched, labels = cutmix(IMAGES, ANSWERS, np.random.default_rng(0), 0.0)
    np.testing.assert_array_equal(untouched, IMAGES)
    np.testing.assert_array_equal(labels, ANSWERS)


def test_the_last_epochs_go_without() -> None:
    batches = Batches(
        IMAGES,
        ANSWERS,
        batch_size=N,
        augmentation=AUGMENTATIONS["none"],
        mix=CutMix(1.0, 20),
        seed=0,
        epoch=16,
    )
    mixed = []
    for _ in range(4):
        mixed.append(bool((batches[0][1].max(axis=1) < 1).any()))
        batches.on_epoch_end()
    assert mixed == [True, True, False, False]


def test_a_network_learns_from_mixed_images(split: Split) -> None:
    model = fit(Configuration("dense", epochs=6, batch_size=32, cutmix=0.5), split, 10)
    logs = model.history.history
    assert logs["val_accuracy"][-1] > 0.7
    assert logs["val_accuracy"][-1] > logs["val_accuracy"][0]
