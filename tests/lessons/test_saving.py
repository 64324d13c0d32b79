"""A network saved and loaded is the same; its numpy form is the twin's."""

from pathlib import Path

import numpy as np
import pytest

from fmnist.explanation import Network
from fmnist.lessons.network import flattened, forward
from fmnist.lessons.saving import loaded, saved, weights
from fmnist.models import ModelStore
from tests.small_dataset import make_split


def test_the_difference_is_zero(trained_models: Path) -> None:
    network, (images, _) = Network(ModelStore(trained_models).twin("dense")), make_split(20, 0)
    parameters = weights(network.layers)
    said = forward(parameters, flattened(images))
    twin = network.run(images[0])[network.head].reshape(-1)
    np.testing.assert_allclose(said[0], twin, atol=1e-3)
    again = forward(loaded(saved(parameters)), flattened(images))
    assert np.abs(again - said).max() == 0.0
    half = forward(loaded(saved(parameters, np.float16)), flattened(images))
    assert 0 < np.abs(half - said).max() < 0.5
    assert len(saved(parameters, np.float16)) < 0.6 * len(saved(parameters))


def test_what_is_no_file_of_weights_is_refused() -> None:
    with pytest.raises(ValueError):
        loaded(b"not a file")
