import numpy as np

from fmnist.training.augmentation import AUGMENTATIONS
from fmnist.ui.train.augmented import side_by_side
from tests.small_dataset import make_split

IMAGE = make_split(1, seed=0)[0][0]


def copies(name: str) -> list[np.ndarray]:
    """Cut a row apart again, each at its own size."""
    row = side_by_side(AUGMENTATIONS[name], IMAGE)[::3, ::3]
    assert row.shape == (28, 8 * 28 + 7 * 2)
    return [row[:, place * 30 : place * 30 + 28] for place in range(8)]


def test_each_is_the_image_under_the_augmentation() -> None:
    for copy in copies("none"):
        np.testing.assert_array_equal(copy, IMAGE)
    flipped = [(copy == IMAGE[:, ::-1]).all() for copy in copies("flip")]
    assert any(flipped)
    assert not all(flipped)
    assert len({copy.tobytes() for copy in copies("flip-and-erase")}) > 4
