import numpy as np
import pytest

from fmnist.training.split import hold_out

LABELS = np.repeat(np.arange(10, dtype=np.uint8), 120)


def test_a_twelfth_of_every_class_is_held_out() -> None:
    training, validation = hold_out(LABELS, 1 / 12)
    assert sorted([*training, *validation]) == list(range(1200))
    assert np.bincount(LABELS[validation]).tolist() == [10] * 10


def test_it_is_the_same_every_time() -> None:
    for first, second in zip(hold_out(LABELS, 0.1), hold_out(LABELS, 0.1), strict=True):
        np.testing.assert_array_equal(first, second)


def test_a_limit_counts_all_images() -> None:
    training, validation = hold_out(LABELS, 0.25, limit=100)
    assert len(training) + len(validation) == 100
    assert 20 <= len(validation) <= 30
    assert len(np.unique(LABELS[training])) == 10


@pytest.mark.parametrize("limit", [None, 5000])
def test_nothing_need_be_held_out(limit: int | None) -> None:
    training, validation = hold_out(LABELS, 0, limit)
    assert (len(training), len(validation)) == (1200, 0)
