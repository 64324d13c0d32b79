import pytest

from fmnist.ui.wording import duration


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s"), (48, "48 s"), (59.6, "1 min 00 s"), (125, "2 min 05 s"), (3_780, "1 h 03 min")],
)
def test_two_units_at_most(seconds: float, words: str) -> None:
    assert duration(seconds) == words
