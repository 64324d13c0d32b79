"""Photo model: what whole photos show, and where in them."""

from collections import OrderedDict
from hashlib import sha256
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fmnist.inference.classifier import Classifier, load_classifier
from fmnist.models import Card, ModelStore
from fmnist.models.folder import TWIN
from fmnist.preprocessing import ModelInputs, PhotoOutputs, Picture
from fmnist.preprocessing.segmentation.saliency import Plane

# Photos between being located and being named, with as many people at it at once.
_REMEMBERED = 64


class Look(NamedTuple):
    """What the photo model made of one photo, seen from both sides.

    Attributes:
        outputs: float32 ``(num_outputs,)``, summing to 1.
        where: float32 ``(cells, cells)``, 0–1: how much each part of the square speaks for the
            most probable output, against all others; None from a model without class activation.
    """

    outputs: NDArray[np.float32]
    where: Plane | None


class PhotoModel:
    """A model of whole photos, which is asked once about each.

    Args:
        classifier: of photos.
        sha256: of its twin.
    """

    def __init__(self, classifier: Classifier, sha256: str = "") -> None:
        self.classifier, self._sha256 = classifier, sha256
        self._looks: OrderedDict[bytes, Look] = OrderedDict()
        self._lock = Lock()

    @classmethod
    def load(cls, store: ModelStore, dataset: str) -> "PhotoModel | None":
        """Load the photo model of a data set; None if a store has none.

        Raises:
            ModelError: as ``load_classifier``.
        """
        name = photo_model_of(store, dataset)
        if name is None:
            return None
        return cls(load_classifier(store, name), store.card(name).sha256[TWIN])

    def look(self, photo: Picture) -> Look:
        """Look at a photo, uint8 of the classifier's shape."""
        key = sha256(photo.tobytes()).digest()
        with self._lock:
            if key in self._looks:
                return self._looks[key]
        look = self._look(photo)
        with self._lock:
            self._looks[key] = look
            while len(self._looks) > _REMEMBERED:
                self._looks.popitem(last=False)
        return look

    def outputs(self, inputs: ModelInputs) -> NDArray[np.float32] | None:
        """Return what it says of a photo, or said before; None of what is no photo."""
        if inputs.photo is not None:
            return self.look(inputs.photo).outputs
        said = inputs.photo_outputs
        return said.outputs if said and said.model == self._sha256 else None

    def said(self, inputs: ModelInputs) -> PhotoOutputs | None:
        """Return what it says of a photo, to be kept in its place; None of what is no photo."""
        outputs = self.outputs(inputs)
        return None if outputs is None else PhotoOutputs(self._sha256, outputs)

    def locate(self, photo: Picture) -> Plane:
        """Tell where in a photo the thing is that it shows, as a ``Locator``."""
        where = self.look(photo).where
        return np.ones((1, 1), np.float32) if where is None else where

    def _look(self, photo: Picture) -> Look:
        if not self.classifier.locates:
            return Look(self.classifier.outputs(photo[None], flips=True)[0], None)
        outputs, maps = self.classifier.look(photo)
        of_answer = maps[..., outputs.argmax()] - maps.mean(axis=-1)
        where = of_answer.clip(0) / max(float(of_answer.max()), 1e-6)
        return Look(outputs, where.astype(np.float32))


def photo_model_of(store: ModelStore, dataset: str) -> str | None:
    """Return the name of the photo model of a data set; None if there is none."""
    usable = {entry.name: entry.card for entry in store.entries() if not entry.problem}
    return next((name for name, card in usable.items() if _looks_at_photos(card, dataset)), None)


def _looks_at_photos(card: Card | None, dataset: str) -> bool:
    return card is not None and card.takes_photos and card.dataset == dataset
