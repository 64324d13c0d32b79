import numpy as np
import pytest

from fmnist.evaluation.significance import compare, mcnemar, wilson_interval


@pytest.mark.parametrize(
    ("only_first", "only_second", "p_value"),
    [
        (0, 0, 1),
        (5, 5, 1),
        (0, 5, 2 / 2**5),
        (1, 4, 2 * (1 + 5) / 2**5),
        (2, 8, 2 * (1 + 10 + 45) / 2**10),
        # Fagerland, Lydersen and Laake, BMC Medical Research Methodology 2013, section 3: exact
        # conditional, 1 and 7.
        (1, 7, 0.0703125),
    ],
)
def test_mcnemar_is_the_one_worked_out_by_hand(
    only_first: int, only_second: int, p_value: float
) -> None:
    assert mcnemar(only_first, only_second) == pytest.approx(p_value)
    assert mcnemar(only_second, only_first) == pytest.approx(p_value)


def test_large_counts_neither_overflow_nor_take_long() -> None:
    # By the normal distribution of a large sample: 60 steps of half a standard deviation apart.
    assert mcnemar(4_900, 5_100) == pytest.approx(0.0466, abs=5e-4)
    assert 0 <= mcnemar(100, 5_000) < 1e-300


def test_who_is_right_image_by_image() -> None:
    labels = np.array([0, 1, 0, 1], np.uint8)
    first = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8], [0.3, 0.7]])
    second = np.array([[0.6, 0.4], [0.1, 0.9], [0.4, 0.6], [0.8, 0.2]])
    compared = compare(labels, first, second)
    assert compared.only_first.tolist() == [False, False, False, True]
    assert compared.only_second.tolist() == [False, True, False, False]
    assert compared.neither.tolist() == [False, False, True, False]
    assert compared.p_value == 1


@pytest.mark.parametrize(
    ("share", "n", "low", "high"),
    [
        # 81 of 263, the example in Newcombe, Statistics in Medicine 1998, table I; and 0 of 20.
        (81 / 263, 263, 0.2553, 0.3662),
        (0, 20, 0.0000, 0.1611),
        (0.9251, 10_000, 0.9198, 0.9301),
    ],
)
def test_wilson_is_the_published_one(share: float, n: int, low: float, high: float) -> None:
    assert wilson_interval(share, n) == pytest.approx((low, high), abs=5e-5)


def test_wilson_s_interval_is_the_same_from_the_other_end() -> None:
    low, high = wilson_interval(0.97, 300)
    assert wilson_interval(0.03, 300) == pytest.approx((1 - high, 1 - low))
