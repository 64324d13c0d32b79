"""What a run begins with that goes on from a trained model of the same network."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from fmnist.models import ModelError, default_store

if TYPE_CHECKING:
    import keras

    from fmnist.training.configuration import Configuration

# The logit of none of the classes at first, where those of the classes are around 0.
_SELDOM = -3.0


def check_start(configuration: "Configuration") -> None:
    """Raise ModelError if the model to start from is not here, or is another network."""
    if not (name := configuration.start_from):
        return
    card = default_store().card(name)
    wanted = configuration.architecture, configuration.dataset
    if (card.architecture, card.dataset) != wanted:
        raise ModelError(
            f"{name} is a {card.architecture} of {card.dataset}. Expected a model to start "
            f"from that is a {' of '.join(wanted)}."
        )


def start(configuration: "Configuration", num_outputs: int) -> "Callable[[], keras.Model] | None":
    """Return what makes the model to begin with; None for random weights."""
    return partial(_learnt, configuration, num_outputs) if configuration.start_from else None


def _learnt(configuration: "Configuration", num_outputs: int) -> "keras.Model":
    """Build the network with what another model has learnt, for as many outputs.

    It begins as good as that one is, and need not learn the data set again. The last output of one
    more is of none of the classes; one that knows it and need not goes on without.
    """
    learnt = default_store().load_keras(configuration.start_from)
    *weights, kernel, bias = learnt.get_weights()
    if len(bias) < num_outputs:
        # Nothing speaks for it yet, and little is expected to be of that kind.
        kernel = np.hstack([kernel, np.zeros((len(kernel), 1), kernel.dtype)])
        bias = np.append(bias, np.asarray(_SELDOM, bias.dtype))
    model = configuration.build(num_outputs)
    model.set_weights([*weights, kernel[:, :num_outputs], bias[:num_outputs]])
    return model
