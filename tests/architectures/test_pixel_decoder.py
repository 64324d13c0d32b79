import numpy as np
import pytest

from fmnist.architectures import efficientnet_lite
from fmnist.architectures.efficientnet_lite import photo, with_activation
from fmnist.architectures.pixel_decoder import decoded, with_ground


def test_the_odds_of_ground_are_multiplied_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stages = [stage._replace(blocks=1, filters=8) for stage in efficientnet_lite._STAGES]
    monkeypatch.setattr(efficientnet_lite, "_STAGES", [s for s in stages if s.stride == 2])
    shape = (64, 64, 3)
    network = decoded(with_activation(photo((None, None, 3), 5), shape), 6)
    pixels = np.random.default_rng(0).uniform(0, 255, (2, *shape)).astype(np.float32)
    before = np.asarray(network(pixels))
    after = np.asarray(with_ground(network, 3)(pixels))
    np.testing.assert_array_equal(network(pixels), before)
    odds = before[..., 5:] / before[..., :5], after[..., 5:] / after[..., :5]
    np.testing.assert_allclose(odds[1], 3 * odds[0], rtol=1e-3)
    assert after.sum(axis=-1) == pytest.approx(1, abs=1e-5)
