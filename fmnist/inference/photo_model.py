"""Photo model: what whole photos show, and where in them."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from threading import Lock
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets import DATASETS
from fmnist.inference.classifier import Classifier, load_classifier
from fmnist.inference.closer import laid_over, parts
from fmnist.inference.outlines import find_outlines
from fmnist.labelled_photos.words import SHOES
from fmnist.models import Card, ModelStore
from fmnist.models.folder import TWIN
from fmnist.preprocessing import ModelInputs, PhotoOutputs, Picture, Pipeline
from fmnist.preprocessing.segmentation import Outline
from fmnist.preprocessing.segmentation.saliency import Plane
from fmnist.preprocessing.square import squared

_T = TypeVar("_T")

# A photo that so probably shows none of the classes has no garments to tell apart. Things of other
# kinds have more than 0.9; several garments laid out beside each other, which it was not shown when
# it learnt what photos are about, up to 0.75.
_NOTHING = 0.85

# One look is computed at a time, and a photo of several garments takes ten.
_THREADS = 2

# Photos between being located and being named, with as many people at it at once.
_REMEMBERED = 64


class Look(NamedTuple):
    """What the photo model made of one photo, seen from both sides.

    Attributes:
        outputs: float32 ``(num_outputs,)``, summing to 1.
        where: float32 ``(cells, cells)``, 0–1: how much each part of the square speaks for the
            most probable output, against all others; None from a model without class activation.
        pixels: float16 as ``Looked.pixels``; None from a model that does not tell garments apart.
    """

    outputs: NDArray[np.float32]
    where: Plane | None
    pixels: NDArray[np.float16] | None = None


class PhotoModel:
    """A model of whole photos, which is asked once about each.

    Args:
        classifier: of photos.
        sha256: of its twin.
        kinds: classes that are one kind of thing, as all shoes are, see ``find_outlines``.
    """

    def __init__(
        self, classifier: Classifier, sha256: str = "", kinds: tuple[tuple[int, ...], ...] = ()
    ) -> None:
        self.classifier, self._sha256, self._kinds = classifier, sha256, kinds
        self._looks: OrderedDict[bytes, Look] = OrderedDict()
        self._outlines: OrderedDict[bytes, Sequence[Outline]] = OrderedDict()
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
        names = DATASETS[dataset].class_names
        shoes = tuple(index for index, each in enumerate(names) if each in SHOES)
        kinds = (shoes,) if shoes else ()
        return cls(load_classifier(store, name, _THREADS), store.card(name).sha256[TWIN], kinds)

    def look(self, photo: Picture) -> Look:
        """Look at a photo, uint8 of the classifier's shape."""
        key = sha256(photo.tobytes()).digest()
        return self._remembered(key, self._looks, lambda: self._look(photo))

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

    def guided(self, pipeline: Pipeline) -> Pipeline:
        """Return a pipeline in which this model finds the garment in a photo."""
        return replace(pipeline, locate=self.locate, outline=self.outline)

    def locate(self, photo: Picture) -> Plane:
        """Tell where in a photo the thing is that it shows, as a ``Locator``."""
        where = self.look(photo).where
        return np.ones((1, 1), np.float32) if where is None else where

    def outline(self, photo: Picture) -> Sequence[Outline]:
        """Tell the garments in a photo apart, as an ``Outliner``.

        First is the largest in the middle. Of a photo of none of the classes nothing is told.

        Args:
            photo: uint8 ``(height, width, 3)``, RGB, of any size.
        """
        key = sha256(photo.tobytes() + repr(photo.shape).encode()).digest()
        return self._remembered(key, self._outlines, lambda: self._outline(photo))

    def pixels(self, photo: Picture) -> NDArray[np.floating] | None:
        """Tell what each place in a photo shows; None of a model that does not.

        Args:
            photo: as ``outline`` takes it.

        Returns:
            ``(side, side, num_classes + 2)`` as ``Looked.pixels``, of the photo in its square.
        """
        side = self.classifier.shape[0]
        whole = self.look(squared(photo, side)).pixels
        if whole is None or not (closer := parts(whole, photo.shape)):
            return whole
        looks = (self.classifier.look(squared(photo[part], side), flips=False) for part in closer)
        seen = [look.pixels for look in looks if look.pixels is not None]
        return laid_over(whole, list(zip(closer, seen, strict=True)), photo.shape)

    def _outline(self, photo: Picture) -> Sequence[Outline]:
        outputs = self.look(squared(photo, self.classifier.shape[0])).outputs
        if outputs[self.classifier.num_classes :].sum() > _NOTHING:
            return ()
        pixels = self.pixels(photo)
        return () if pixels is None else find_outlines(photo, pixels, self._kinds)

    def _remembered(self, key: bytes, kept: OrderedDict[bytes, _T], make: Callable[[], _T]) -> _T:
        """Return what was made before, or make it; what was made long ago is forgotten."""
        with self._lock:
            if key in kept:
                return kept[key]
        made = make()
        with self._lock:
            kept[key] = made
            while len(kept) > _REMEMBERED:
                kept.popitem(last=False)
        return made

    def _look(self, photo: Picture) -> Look:
        if not self.classifier.locates:
            return Look(self.classifier.outputs(photo[None], flips=True)[0], None)
        outputs, maps, pixels = self.classifier.look(photo)
        of_answer = maps[..., outputs.argmax()] - maps.mean(axis=-1)
        where = of_answer.clip(0) / max(float(of_answer.max()), 1e-6)
        half = None if pixels is None else pixels.astype(np.float16)
        return Look(outputs, where.astype(np.float32), half)


def photo_model_of(store: ModelStore, dataset: str) -> str | None:
    """Return the name of the photo model of a data set; None if there is none."""
    usable = {entry.name: entry.card for entry in store.entries() if not entry.problem}
    return next((name for name, card in usable.items() if _looks_at_photos(card, dataset)), None)


def _looks_at_photos(card: Card | None, dataset: str) -> bool:
    return card is not None and card.takes_photos and card.dataset == dataset
