"""How many real photos get the right answer, by which preprocessing, and how soon."""

import io
import statistics
import time
from collections.abc import Sequence

import numpy as np
from PIL import Image

from benchmarks.figure import Figure
from benchmarks.folders import PLAIN, Folders, default, ensemble, folder_of, share
from fmnist.preprocessing import READERS, ModelInputs, Picture, decode, preprocess_photo
from fmnist.preprocessing.steps.fashion_mnist import gray, negate

_TWELVE_MEGAPIXELS = (4000, 3000)


def measure() -> list[Figure]:
    """Answer the photos in ``validation/`` of the folder ``FMNIST_TEST_PHOTOS``.

    Raises:
        NotMeasuredError: if there is no such folder.
    """
    root = folder_of("FMNIST_TEST_PHOTOS", "validation")
    folders = Folders.of(
        {
            folder.name: [decode(p.read_bytes(), p.name) for p in sorted(folder.iterdir())]
            for folder in sorted(root.iterdir())
        }
    )
    ours, shrunk = folders.preprocessed(_ours), folders.preprocessed(shrink)
    inverted = [[ModelInputs(negate(each.image)) for each in folder] for folder in shrunk]
    plain = [[ModelInputs(each.image) for each in folder] for folder in ours]
    best = folders.evaluate(default(), ours)
    what = "balanced accuracy"
    figures = [
        share(
            f"{what}, our steps, `{default()}` with the photo model", best.balanced_accuracy, 0.9
        ),
        share(
            f"{what}, our steps, `{default()}` at 28×28 alone",
            folders.evaluate(default(), plain).balanced_accuracy,
            0.85,
        ),
        share(
            f"{what}, our steps, `{PLAIN}`, which never saw a photo",
            folders.evaluate(PLAIN, ours).balanced_accuracy,
            0.60,
        ),
    ]
    for model in (PLAIN, default()):
        for way, images in (("only shrunk", shrunk), ("shrunk and inverted", inverted)):
            score = folders.evaluate(model, images, flips=False).balanced_accuracy
            figures.append(share(f"{what}, {way}, `{model}`", score))
    figures.append(share("AUROC, other things told from the ten", best.auroc, 0.90))
    return [*figures, _latency([pictures[0] for pictures in folders.pictures])]


def shrink(photo: Picture) -> ModelInputs:
    """Do what everybody does first: gray, and shrink to 28×28."""
    small = Image.fromarray(gray(photo)).resize((28, 28), Image.Resampling.BILINEAR)
    return ModelInputs(np.asarray(small))


def _ours(photo: Picture) -> ModelInputs:
    return preprocess_photo(photo).model_inputs


def _latency(photos: Sequence[Picture]) -> Figure:
    """Time the way of photos as a phone takes them, from the file's bytes to the answer."""
    runs, answering = [], ensemble(default())
    for photo in photos:
        large, file = Image.fromarray(photo).resize(_TWELVE_MEGAPIXELS), io.BytesIO()
        large.save(file, "JPEG", quality=90)
        for _ in range(3):
            started = time.perf_counter()
            answering.predict(READERS["photo"](file.getvalue()))
            runs.append(round(1000 * (time.perf_counter() - started), 1))
    what = "a 12-megapixel JPEG to its answer"
    return Figure(what, statistics.median(runs), "ms", 150, tuple(runs))
