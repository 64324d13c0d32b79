import pytest

from fmnist.evaluation.interval import wilson_interval


@pytest.mark.parametrize(
    ("share", "n", "low", "high"),
    [
        # 81 of 263, the example in Newcombe, Statistics in Medicine 1998, table I; and 0 of 20.
        (81 / 263, 263, 0.2553, 0.3662),
        (0, 20, 0.0000, 0.1611),
        (0.9251, 10_000, 0.9198, 0.9301),
    ],
)
def test_it_is_the_published_one(share: float, n: int, low: float, high: float) -> None:
    assert wilson_interval(share, n) == pytest.approx((low, high), abs=5e-5)


def test_it_is_the_same_from_the_other_end() -> None:
    low, high = wilson_interval(0.97, 300)
    assert wilson_interval(0.03, 300) == pytest.approx((1 - high, 1 - low))
