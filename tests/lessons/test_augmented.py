"""One image, changed at random."""

import numpy as np

from fmnist.lessons.augmented import augmented
from tests.small_dataset import make_split

_IMAGE = make_split(1, 0)[0][0]


def test_without_any_change_it_stays() -> None:
    for each in augmented(_IMAGE, 5, flip=False, degrees=0, zoom=0):
        assert np.array_equal(each, _IMAGE)


def test_a_flip_mirrors_some() -> None:
    changed = augmented(_IMAGE, 30, flip=True, degrees=0, zoom=0)
    kinds = {each.tobytes() for each in changed}
    assert kinds == {_IMAGE.tobytes(), _IMAGE[:, ::-1].tobytes()}


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    wanted = {"flip": True, "degrees": 30.0, "zoom": 0.2}
    first, again = (augmented(_IMAGE, 4, **wanted) for _ in range(2))  # type: ignore[arg-type]
    assert first.shape == (4, 28, 28)
    assert first.dtype == np.uint8
    assert np.array_equal(first, again)
    other = augmented(_IMAGE, 4, flip=True, degrees=30, zoom=0.2, seed=1)
    assert not np.array_equal(first, other)


def test_a_zoom_changes_how_much_of_it_there_is() -> None:
    light = augmented(_IMAGE, 20, flip=False, degrees=0, zoom=0.5).sum(axis=(1, 2), dtype=float)
    assert light.min() < 0.8 * _IMAGE.sum(dtype=float) < light.max()
