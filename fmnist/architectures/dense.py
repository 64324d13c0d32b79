"""The course's first network, to the letter, and what its exercises make of it."""

import keras
from keras import layers


def dense(
    input_shape: tuple[int, ...],
    num_outputs: int,
    *,
    hidden_layers: int = 1,
    units: int = 128,
    activation: str = "relu",
    normalisation: bool = False,
    dropout: float = 0.0,
    scaling: bool = True,
) -> keras.Model:
    """Flatten, 128 units with ReLU, softmax: 101,770 parameters on 28×28 images of ten classes.

    Args:
        input_shape: height and width of the images in pixels, whose values are 0–255.
        num_outputs: how many probabilities come out.
        hidden_layers: how many layers there are before the last.
        units: how many neurons each of them has.
        activation: as ``hidden`` takes it.
        normalisation: likewise.
        dropout: likewise.
        scaling: whether pixels become 0–1 first.

    Source: Udacity, Introduction to TensorFlow for Deep Learning, lesson 3, notebook l03c01.
    """
    return keras.Sequential(
        [
            keras.Input(input_shape),
            *([layers.Rescaling(1 / 255)] if scaling else []),
            layers.Flatten(),
            *(
                layer
                for _ in range(hidden_layers)
                for layer in hidden(units, activation, normalisation, dropout)
            ),
            layers.Dense(num_outputs, activation="softmax"),
        ],
        name="dense",
    )


def hidden(
    units: int, activation: str, normalisation: bool, dropout: float
) -> list[keras.layers.Layer]:
    """Return a dense layer, with what may follow it.

    Args:
        units: how many neurons it has.
        activation: the function that bends what each of them says, by Keras's name.
        normalisation: whether each batch is normalised before that.
        dropout: share of the neurons that are left out at each step of training, 0 ≤ share < 1.
    """
    return [
        *activated(layers.Dense, activation, normalisation, units=units),
        *([layers.Dropout(dropout)] if dropout else []),
    ]


def activated(
    kind: type[keras.layers.Layer], activation: str, normalisation: bool, **about: object
) -> list[keras.layers.Layer]:
    """Return a layer of a kind with its activation, and batch normalisation between if wanted."""
    if not normalisation:
        return [kind(activation=activation, **about)]
    # No bias: batch normalisation has one of its own.
    return [
        kind(use_bias=False, **about),
        layers.BatchNormalization(),
        layers.Activation(activation),
    ]
