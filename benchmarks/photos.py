"""How many real photos get the right answer, source by source and by which way, and how soon."""

import io
import statistics
import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from PIL import Image

from benchmarks.figure import Figure, NotMeasuredError
from benchmarks.folders import CLASS_NAMES, PLAIN, counted, default, ensemble, folder_of
from fmnist.datasets import DATASETS
from fmnist.evaluation.photo_report import measure_photos
from fmnist.evaluation.source_evaluation import evaluate_sources
from fmnist.evaluation.source_report import SourceReport
from fmnist.labelled_photos import LabelledPhoto, list_photos
from fmnist.models import default_store
from fmnist.preprocessing import READERS, ModelInputs, Picture, decode, preprocess_photo
from fmnist.preprocessing.steps.fashion_mnist import gray, negate

_TWELVE_MEGAPIXELS = (4000, 3000)
# People's own photos, by which the ways to 28×28 pixels are compared.
_COMPARED = "validation"
_CALLED = {"none called": 0.9, "others called": 0.02}
_TARGETS: dict[str, dict[str, float]] = {
    "validation": {"right": 0.94, "shoes": 0.92, "image alone": 0.82, "auroc": 0.998, **_CALLED},
    "more": {"right": 0.90, "image alone": 0.74, "auroc": 0.99, **_CALLED},
    "catalogue": {"right": 0.96, "image alone": 0.80, "auroc": 0.998, **_CALLED},
    "things": {"auroc": 0.99, **_CALLED},
    "street": {"right": 0.85},
    "street boxes": {"right": 0.55},
}


def measure() -> list[Figure]:
    """Answer the photos that training holds out, in the folder ``FMNIST_TEST_PHOTOS``.

    Raises:
        NotMeasuredError: if there is no such folder, or none of people's own photos in it.
    """
    root = folder_of("FMNIST_TEST_PHOTOS")
    listed = [p for p in list_photos(root, CLASS_NAMES).photos if p.source == _COMPARED]
    if not listed:
        raise NotMeasuredError(f"There are no photos in {root / _COMPARED} to compare ways by.")
    dataset, threshold = DATASETS["fashion-mnist"], default_store().card(default()).ood_threshold
    report = measure_photos(root, ensemble(default()), dataset, threshold, held_out=True)
    figures = [figure for source in report.sources for figure in _of_source(source)]
    photos = [decode(photo.path.read_bytes(), photo.name) for photo in listed]
    figures += _ways(listed, photos)
    groups = dict(zip((photo.group for photo in listed), photos, strict=True))
    return [*figures, _latency(list(groups.values()))]


def _of_source(source: SourceReport) -> Iterator[Figure]:
    """Yield what one source is worth, each figure with the name of the source."""
    its, name = source.evaluation, source.source
    target = _TARGETS.get(name, {}).get
    if balanced := its.balanced_accuracy():
        yield counted(
            f"{name}: right, mean of {len(its.classes)} classes", balanced, target("right")
        )
    for view, title in (("image", f"`{default()}` at 28×28 alone"), ("photo", "photo model alone")):
        if (alone := source.views.get(view)) and (share := alone.balanced_accuracy()):
            yield counted(f"{name}: right, {title}", share, target(f"{view} alone"))
    if shoes := source.shoes:
        yield counted(f"{name}: right, mean of the kinds of shoes", shoes, target("shoes"))
    if several := its.accuracy(its.several):
        yield counted(f"{name}: one of several that are fair", several)
    if worn := its.accuracy(its.worn):
        yield counted(f"{name}: one of the things worn", worn, target("right"))
    if not np.isnan(its.auroc):
        what, n = f"{name}: AUROC, none of the ten told from the others", int(its.none.sum())
        yield Figure(what, its.auroc, "", target("auroc"), better="high", n=n)
    if called := its.unfamiliar(its.none):
        what = f"{name}: none of the ten, called unfamiliar"
        yield counted(what, called, target("none called"))
    if called := its.unfamiliar(~its.none):
        what = f"{name}: one of the ten, called unfamiliar"
        yield counted(what, called, target("others called"), "low")


def _ways(listed: Sequence[LabelledPhoto], photos: Sequence[Picture]) -> Iterator[Figure]:
    """Yield what ways to 28×28 pixels are worth, on people's own photos."""

    def at_28(photo: Picture) -> ModelInputs:
        return ModelInputs(preprocess_photo(photo, ensemble(default()).pipeline).model_inputs.image)

    def inverted(photo: Picture) -> ModelInputs:
        return ModelInputs(negate(shrink(photo).image))

    ways: list[tuple[str, str, Callable[[Picture], ModelInputs], bool]] = [
        (f"our steps, `{PLAIN}`, which never saw a photo", PLAIN, at_28, True),
    ]
    for model in (PLAIN, default()):
        ways.append((f"only shrunk, `{model}`", model, shrink, False))
        ways.append((f"shrunk and inverted, `{model}`", model, inverted, False))
    for what, model, way, flips in ways:
        who = ensemble(model, flips=flips)
        predictions = [who.predict(way(photo)) for photo in photos]
        found = evaluate_sources(listed, predictions, len(CLASS_NAMES), None)[_COMPARED]
        if balanced := found.balanced_accuracy():
            yield counted(f"{_COMPARED}: right, {what}", balanced)


def shrink(photo: Picture) -> ModelInputs:
    """Do what everybody does first: gray, and shrink to 28×28."""
    small = Image.fromarray(gray(photo)).resize((28, 28), Image.Resampling.BILINEAR)
    return ModelInputs(np.asarray(small))


def _latency(photos: Sequence[Picture]) -> Figure:
    """Time the way of photos as a phone takes them, from the file's bytes to the answer."""
    runs, answering = [], ensemble(default())
    for photo in photos:
        large, file = Image.fromarray(photo).resize(_TWELVE_MEGAPIXELS), io.BytesIO()
        large.save(file, "JPEG", quality=90)
        for _ in range(3):
            started = time.perf_counter()
            answering.predict(READERS["photo"](file.getvalue(), "", answering.pipeline))
            runs.append(round(1000 * (time.perf_counter() - started), 1))
    what = "a 12-megapixel JPEG to its answer"
    return Figure(what, statistics.median(runs), "ms", 120, tuple(runs))
