"""My images: what people brought, with the label that they gave it when the answer was wrong.

They lie on disk as ``<data set>/<class>/<kind>-<digest>.png``, 28×28 pixels as the model sees
them. The folders are the truth: what somebody puts there belongs to the collection too, and
``python -m fmnist classify --kind image`` reads it.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from fmnist import settings
from fmnist.datasets import Dataset
from fmnist.labelled_photos.words import NONE, classes_of, plain
from fmnist.preprocessing import InputError, ModelInputs, PhotoOutputs
from fmnist.preprocessing.decode import MAX_BYTES
from fmnist.preprocessing.readers import read_pixels
from fmnist.storage import replacing

# They are listed, and looked through in training, as a whole.
MOST = 500


class CollectionError(Exception):
    """An image that cannot be kept or removed; its text is the sentence to show."""


@dataclass(frozen=True, eq=False)
class Item:
    """An image of a collection.

    Attributes:
        path: its file.
        label: index into the class names; None if it shows none of them.
        kind: what it was before it came to 28×28, "photo" or "drawing"; "image" if nobody knows.
        added: when it was kept, in this machine's time zone.
        inputs: uint8 ``(28, 28)`` and, of a photo, what the photo model said of it.
    """

    path: Path
    label: int | None
    kind: str
    added: datetime
    inputs: ModelInputs

    @property
    def image(self) -> NDArray[np.uint8]:
        """Uint8 ``(28, 28)``, 0 background, 255 garment."""
        return self.inputs.image


class Collection:
    """The images that people kept for one data set.

    Args:
        root: the folder of all collections; it need not exist yet.
        dataset: whose classes are the labels.
    """

    def __init__(self, root: Path, dataset: Dataset) -> None:
        self.folder, self.dataset = root / dataset.name, dataset

    def read(self) -> tuple[list[Item], list[str]]:
        """Read all images.

        Returns:
            The images, the newest first, and a sentence for each file that is none of 28×28.
        """
        items, problems = [], []
        for label, path in self._files():
            try:
                items.append(self._item(label, path))
            except InputError as error:
                problems.append(str(error))
            except FileNotFoundError:  # somebody removed it just now
                continue
            except OSError as error:
                problems.append(f"“{path.name}” cannot be read: {error.strerror}.")
        return sorted(items, key=lambda item: item.added, reverse=True), problems

    def find(self, image: NDArray[np.uint8]) -> Item | None:
        """Return what was kept of an image, uint8 ``(28, 28)``; None if it was not."""
        digest = _digest(image)
        for label, path in self._files():
            if path.stem.endswith(f"-{digest}"):
                with suppress(OSError, InputError):
                    return self._item(label, path)
        return None

    def add(
        self,
        image: NDArray[np.uint8],
        label: int | None,
        kind: str,
        photo_outputs: PhotoOutputs | None = None,
    ) -> Item:
        """Keep an image. If it was kept before, its new label replaces the old one.

        Args:
            image: uint8 ``(28, 28)``.
            label: index into the class names; None for none of them.
            kind: "photo" or "drawing".
            photo_outputs: of a photo, what the photo model said: the photo itself is not kept.

        Raises:
            CollectionError: if the collection is full or the disk does not take it.
            ValueError: if that is no image.
        """
        if image.shape != (28, 28) or image.dtype != np.uint8:
            raise ValueError(f"Expected uint8 (28, 28); got {image.dtype} {image.shape}.")
        name = NONE if label is None else plain(self.dataset.class_names[label])
        path = self.folder / name / f"{kind}-{_digest(image)}.png"
        with self._changing():
            files = [file for _, file in self._files()]
            before = [file for file in files if file.stem.endswith(f"-{_digest(image)}")]
            if len(files) - len(before) >= MOST:
                raise CollectionError(
                    f"My images holds {MOST} images and is full. Remove some there, then try again."
                )
            with replacing(path) as temporary:
                Image.fromarray(image).save(temporary, "PNG", pnginfo=_noted(photo_outputs))
            for file in before:
                if file != path:
                    _unlink(file)
            return self._item(label, path)

    def remove(self, *items: Item) -> None:
        """Delete images from the disk; one that is gone already is no mistake.

        Raises:
            CollectionError: if the disk does not allow it.
        """
        with self._changing():
            for item in items:
                _unlink(item.path)

    def as_zip(self) -> bytes:
        """Pack the images into a zip file, in folders as they lie on disk."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", strict_timestamps=False) as archive:
            for item in self.read()[0]:
                with suppress(FileNotFoundError):
                    archive.write(item.path, item.path.relative_to(self.folder.parent))
        return buffer.getvalue()

    def _files(self) -> Iterator[tuple[int | None, Path]]:
        """Yield each file in the folder of a class, with that class."""
        for folder in sorted(self.folder.glob("[!.]*/")):
            classes = classes_of(folder.name, self.dataset.class_names)
            if classes is not None and len(classes) <= 1:
                for path in sorted(folder.glob("[!.]*")):
                    yield next(iter(classes), None), path

    def _item(self, label: int | None, path: Path) -> Item:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        inputs = ModelInputs(read_pixels(data, path.name), photo_outputs=_photo_outputs(data))
        added = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
        kind = path.stem.partition("-")[0]
        return Item(path, label, kind if kind in ("photo", "drawing") else "image", added, inputs)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Let one session at a time change the folder, and say in words what the disk says."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / ".lock"):
                yield
        except OSError as error:
            raise CollectionError(
                f"{error.filename or self.folder} cannot be changed: {error.strerror}."
            ) from error


def default_collection(dataset: Dataset, visitor: str | None = None) -> Collection:
    """Return the collection of this computer, or of a visitor."""
    return Collection(settings.my_images_folder(visitor), dataset)


# What the photo model said of a photo, as text in its PNG.
_MODEL, _OUTPUTS = "fmnist photo model", "fmnist photo outputs"


def _noted(photo_outputs: PhotoOutputs | None) -> PngInfo:
    note = PngInfo()
    if photo_outputs:
        note.add_text(_MODEL, photo_outputs.model)
        note.add_text(_OUTPUTS, " ".join(f"{value:.8g}" for value in photo_outputs.outputs))
    return note


def _photo_outputs(data: bytes) -> PhotoOutputs | None:
    """Read what ``_noted`` wrote; None if it is not there, or is something else."""
    text = Image.open(io.BytesIO(data)).info
    try:
        outputs = np.array(str(text[_OUTPUTS]).split(), np.float32)
        return PhotoOutputs(str(text[_MODEL]), outputs)
    except (KeyError, ValueError):
        return None


def _digest(image: NDArray[np.uint8]) -> str:
    return hashlib.sha256(image.tobytes()).hexdigest()[:16]


def _unlink(path: Path) -> None:
    path.unlink(missing_ok=True)
    with suppress(OSError):  # others are in the same folder
        path.parent.rmdir()
