"""EfficientNet-Lite0: an EfficientNet of plain convolutions, for photos in colour.

Against EfficientNet-B0 it lacks squeeze-and-excitation, and has ReLU6 in place of swish, so that
LiteRT runs it as it is. Here it has no batch normalisation either: that of the pretrained network
is folded into the convolutions before it, see ``training.pretrained``. They give the same numbers
(to 2e-7), and a step of training takes half the time.

Sources: Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks",
ICML 2019, table 1; Liu, "Higher accuracy on vision models with EfficientNet-Lite", TensorFlow blog,
March 2020; ``tensorflow/tpu``, ``models/official/efficientnet/lite``.
"""

from collections.abc import Iterator
from typing import NamedTuple

import keras
from keras import layers

# The layer whose output is a score of each class at each place, and the name of that output.
ACTIVATION = "activation"
PROBABILITIES = "probabilities"

_DROPOUT = 0.2  # as in the pretrained network's own training


class _Stage(NamedTuple):
    """Blocks of one width; the first of them has the stride."""

    blocks: int
    kernel: int
    stride: int
    expansion: int
    filters: int


_STAGES = (
    _Stage(1, 3, 1, 1, 16),
    _Stage(2, 3, 2, 6, 24),
    _Stage(2, 5, 2, 6, 40),
    _Stage(3, 3, 2, 6, 80),
    _Stage(3, 5, 1, 6, 112),
    _Stage(4, 5, 2, 6, 192),
    _Stage(1, 3, 1, 6, 320),
)
_FEATURES = 1280


def photo(input_shape: tuple[int | None, ...], num_outputs: int) -> keras.Model:
    """Build it with random weights: 3.4 million parameters, a seventh of a second of 192×192.

    The scores of the classes are a convolution of one pixel on the last feature map, and their mean
    over the map is what the softmax takes. So they say exactly where a photo speaks for a class and
    where against it (Zhou et al., "Learning Deep Features for Discriminative Localization", CVPR
    2016), and a network with a dense layer on the features' mean would be the same function.

    Args:
        input_shape: height and width in pixels, best multiples of 32, and 3 colours, whose values
            are 0–255. Height and width may be None: training sees photos of two sizes.
        num_outputs: how many probabilities come out.
    """
    pixels = keras.Input(input_shape, name="photo")
    x = layers.Rescaling(1 / 128, offset=-127 / 128)(pixels)  # as the pretrained network has it
    x = _convolution(x, 32, 3, 2, "stem")
    for number, (stage, stride) in enumerate(_blocks()):
        x = _block(x, stage, stride, f"block{number}")
    x = _convolution(x, _FEATURES, 1, 1, "top")
    x = layers.SpatialDropout2D(_DROPOUT)(x)  # of a feature at all places: of its mean
    x = layers.Conv2D(num_outputs, 1, name=ACTIVATION)(x)
    x = layers.GlobalAveragePooling2D(name="logits")(x)
    x = layers.Softmax(name=PROBABILITIES)(x)
    return keras.Model(pixels, x, name="photo")


def of_one_size(model: keras.Model, input_shape: tuple[int, ...]) -> keras.Model:
    """Copy a trained network, without what was added to it, to one size.

    Args:
        model: what ``photo`` returned, or was made of it.
        input_shape: as there, of one size.
    """
    fixed = photo(input_shape, model.get_layer(ACTIVATION).filters)
    for layer in fixed.layers:
        if layer.weights:
            layer.set_weights(model.get_layer(layer.name).get_weights())
    return fixed


def with_activation(model: keras.Model, input_shape: tuple[int, ...]) -> keras.Model:
    """Copy a trained network to one size, with its class activation as a second output.

    Args:
        model: what ``photo`` returned.
        input_shape: as there, of one size.

    Returns:
        A model from ``(n, height, width, 3)`` to ``probabilities``, ``(n, num_outputs)``, and
        ``activation``, ``(n, height / 32, width / 32, num_outputs)``, whose mean are the logits.
    """
    fixed = of_one_size(model, input_shape)
    activation = fixed.get_layer(ACTIVATION).output
    return keras.Model(
        fixed.input, {PROBABILITIES: fixed.output, ACTIVATION: activation}, name="photo"
    )


def stage_ends(model: keras.Model) -> list[keras.KerasTensor]:
    """Return the last feature map of each size, from a quarter of a photo's to a thirty-second.

    Args:
        model: what ``photo`` returned, of one size.
    """
    blocks = [layer.output for layer in model.layers if layer.name.endswith(("_project", "_sum"))]
    last = {features.shape[1]: features for features in blocks}
    return list(last.values())[-4:]


def repeated_sixteenth(model: keras.Model, prefix: str) -> keras.KerasTensor:
    """Add the stages that end at a sixteenth once more, to learn something else beside a network.

    Args:
        model: what ``photo`` returned, of one size, and trained.
        prefix: of the names of the layers, which begin with the weights of the network's.

    Returns:
        Their last feature map, as ``stage_ends`` has it of the network.
    """
    x = stage_ends(model)[1]
    reduced = 2  # by the stem
    for number, (stage, stride) in enumerate(_blocks()):
        reduced *= stride
        if reduced == 16:
            x = _block(x, stage, stride, f"{prefix}block{number}")
    for layer in keras.Model(model.input, x).layers:
        if layer.name.startswith(prefix) and layer.weights:
            layer.set_weights(model.get_layer(layer.name.removeprefix(prefix)).get_weights())
    return x


def _blocks() -> Iterator[tuple[_Stage, int]]:
    """Yield the stage and the stride of each block."""
    for stage in _STAGES:
        for position in range(stage.blocks):
            yield stage, stage.stride if position == 0 else 1


def _block(x: keras.KerasTensor, stage: _Stage, stride: int, name: str) -> keras.KerasTensor:
    """Apply an inverted residual (Sandler et al., "MobileNetV2", CVPR 2018)."""
    entrance, width = x, x.shape[-1]
    if stage.expansion != 1:
        x = _convolution(x, width * stage.expansion, 1, 1, f"{name}_expand")
    depthwise = f"{name}_depthwise"
    x = layers.DepthwiseConv2D(stage.kernel, stride, padding="same", name=depthwise)(x)
    x = layers.ReLU(6)(x)
    x = _convolution(x, stage.filters, 1, 1, f"{name}_project", activate=False)
    if stride == 1 and width == stage.filters:
        x = layers.Add(name=f"{name}_sum")([x, entrance])
    return x


def _convolution(
    x: keras.KerasTensor, filters: int, kernel: int, stride: int, name: str, activate: bool = True
) -> keras.KerasTensor:
    """Convolve and, unless told otherwise, cut off below 0 and above 6."""
    x = layers.Conv2D(filters, kernel, stride, padding="same", name=name)(x)
    return layers.ReLU(6)(x) if activate else x
