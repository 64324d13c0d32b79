"""What the stages of a network are called."""

from pathlib import Path

from fmnist.explanation import Network
from fmnist.models import ModelStore
from fmnist.ui.inside.stages import stage_names, summary


def test_those_that_come_twice_have_numbers(trained_models: Path) -> None:
    layers = Network(ModelStore(trained_models).twin("cnn")).layers
    names = stage_names(layers)
    assert names[0] == "Conv 1" and names[-1] == "Softmax"
    assert "Flatten" in names and "Dense 2" in names
    assert len(set(names)) == len(layers)


def test_a_summary_has_the_sizes(trained_models: Path) -> None:
    layer = Network(ModelStore(trained_models).twin("cnn")).layers[0]
    said = summary(layer)
    assert layer.kernel is not None
    assert f"{layer.kernel.shape[-1]} filters of 3×3×1." in said
    assert f"{layer.parameters:,} parameters" in said
    assert "ReLU" in said
