"""How a trained model's outputs are to be taken: what is fitted on held-out images."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fmnist.inference.calibration import fit_temperature
from fmnist.inference.ood import answers_of

# At most 5 % of the data set's images may be called unfamiliar; this is a little within, as the
# held-out images tell a share to some tenths of a percent only.
_FAMILIAR = 0.955
# But what people draw and photograph looks stranger than the data set, and is no less one of the
# ten: nothing is unfamiliar that is more probably one of them than none.
LEAST_UNFAMILIAR = 0.5


@dataclass(frozen=True)
class Judgement:
    """What a model's outputs are worth.

    Attributes:
        temperature: what its probabilities are tempered by, so that they are what they say.
        unfamiliar_above: what looks stranger to it than this shows none of the classes; None if
            it cannot tell.
    """

    temperature: float = 1.0
    unfamiliar_above: float | None = None


def fit_judgement(
    outputs: NDArray[np.float32], labels: NDArray[np.integer], num_classes: int
) -> Judgement:
    """Fit temperature and threshold on held-out images; without any, outputs are taken as they are.

    Args:
        outputs: float32 ``(n, num_classes)``, or ``(n, num_classes + 1)`` of a model that knows
            "none of them".
        labels: integers ``(n,)``.
        num_classes: how many classes there are.
    """
    if not len(labels):
        return Judgement()
    probabilities, strangeness = answers_of(outputs, num_classes)
    temperature = fit_temperature(probabilities, labels)
    if outputs.shape[1] == num_classes:
        return Judgement(temperature)
    return Judgement(temperature, max(float(np.quantile(strangeness, _FAMILIAR)), LEAST_UNFAMILIAR))
