"""Pixel decoder: from a photo network's feature maps to what each pixel shows.

The maps at a quarter, an eighth, a sixteenth and a thirty-second of the photo are brought to one
width and added up from coarse to fine, each sum convolved once (Lin et al., "Feature Pyramid
Networks for Object Detection", CVPR 2017; Kirillov et al., "Panoptic Feature Pyramid Networks",
CVPR 2019). The map at a sixteenth comes from stages of its own, which begin with the network's
weights. Only they and the decoder are trained: what the network says of whole photos stays as it
is. With the network's own map it is right in fewer pixels, of its training photos too.
"""

import keras
import numpy as np
from keras import layers

from fmnist.architectures.efficientnet_lite import (
    ACTIVATION,
    PROBABILITIES,
    repeated_sixteenth,
    stage_ends,
)

# The layer, and the output, with what each pixel shows.
PIXELS = "pixels"
LOGITS = f"{PIXELS}_logits"

_WIDTH, _DROPOUT = 64, 0.1


def decoded(network: keras.Model, num_outputs: int) -> keras.Model:
    """Add a decoder with random weights to a network whose weights stay as they are.

    Args:
        network: what ``efficientnet_lite.with_activation`` returned.
        num_outputs: how many things a pixel can show.

    Returns:
        A model from ``(n, height, width, 3)`` to probabilities ``(n, height / 2, width / 2,
        num_outputs)``, which sum to 1 at each place.
    """
    network.trainable = False
    quarter, eighth, _, coarsest = stage_ends(network)
    finer = repeated_sixteenth(network, f"{PIXELS}_"), eighth, quarter
    # What speaks for which class is worth as much as all features together.
    activation = network.get_layer(ACTIVATION).output
    x = layers.Add()([_lateral(coarsest, 32), _lateral(activation, 0)])
    x = _convolved(layers.ReLU()(x))
    for stride, features in zip((16, 8, 4), finer, strict=True):
        x = layers.UpSampling2D(2, interpolation="bilinear")(x)
        x = layers.ReLU()(layers.Add()([x, _lateral(features, stride)]))
        x = _convolved(x)
    x = layers.SpatialDropout2D(_DROPOUT)(x)
    x = layers.Conv2D(num_outputs, 1, name=LOGITS)(x)
    x = layers.UpSampling2D(2, interpolation="bilinear")(x)
    x = layers.Softmax(name=PIXELS)(x)
    return keras.Model(network.input, x, name="photo")


def with_ground(network: keras.Model, odds: float) -> keras.Model:
    """Copy what ``decoded`` made, with a logit raised that a loss which slights ground left low.

    Args:
        network: whose last output is ground.
        odds: what those of ground against each garment are multiplied by.
    """
    copy = keras.models.clone_model(network)
    copy.set_weights(network.get_weights())
    logits = copy.get_layer(LOGITS)
    kernel, bias = logits.get_weights()
    bias[-1] += np.log(odds)
    logits.set_weights([kernel, bias])
    return copy


def joined(network: keras.Model) -> keras.Model:
    """Return what ``decoded`` made with the photo's probabilities, as one model of three outputs.

    Returns:
        A model to ``probabilities`` and ``activation``, as ``with_activation`` has them, and
        ``pixels``, as ``decoded`` has it.
    """
    activation = network.get_layer(ACTIVATION).output
    mean = layers.GlobalAveragePooling2D(name="logits")(activation)
    outputs = {
        PROBABILITIES: layers.Softmax(name=PROBABILITIES)(mean),
        ACTIVATION: activation,
        PIXELS: network.output,
    }
    return keras.Model(network.input, outputs, name="photo")


def _lateral(features: keras.KerasTensor, stride: int) -> keras.KerasTensor:
    x = layers.Conv2D(_WIDTH, 1, use_bias=False, name=f"lateral{stride}")(features)
    return layers.BatchNormalization(name=f"lateral{stride}_normalised")(x)


def _convolved(x: keras.KerasTensor) -> keras.KerasTensor:
    y = layers.Conv2D(_WIDTH, 3, padding="same", use_bias=False)(x)
    return layers.ReLU()(layers.Add()([x, layers.BatchNormalization()(y)]))
