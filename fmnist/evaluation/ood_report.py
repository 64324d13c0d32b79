"""What ``evaluate --drawings`` says of drawings that show none of the classes."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets import DataUnavailableError
from fmnist.evaluation.figure import or_none, written
from fmnist.evaluation.metrics import auroc
from fmnist.evaluation.ood_probes import STRANGERS, strangers
from fmnist.inference.classifier import Classifier

_N = 100  # of each kind that is made up


@dataclass(frozen=True)
class StrangerReport:
    """How well strangers are told from the classes by unfamiliarity, for people and as JSON.

    Attributes:
        strange: for each kind of stranger the unfamiliarity, float ``(n,)``.
        familiar: for what they are told from, "drawings" and "test_images", float ``(m,)``.
        left_out: a sentence for each kind that is not on this machine.
    """

    strange: Mapping[str, NDArray[np.floating]]
    familiar: Mapping[str, NDArray[np.floating]]
    left_out: list[str]

    def auroc(self, kind: str, against: str) -> float:
        """Return the AUROC of a kind, or of "all": the mean, so that each counts the same."""
        kinds = self.strange if kind == "all" else [kind]
        return float(np.mean([auroc(self.strange[k], self.familiar[against]) for k in kinds]))

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as JSON has them; None where there is nothing to tell from."""
        figures = {
            kind: {"n": n}
            | {f"auroc_against_{name}": or_none(x) for name, x in self._row(kind).items()}
            for kind, n in self._kinds()
        }
        return figures | {"left_out": self.left_out}

    def metrics(self) -> dict[str, float]:
        """Return all kinds' AUROC against drawings by its name on a model's card."""
        found = {f"drawing_auroc_{kind}": self.auroc(kind, "drawings") for kind, _ in self._kinds()}
        found["drawing_auroc"] = found.pop("drawing_auroc_all")
        return {name: x for name, x in found.items() if not math.isnan(x)}

    def lines(self) -> Iterator[str]:
        """Say the figures in a table, a line for each kind."""
        yield "Strangers told by unfamiliarity, AUROC against " + ", ".join(
            name.replace("_", " ") for name in self.familiar
        )
        for kind, n in self._kinds():
            yield f"  {kind:8}  {n:5,}  {'  '.join(map(written, self._row(kind).values()))}"
        yield from self.left_out

    def _kinds(self) -> list[tuple[str, int]]:
        kinds = [(kind, len(scores)) for kind, scores in self.strange.items()]
        return [*kinds, ("all", sum(n for _, n in kinds))]

    def _row(self, kind: str) -> dict[str, float]:
        return {name: self.auroc(kind, name) for name in self.familiar}


def measure_strangers(
    classifier: Classifier,
    things: NDArray[np.floating],
    familiar: Mapping[str, NDArray[np.floating]],
    *,
    flips: bool,
) -> StrangerReport:
    """Show a classifier what ``fmnist.evaluation.ood_probes`` makes up, of each kind as much.

    Args:
        classifier: who looks.
        things: unfamiliarity of drawings of other things, float ``(n,)``; n may be 0.
        familiar: see ``StrangerReport``.
        flips: whether it looks from both sides, as it did at the others.
    """
    strange = {"things": things} if len(things) else {}
    left_out = []
    for kind in STRANGERS:
        try:
            _, strange[kind] = classifier.predict(strangers(kind, _N), flips=flips)
        except DataUnavailableError:
            left_out.append(f"Without {kind}: MNIST is not on this machine.")
    return StrangerReport(strange, familiar, left_out)
