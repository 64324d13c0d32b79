import math

import numpy as np
import pytest

from fmnist.evaluation.significance import Share, compare, mcnemar, mean_share, wilson_interval


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


def share(hits: int, n: int) -> Share:
    found = Share.of(np.arange(n) < hits)
    assert found
    return found


def test_a_share_is_counted_with_its_interval() -> None:
    found = share(81, 263)
    assert (found.value, found.n) == (81 / 263, 263)
    assert (found.low, found.high) == wilson_interval(81 / 263, 263)
    assert Share.of(np.zeros(0, bool)) is None
    assert (share(0, 20).low, share(20, 20).high) == (0, 1), "no hair beyond the end"


def test_of_a_mean_each_share_counts_the_same() -> None:
    mean = mean_share([share(90, 100), share(1, 2)])
    assert mean
    assert mean.value == pytest.approx(0.7), "not 91 of 102"
    assert mean.n == 102
    # Wilson: 0.9 from 0.8256 to 0.9448 of 100, 0.5 from 0.0945 to 0.9055 of 2.
    assert mean.low == pytest.approx(0.7 - math.hypot(0.0744, 0.4055) / 2, abs=1e-4)
    assert mean.high == pytest.approx(0.7 + math.hypot(0.0448, 0.4055) / 2, abs=1e-4)


def test_a_mean_of_one_share_is_that_share_and_of_none_nothing() -> None:
    one = share(3, 7)
    assert (mean := mean_share([one]))
    assert (mean.value, mean.n) == (one.value, 7)
    assert (mean.low, mean.high) == pytest.approx((one.low, one.high))
    assert mean_share([]) is None


def test_an_interval_narrows_with_the_counts_and_leaves_room_where_all_are_right() -> None:
    few, many = mean_share([share(4, 4)] * 3), mean_share([share(400, 400)] * 3)
    assert few and many
    assert few.low < 0.8 < 0.99 < many.low
    assert few.high == many.high == 1


def test_an_interval_holds_the_truth_nineteen_times_in_twenty() -> None:
    """The mean of classes as photos have them: some large and easy, some small and hard."""
    random, truth, counts = np.random.default_rng(0), [0.95, 0.9, 0.8, 0.6, 0.4], [80, 50, 30, 8, 5]
    held = 0
    for _ in range(1000):
        hits = random.binomial(counts, truth)
        mean = mean_share([share(*pair) for pair in zip(hits, counts, strict=True)])
        assert mean
        held += int(mean.low <= np.mean(truth) <= mean.high)
    assert 930 <= held <= 985
