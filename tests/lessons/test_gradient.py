"""Losses, networks and optimisers, against finite differences and known answers."""

import numpy as np
import pytest

from fmnist.lessons.losses import Loss, cross_entropy, softmax, squared_error
from fmnist.lessons.network import flattened, forward, gradient, initial
from fmnist.lessons.optimisers import OPTIMISERS, SGD, Adam

_RANDOM = np.random.default_rng(3)
_INPUTS = _RANDOM.normal(size=(5, 4))
_NUMBERS = _RANDOM.normal(size=(5, 3))
_LABELS = np.array([0, 2, 1, 2, 0])


@pytest.mark.parametrize("sizes", [(4, 3), (4, 6, 3), (4, 5, 6, 3)])
@pytest.mark.parametrize(("loss", "targets"), [(squared_error, _NUMBERS), (cross_entropy, _LABELS)])
def test_the_gradient_is_that_of_finite_differences(
    loss: Loss, targets: np.ndarray, sizes: tuple[int, ...]
) -> None:
    parameters = [part.astype(float) for part in initial(sizes, seed=1)]
    for part in parameters[1::2]:
        part += 0.1  # off the edge of ReLU
    _, found = gradient(parameters, _INPUTS, targets, loss)
    for part, slopes in zip(parameters, found, strict=True):
        assert slopes.shape == part.shape
        for place in np.ndindex(part.shape):
            before, values = part[place], []
            for step in (1e-6, -1e-6):
                part[place] = before + step
                values.append(loss(forward(parameters, _INPUTS), targets)[0])
            part[place] = before
            assert slopes[place] == pytest.approx((values[0] - values[1]) / 2e-6, abs=1e-7)


def test_cross_entropy_of_a_guess_among_ten() -> None:
    value, slope = cross_entropy(np.zeros((2, 10)), np.array([3, 4]))
    assert value == pytest.approx(np.log(10))
    assert slope[0, 3] == pytest.approx((0.1 - 1) / 2)


def test_softmax_keeps_everybody_s_share_and_the_order() -> None:
    scores = np.array([[2.0, 1.0, -1.0]])
    for temperature in (0.25, 1, 4):
        shares = softmax(scores, temperature)
        assert shares.sum() == pytest.approx(1)
        assert (shares > 0).all()
        assert shares[0].argsort().tolist() == scores[0].argsort().tolist()
    assert softmax(scores, 0.25).max() > softmax(scores).max() > softmax(scores, 4).max()
    assert np.isfinite(softmax(np.array([[1e4, 0.0]]))).all()


def test_a_step_of_sgd_by_hand() -> None:
    (moved,) = SGD(0.1).step([np.array([1.0, 2.0])], [np.array([10.0, -5.0])])
    np.testing.assert_allclose(moved, [0.0, 2.5])


def test_adam_s_first_step_is_its_rate_whatever_the_gradient() -> None:
    optimiser = Adam(0.1)
    (moved,) = optimiser.step([np.zeros(3)], [np.array([1e3, -1.0, 1e-2])])
    np.testing.assert_allclose(moved, [-0.1, 0.1, -0.1], rtol=1e-3)
    # Kingma and Ba's algorithm 1, with its corrections, written out for the second step.
    (again,) = optimiser.step([moved], [np.array([1e3, 1.0, 1e-2])])
    mean = (0.9 * 0.1 * -1 + 0.1) / (1 - 0.9**2)
    assert again[1] == pytest.approx(0.1 - 0.1 * mean, abs=1e-5)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_every_optimiser_finds_the_bottom_of_a_bowl(name: str) -> None:
    optimiser, place = OPTIMISERS[name](0.1), np.array([3.0, -2.0])
    for _ in range(300):
        (place,) = optimiser.step([place], [2 * place])
    assert np.abs(place).max() < 0.05


def test_flattening_keeps_rows_one_after_the_other() -> None:
    images = np.arange(2 * 28 * 28, dtype=np.uint16).reshape(2, 28, 28).astype(np.uint8)
    lines = flattened(images)
    assert lines.shape == (2, 784)
    assert lines.dtype == np.float32
    assert lines[1, 28 * 3 + 5] == pytest.approx(images[1, 3, 5] / 255)
