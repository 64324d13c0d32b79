"""Learning by heart, on images of our own."""

import numpy as np
import pytest

from fmnist.lessons.memorising import Examples, measured, mislabelled, train
from tests.small_dataset import make_split

# As small as it can be: eight units, one batch an epoch.
_TRAINING, _VALIDATION = Examples(*make_split(30, 0)), Examples(*make_split(40, 1))


def test_wrong_labels_are_learnt_by_heart() -> None:
    shares: list[float] = []
    wrong = mislabelled(_TRAINING, 0.4)
    trained = train(wrong, _VALIDATION, 8, 250, shares.append)
    assert shares[-1] == 1
    assert trained.losses.shape == trained.accuracies.shape == (250, 2)
    training, validation = trained.accuracies[-1]
    assert training > 0.9
    assert validation < training - 0.2
    best = trained.losses[trained.best - 1, 1]
    assert best == trained.losses[:, 1].min() < trained.losses[-1, 1]
    assert trained.losses[-1, 0] < trained.losses[trained.best - 1, 0]


def test_right_labels_reach_images_that_it_never_saw() -> None:
    trained = train(_TRAINING, _VALIDATION, 8, 150)
    assert trained.accuracies[-1, 1] > 0.4
    loss, accuracy = measured(trained.parameters, _VALIDATION)
    assert (loss, accuracy) == pytest.approx((trained.losses[-1, 1], trained.accuracies[-1, 1]))


@pytest.mark.parametrize("share", [0, 0.2, 0.4])
def test_just_so_many_labels_are_wrong(share: float) -> None:
    wrong = mislabelled(_TRAINING, share)
    assert (wrong.labels != _TRAINING.labels).sum() == share * 30
    assert set(np.unique(wrong.labels)) <= set(range(10))
    assert np.array_equal(wrong.labels, mislabelled(_TRAINING, share).labels)
