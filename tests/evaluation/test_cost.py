from pathlib import Path

import pytest

from fmnist.evaluation.cost import measure_cost, multiply_adds
from fmnist.models import ModelStore


def test_multiply_adds_are_those_worked_out_by_hand() -> None:
    from keras import Sequential, layers

    model = Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(4, 3, strides=2, padding="same"),
            layers.BatchNormalization(),
            layers.DepthwiseConv2D(3, padding="same"),
            layers.SeparableConv2D(8, 3),
            layers.GlobalAveragePooling2D(),
            layers.Dense(10),
        ]
    )
    first = 14 * 14 * (3 * 3 * 1 * 4)
    depthwise = 14 * 14 * (3 * 3 * 4)
    separable = 12 * 12 * (3 * 3 * 4 + 4 * 8)
    assert multiply_adds(model) == first + depthwise + separable + 8 * 10


def test_an_answer_is_timed(models_folder: Path) -> None:
    cost = measure_cost(ModelStore(models_folder), "dense")
    assert cost.multiply_adds == 784 * 128 + 128 * 10
    assert cost.bytes == pytest.approx(4 * 101_770, rel=0.02)
    assert 0 < cost.milliseconds < 100
    assert set(cost.metrics()) == {"multiply_adds", "bytes", "milliseconds"}
