"""The random affine map."""

import numpy as np

from fmnist.training.augmentation.geometric import Warp

STILL = {"angle": 0.0, "shear": 0.0, "stretch": 0.0, "zoom": (0.0, 0.0), "shift": 0.0}
# One square, right of the middle.
IMAGE = np.zeros((29, 29), np.uint8)
IMAGE[12:17, 19:24] = 255


def middle(image: np.ndarray) -> tuple[float, float]:
    """Where the light is: its row and column, from the middle of the image."""
    rows, columns = np.indices(image.shape[:2]) - 14
    return float((rows * image).sum() / image.sum()), float((columns * image).sum() / image.sum())


def warped(image: np.ndarray = IMAGE, seed: int = 0, **changes: object) -> np.ndarray:
    return Warp(**(STILL | changes))(image, np.random.default_rng(seed))  # type: ignore[arg-type]


def test_nothing_changes_without_a_change() -> None:
    np.testing.assert_array_equal(warped(), IMAGE)


def test_a_turn_keeps_the_distance_from_the_middle() -> None:
    turned = [middle(warped(angle=0.3, seed=seed)) for seed in range(20)]
    np.testing.assert_allclose([np.hypot(*place) for place in turned], 7, atol=0.1)
    angles = [np.arctan2(*place) for place in turned]
    assert 0.15 < np.std(angles) < 0.45


def test_a_zoom_changes_the_distance_by_its_exponential() -> None:
    _, column = middle(warped(zoom=(0.2, 0.2)))
    assert abs(column - 7 * np.exp(0.2)) < 0.1


def test_a_stretch_makes_one_way_longer_and_the_other_shorter() -> None:
    stretched = warped(stretch=0.3, seed=1)
    rows, columns = (np.count_nonzero(stretched.max(axis=axis) > 127) for axis in (1, 0))
    assert rows != columns
    assert abs(rows * columns - 25) <= 6


def test_a_shift_brings_in_the_background() -> None:
    white = np.full((28, 28, 3), 255, np.uint8)
    np.testing.assert_array_equal(warped(white, shift=3.0, background=255), white)
    assert (warped(white, shift=3.0)[0] == 0).any()


def test_colours_are_warped_together() -> None:
    colours = np.stack([IMAGE, IMAGE // 2, 255 - IMAGE], axis=-1)
    turned = warped(colours, angle=0.3, background=0)
    np.testing.assert_array_equal(turned[..., 0], warped(angle=0.3))
