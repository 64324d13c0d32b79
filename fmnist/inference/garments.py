"""Garments: all that a photo shows, each read and predicted by itself."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from fmnist.inference.ensemble import Ensemble, Prediction
from fmnist.preprocessing import Picture, PreprocessedPhoto, preprocess_photo
from fmnist.preprocessing.bounds import bounds
from fmnist.preprocessing.dataset_form import dataset_form
from fmnist.preprocessing.segmentation import Outline

_AT_ONCE = 2


@dataclass(frozen=True)
class Garment:
    """A garment in a photo.

    Attributes:
        outline: where it is; None if it is the one thing in the photo.
        made: the photo, step by step to what the models take of it.
        prediction: what it is.
    """

    outline: Outline | None
    made: PreprocessedPhoto
    prediction: Prediction

    @property
    def place(self) -> tuple[tuple[float, float, float, float], float]:
        """Its box, top, left, bottom and right, and how much it covers, as shares of the photo."""
        there = self.made.segmentation.mask > 127
        if not there.any():
            return (0.0, 0.0, 1.0, 1.0), 0.0
        height, width = there.shape
        top, left, bottom, right = bounds(there)
        box = top / height, left / width, bottom / height, right / width
        return box, float(there.mean())


def read_garments(ensemble: Ensemble, picture: Picture) -> list[Garment]:
    """Read every garment in a photo, first the largest in the middle.

    Args:
        ensemble: who predicts, and tells them apart.
        picture: as ``preprocess_photo`` takes it.

    Returns:
        At least one. Where there are several, each is read from the part of the photo around it;
        one alone from the whole photo.
    """
    pipeline = ensemble.pipeline
    found: list[Outline | None] = []
    # What is transparent says itself what is meant, and an image of a data set shows one thing.
    if pipeline.outline and picture.shape[2] == 3 and dataset_form(picture) is None:
        found = list(pipeline.outline(picture))
    outlines = found if len(found) > 1 else [None]

    def read(outline: Outline | None) -> Garment:
        made = preprocess_photo(picture, pipeline, outline=outline)
        return Garment(outline, made, ensemble.predict(made.model_inputs))

    # While one is looked at, the next is cut out: half the time where there are two cores.
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(read, outlines))
