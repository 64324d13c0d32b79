import numpy as np
import pytest

from fmnist.evaluation.significance import Comparison
from fmnist.ui.models.comparison import in_words, odds


def _compared(only_first: int, only_second: int) -> Comparison:
    first = np.arange(2_000) < only_first
    second = np.arange(2_000) >= 2_000 - only_second
    return Comparison(first, second)


@pytest.mark.parametrize("counts", [(120, 512), (512, 120)])
def test_the_better_one_comes_first(counts: tuple[int, int]) -> None:
    said = in_words(_compared(*counts), "dense", "cnn")
    better, worse = ("dense", "cnn") if counts[0] > counts[1] else ("cnn", "dense")
    assert said == (
        f"**{better}** is right on 512 images that **{worse}** misses, the other way round 120. "
        "Such a difference by chance: less than 1 in 1,000,000 (McNemar's test)."
    )


def test_a_difference_that_tells_nothing_is_said_to() -> None:
    said = in_words(_compared(1, 4), "dense", "cnn")
    assert said.endswith("1 in 3 (McNemar's test), so neither is shown to be the better one.")


@pytest.mark.parametrize(
    ("p_value", "words"),
    [
        (0.0, "less than 1 in 1,000,000"),
        (2e-6, "1 in 500,000"),
        (0.05, "1 in 20"),
        (0.8, "more often than not"),
    ],
)
def test_odds(p_value: float, words: str) -> None:
    assert odds(p_value) == words
