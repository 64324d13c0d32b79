"""What lies inside an outline, where a class is, and which classes lie together."""

from typing import Any

import numpy as np
import pytest

from fmnist.exploration.embedding import SIDE
from fmnist.exploration.regions import Region, class_centres, densities, inside, overlaps

GRID = np.stack(np.meshgrid(np.arange(10), np.arange(10)), axis=-1).reshape(-1, 2)
POINTS = (GRID * 6000 + 3000).astype(np.uint16)


def test_inside_a_square() -> None:
    low, high = 2 * 6000, 5 * 6000
    square = np.array([[low, low], [high, low], [high, high], [low, high]])
    wanted = ((GRID >= 2) & (GRID < 5)).all(axis=1)
    np.testing.assert_array_equal(inside(POINTS, square), wanted)
    np.testing.assert_array_equal(inside(POINTS, square[::-1]), wanted)


def test_a_hollow_is_outside() -> None:
    # The letter U: its hollow is columns 4 and 5 above row 2.
    corners = np.array([[0, 0], [10, 0], [10, 10], [6, 10], [6, 3], [4, 3], [4, 10], [0, 10]])
    hollow = np.isin(GRID[:, 0], (4, 5)) & (GRID[:, 1] >= 3)
    np.testing.assert_array_equal(inside(POINTS, corners * 6000), ~hollow)


def test_where_a_line_crosses_itself_it_is_outside_again() -> None:
    twice = np.array([[0, 0], [10, 0], [10, 10], [0, 10]] * 2) * 6000
    assert not inside(POINTS, twice).any()


@pytest.mark.parametrize(
    "outline", [[], [[1, 2], [3, 4]], [[1, 2, 3]] * 4, [[0, 0], [1, float("nan")], [2, 2]]]
)
def test_what_is_no_outline_is_refused(outline: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="Expected an outline"):
        inside(POINTS, np.array(outline))


def test_a_class_is_where_most_of_it_is_not_between() -> None:
    random = np.random.default_rng(0)
    apart = np.concatenate(
        [random.normal(10_000, 300, (30, 2)), random.normal(55_000, 300, (70, 2))]
    ).astype(np.uint16)
    density = densities(apart, np.zeros(100, np.uint8), 2)
    assert density[0].sum() == pytest.approx(1)
    assert density[1].sum() == 0, "a class without images"
    np.testing.assert_allclose(class_centres(density)[0], 55_000, atol=SIDE / 48)


def test_classes_overlap_as_much_as_they_share() -> None:
    left, right = [[1000, 1000]], [[60_000, 60_000]]
    points = np.array(left * 10 + left * 3 + right * 7 + right * 5, np.uint16)
    labels = np.array([0] * 10 + [1] * 10 + [2] * 5, np.uint8)
    together = overlaps(densities(points, labels, 3))
    np.testing.assert_allclose(together, [[0, 0.3, 0], [0.3, 0, 0.7], [0, 0.7, 0]])


SENT: dict[str, Any] = {"map": "features", "corners": [[1, 2], [3, 4], [5, 6.6]], "only": [4]}


def test_what_a_browser_draws_is_a_region_and_an_address_brings_it_back() -> None:
    region = Region.of(SENT)
    assert region == Region("features", ((1, 2), (3, 4), (5, 7)), (4,))
    assert Region.read(region.as_text()) == region
    everything = Region("pixels", ((0, 0), (SIDE, 0), (SIDE, SIDE), (0, SIDE)))
    assert Region.read(everything.as_text()) == everything


def test_a_region_may_mean_some_classes_alone() -> None:
    labels = np.arange(len(POINTS)).astype(np.uint8) % 2
    everything = ((0, 0), (SIDE, 0), (SIDE, SIDE), (0, SIDE))
    assert Region("features", everything).mask(POINTS, labels).all()
    np.testing.assert_array_equal(
        Region("features", everything, (1,)).mask(POINTS, labels), labels == 1
    )


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "features",
        {},
        {**SENT, "map": "elsewhere"},
        {**SENT, "corners": 7},
        {**SENT, "corners": [[1, 2], [3, 4]]},
        {**SENT, "corners": [[1, 2, 3]] * 3},
        {**SENT, "corners": [["a", "b"]] * 3},
        {**SENT, "corners": [[1, float("nan")]] * 3},
        {**SENT, "corners": [[1, float("inf")]] * 3},
        {**SENT, "corners": [[1, 2]] * 1001},
        {**SENT, "only": None},
    ],
)
def test_anything_else_is_no_region(sent: object) -> None:
    assert Region.of(sent) is None


@pytest.mark.parametrize(
    "text", ["", "features", "a~b~c", "features~~AAAA", "features~~A", "features~x~" + "A" * 16]
)
def test_no_other_address_is_a_region(text: str) -> None:
    assert Region.read(text) is None
