"""What a browser sends as a line around points, which may be anything."""

from typing import Any

import pytest

from fmnist.ui.data.image_map import Outline, read_outline

SENT: dict[str, Any] = {"map": "features", "corners": [[1, 2], [3, 4], [5, 6.5]], "only": [4]}


def test_a_line_is_read() -> None:
    expected = Outline("features", [[1, 2], [3, 4], [5, 6.5]], [4])
    assert read_outline(SENT, "features", 10) == expected


def test_a_line_on_the_other_map_is_none() -> None:
    assert read_outline(SENT, "pixels", 10) is None


def test_classes_that_do_not_exist_are_left_out() -> None:
    found = read_outline(SENT | {"only": [4, 11, -1]}, "features", 10)
    assert found
    assert found.only == [4]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "features",
        {},
        {**SENT, "corners": 7},
        {**SENT, "corners": [[1, 2, 3]]},
        {**SENT, "corners": [["a", "b"]]},
        {**SENT, "only": None},
    ],
)
def test_anything_else_is_none(sent: object) -> None:
    assert read_outline(sent, "features", 10) is None
