"""The figures of the labelled photos of one source, for people, as JSON and for a card."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from fmnist.evaluation.metrics import or_none, written
from fmnist.evaluation.significance import Share
from fmnist.evaluation.source_evaluation import Mask, SourceEvaluation
from fmnist.labelled_photos.words import classes_of

# The models of an ensemble, in the order of ``Prediction.views``: what each looks at.
VIEWS = ("image", "photo")


@dataclass(frozen=True)
class SourceReport:
    """The figures of the labelled photos of one source, for people, as JSON and for a card.

    Attributes:
        source: its name; "" of a folder that is no source among others.
        class_names: what the model can predict.
        evaluation: what was measured.
        views: of an ensemble, what each of its models is worth alone, by ``VIEWS``.
    """

    source: str
    class_names: tuple[str, ...]
    evaluation: SourceEvaluation
    views: Mapping[str, SourceEvaluation] = field(default_factory=dict)

    @property
    def shoes(self) -> Share | None:
        """The mean over the kinds of shoes, of photos that one of them alone is right for."""
        return self.evaluation.balanced_accuracy(self._kinds_of_shoes)

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as JSON has them; None where there is nothing to measure.

        Each share has its ``n`` and its 95 % ``interval``. ``confusion_matrix`` has true classes in
        rows and predicted ones in columns, in their order, of the photos that one class alone is
        right for. In ``folders`` the accuracy is that of the photos which show a class, each by
        what is right for it.
        """
        its, balanced = self.evaluation, self.evaluation.balanced_accuracy()
        of_classes = ~its.none
        return {
            "n": len(its.photos),
            "balanced_accuracy": balanced.value if balanced else None,
            "balanced_accuracy_n": balanced.n if balanced else 0,
            "balanced_accuracy_interval": [balanced.low, balanced.high] if balanced else None,
            "classes": {self.class_names[c]: _json(each) for c, each in its.classes.items()},
            "shoes": _json(self.shoes),
            "any_of_several": _json(its.accuracy(its.several)),
            "worn": _json(its.accuracy(its.worn)),
            "auroc": or_none(its.auroc),
            "none": {"n": int(its.none.sum()), "unfamiliar": _json(its.unfamiliar(its.none))},
            "garments": {
                "n": int(of_classes.sum()),
                "unfamiliar": _json(its.unfamiliar(of_classes)),
            },
            "alone": {
                view: _json(alone.balanced_accuracy() or alone.accuracy(alone.worn))
                for view, alone in self.views.items()
            },
            "confusion_matrix": its.confusion_matrix.tolist(),
            "folders": {
                group: self._folder(group) for group in sorted({p.group for p in its.photos})
            },
        }

    def metrics(self) -> dict[str, float]:
        """Return what could be measured, by its names on a model's card, see ``Card``."""
        its = self.evaluation
        shares = {
            "balanced_accuracy": its.balanced_accuracy(),
            "worn": its.accuracy(its.worn),
            "shoes": self.shoes,
            "none_unfamiliar": its.unfamiliar(its.none),
            "unfamiliar": its.unfamiliar(~its.none),
        }
        shares |= {f"{view}_alone": alone.balanced_accuracy() for view, alone in self.views.items()}
        metrics = {name: share.value for name, share in shares.items() if share}
        if counted := shares["balanced_accuracy"] or shares["worn"]:
            metrics |= {"n": counted.n, "interval_low": counted.low, "interval_high": counted.high}
        if its.none.any():
            metrics |= {"auroc": its.auroc, "none_n": int(its.none.sum())}
        end = f"/{self.source}" if self.source else ""
        return {f"photo_{name}{end}": float(x) for name, x in metrics.items() if not np.isnan(x)}

    def lines(self) -> Iterator[str]:
        """Say the figures in lines: the means, then each class and what was predicted for it."""
        its = self.evaluation
        yield (f"{self.source}: " if self.source else "") + f"{len(its.photos):,} photos"
        for what, share, of_what in (
            ("balanced accuracy", its.balanced_accuracy(), f"mean of {len(its.classes)} classes"),
            ("kinds of shoes", self.shoes, "their mean"),
            ("worn", its.accuracy(its.worn), "the answer is one of the things worn"),
            *(
                (f"{view} alone", alone.balanced_accuracy(), "mean of the classes")
                for view, alone in self.views.items()
            ),
            ("called unfamiliar", its.unfamiliar(its.none), "of none of the classes"),
            ("", its.unfamiliar(~its.none), "of the others"),
        ):
            if share:
                interval = f"{share.low:.3f}–{share.high:.3f}"
                yield f"{what:17} {share.value:.4f}  {interval}  {of_what}, {share.n:,} photos"
        yield f"AUROC             {written(its.auroc)}  (none of the classes, by OOD score)"
        rows = list(self._rows())
        width = max(len(name) for name, _ in rows)
        for name, among in rows:
            counts, accuracy = its.counts(among), its.accuracy(among & ~its.none)
            predicted = ", ".join(
                f"{self.class_names[index]} {counts[index]}"
                for index in np.argsort(-counts, kind="stable")
                if counts[index]
            )
            right = written(accuracy.value if accuracy else np.nan)
            yield f"  {name:{width}}  {among.sum():5,}  {right}  {predicted}"

    def _rows(self) -> Iterator[tuple[str, Mask]]:
        """Yield what is counted together, with its name."""
        its = self.evaluation
        for index in its.classes:
            yield self.class_names[index], its.single & its.right[:, index]
        shoes = its.several & ~np.delete(its.right, list(self._kinds_of_shoes), axis=1).any(axis=1)
        rows = {
            "shoes whose kind is open": shoes,
            "any of several classes": its.several & ~shoes,
            "one of the things worn": its.worn,
            "none of the classes": its.none,
        }
        yield from ((name, among) for name, among in rows.items() if among.any())

    @property
    def _kinds_of_shoes(self) -> frozenset[int]:
        return classes_of("shoe", self.class_names) or frozenset()

    def _folder(self, group: str) -> dict[str, Any]:
        its = self.evaluation
        here = np.array([photo.group == group for photo in its.photos])
        accuracy = its.accuracy(here & ~its.none)
        right = np.flatnonzero(its.right[here].any(axis=0))
        return {
            "classes": [self.class_names[index] for index in right],
            "n": int(here.sum()),
            "accuracy": accuracy.value if accuracy else None,
            "predicted": dict(zip(self.class_names, its.counts(here).tolist(), strict=True)),
        }


def _json(share: Share | None) -> dict[str, Any] | None:
    if share is None:
        return None
    return {"share": share.value, "n": share.n, "interval": [share.low, share.high]}
