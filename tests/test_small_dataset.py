import numpy as np

from tests.small_dataset import make_split


def test_its_classes_can_be_told_apart() -> None:
    """The nearest training image has the right label, so a model can learn it."""
    images, labels = make_split(200, seed=0)
    others, truth = make_split(50, seed=1)
    flat = images.reshape(200, -1).astype(np.float32)
    distances = ((others.reshape(50, 1, -1) - flat) ** 2).sum(axis=2)
    assert np.mean(labels[distances.argmin(axis=1)] == truth) > 0.95
    assert set(labels) == set(range(10))


def test_a_seed_gives_the_same_images_again() -> None:
    np.testing.assert_array_equal(make_split(20, seed=2)[0], make_split(20, seed=2)[0])
    assert (make_split(20, seed=2)[0] != make_split(20, seed=3)[0]).any()
