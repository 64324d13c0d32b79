"""The options that say which network is trained, and how it is built."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fmnist.architectures import ARCHITECTURES, build
from fmnist.training.option import option

if TYPE_CHECKING:
    import keras

# What bends what a neuron says: Keras's name, and how it is written.
ACTIVATIONS = {
    "relu": "ReLU",
    "sigmoid": "Sigmoid",
    "tanh": "tanh",
    "elu": "ELU",
    "linear": "None: nothing bends",
}

# How many filters one convolution after another has: the name people choose, and how it is written.
FILTERS = {
    "32": "32, in one layer",
    "16-16": "16 and 16",
    "16-32": "16 and 32",
    "32-32": "32 and 32",
    "32-64": "32 and 64",
    "64-64": "64 and 64",
    "32-64-128": "32, 64 and 128",
}


@dataclass(frozen=True)
class NetworkOptions:
    """An architecture, and the options that some architectures take; their help says what each is.

    An architecture's line in ``ARCHITECTURES`` lists those that it takes.
    """

    architecture: str = option(
        "cnn", "The network.", choices={name: a.summary for name, a in ARCHITECTURES.items()}
    )
    hidden_layers: int = option(
        1, "Dense layers before the last.", low=1, high=8, offered=(1, 2, 3, 4)
    )
    units: int = option(
        128,
        "Neurons of each hidden dense layer.",
        low=1,
        high=2048,
        offered=(2, 10, 32, 64, 128, 256, 512, 1024),
    )
    filters: str = option("32-64", "Filters of one convolution after another.", choices=FILTERS)
    activation: str = option(
        "relu",
        "What bends what each neuron says. Without it layers are one line.",
        choices=ACTIVATIONS,
    )
    normalisation: bool = option(
        False, "Batch normalisation between each layer and its activation."
    )
    dropout: float = option(
        0.0,
        "Share of the hidden dense neurons left out, others at each step, so that none is relied "
        "upon.",
        below=1,
        offered=(0.0, 0.2, 0.4, 0.5),
        share=True,
    )
    scaling: bool = option(
        True, "Pixels of 0–255 become 0–1, in a layer inside the model, before anything else."
    )

    @property
    def network_options(self) -> dict[str, Any]:
        """Those that its architecture takes, by name."""
        return {name: getattr(self, name) for name in ARCHITECTURES[self.architecture].takes}

    def build(self, num_outputs: int) -> "keras.Model":
        """Build the network, uncompiled, with so many probabilities that come out."""
        return build(self.architecture, num_outputs, **self.network_options)
