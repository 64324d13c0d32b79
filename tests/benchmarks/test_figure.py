import pytest

from benchmarks.figure import Figure


@pytest.mark.parametrize(
    ("figure", "met", "row"),
    [
        (Figure("a click", 41.23, "ms", 60), True, "| a click | 41.2 ms | ≤ 60 ms | met |"),
        (Figure("a click", 61, "ms", 60), False, "| a click | 61 ms | ≤ 60 ms | missed |"),
        (Figure("right", 0.85, "", 0.85, better="high"), True, "| right | 0.850 | ≥ 0.85 | met |"),
        (Figure("right", 0.8, "", 0.9, better="high"), False, "| right | 0.800 | ≥ 0.9 | missed |"),
        (Figure("before", 0.0146, "", None), None, "| before | 0.015 |  |  |"),
    ],
)
def test_a_figure_beside_its_target(figure: Figure, met: bool | None, row: str) -> None:
    assert figure.met is met
    assert figure.row() == row


def test_a_share_says_how_many_it_was_counted_in() -> None:
    figure = Figure("right", 0.85, "", 0.9, better="high", n=1290, interval=(0.812, 0.88))
    assert figure.row() == "| right | 0.850 (0.812–0.880) of 1,290 | ≥ 0.9 | missed |"
