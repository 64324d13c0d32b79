import numpy as np

from fmnist.unfamiliarity import unfamiliarity


def test_the_less_certain_the_stranger() -> None:
    certain, torn, lost = unfamiliarity(np.array([[1.0, 0, 0], [0.5, 0.5, 0], [1 / 3] * 3]))
    assert certain == 0
    assert certain < torn < lost
    assert unfamiliarity(np.empty((0, 3))).shape == (0,)
