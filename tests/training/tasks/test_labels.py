import numpy as np
import pytest

from fmnist.training.tasks.labels import made_wrong

TARGETS = np.eye(10, dtype=np.float32)[np.arange(500) % 10]


@pytest.mark.parametrize("share", [0, 0.3, 1])
def test_so_many_labels_name_another_class(share: float) -> None:
    noisy = made_wrong(TARGETS, share, seed=1)
    wrong = noisy.argmax(axis=1) != TARGETS.argmax(axis=1)
    assert wrong.mean() == share
    np.testing.assert_array_equal(noisy.sum(axis=1), 1)
    # The others are as likely as one another.
    assert len(set(noisy[wrong].argmax(axis=1))) in (0, 10)


def test_the_seed_decides_which() -> None:
    first, again, other = (made_wrong(TARGETS, 0.3, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()
