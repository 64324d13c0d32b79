"""The figures of a folder of labelled photos, source by source, for people and as JSON."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fmnist.datasets import Dataset
from fmnist.evaluation.left_out import counted, left_out
from fmnist.evaluation.source_evaluation import evaluate_sources
from fmnist.evaluation.source_report import VIEWS, SourceReport
from fmnist.inference.ensemble import Ensemble
from fmnist.labelled_photos import Listing, list_photos, read_labelled_photo
from fmnist.labelled_photos.words import names_expected
from fmnist.preprocessing import InputError


@dataclass(frozen=True)
class PhotoReport:
    """The figures of a folder of labelled photos, source by source, for people and as JSON.

    There is no figure over several sources: it would hide the hard one behind the large one.

    Attributes:
        sources: what was measured; one without a name for a folder of kinds.
        held_out: whether only such photos were asked about as training holds out.
        unreadable: a sentence for each photo that cannot be read.
        listing: all photos that there are, and what was left out.
    """

    sources: list[SourceReport]
    held_out: bool
    unreadable: list[str]
    listing: Listing

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as JSON has them, see ``SourceReport.as_dict``.

        Those of a folder of kinds stand by themselves, those of several sources in ``sources``.
        """
        figures = {each.source: each.as_dict() for each in self.sources}
        n = sum(figure["n"] for figure in figures.values())
        return {
            **(figures[""] if list(figures) == [""] else {"n": n, "sources": figures}),
            "held_out": self.held_out,
            "unreadable": self.unreadable,
            "unknown_folders": self.listing.unknown,
            "left_out_folders": self.listing.neither,
            "loose_photos": self.listing.loose,
            "nested_folders": self.listing.nested,
        }

    def metrics(self) -> dict[str, float]:
        """Return what could be measured, by its names on a model's card, see ``Card``."""
        return {name: x for each in self.sources for name, x in each.metrics().items()}

    def lines(self) -> Iterator[str]:
        """Say the figures in lines, source by source."""
        if self.held_out:
            yield "Only the photos that training holds out:"
        for each in self.sources:
            yield from each.lines()
        if self.unreadable:
            yield f"{len(self.unreadable):,} could not be read and do not count:"
            yield from (f"  {sentence}" for sentence in self.unreadable)
        yield from left_out(
            "photos",
            unknown=self.listing.unknown,
            neither=self.listing.neither,
            loose=self.listing.loose,
            nested=self.listing.nested,
        )


def measure_photos(
    root: Path,
    ensemble: Ensemble,
    dataset: Dataset,
    threshold: float | None,
    *,
    held_out: bool = False,
    track: Callable[[Sequence], Iterable] = iter,
) -> PhotoReport:
    """Let a model predict the labelled photos of a folder.

    Args:
        root: the folder, see ``labelled_photos``.
        ensemble: who predicts.
        dataset: whose classes it can predict.
        threshold: the OOD score above which it calls a photo unfamiliar; None if it cannot tell.
        held_out: whether to ask about such photos only as training holds out.
        track: iterates over the photos and shows how far it is.

    Raises:
        InputError: as ``list_photos``, or when there is no such photo or not one can be read.
    """
    listing = list_photos(root, dataset.class_names)
    photos = [photo for photo in listing.photos if photo.held_out or not held_out]
    if not listing.photos:
        there = listing.unknown + [counted("photos", listing.loose)] * bool(listing.loose)
        found = f"; found {', '.join(there)}" if there else ""
        raise InputError(
            f"There are no photos in {root} to measure with. "
            f"{names_expected(dataset.class_names)}{found}."
        )
    if not photos:
        raise InputError(
            f"Of the {len(listing.photos)} photos in {root} training holds none out. Measure on "
            "all of them, or add photos."
        )
    read, predictions, unreadable = [], [], []
    for photo in track(photos):
        try:
            predictions.append(ensemble.predict(read_labelled_photo(photo, ensemble.pipeline)))
        except InputError as error:
            unreadable.append(str(error))
        else:
            read.append(photo)
    if not read:
        raise InputError(f"None of the photos in {root} can be read. {unreadable[0]}")
    names = dataset.class_names
    evaluated = evaluate_sources(read, predictions, len(names), threshold)
    views = {
        view: evaluate_sources(
            read, [each.views[place] for each in predictions], len(names), threshold
        )
        for place, view in enumerate(VIEWS)
        if all(each.views for each in predictions)
    }
    sources = [
        SourceReport(source, names, each, {view: alone[source] for view, alone in views.items()})
        for source, each in evaluated.items()
    ]
    return PhotoReport(sources, held_out, unreadable, listing)
