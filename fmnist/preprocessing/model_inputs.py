"""Model inputs: one picture in the forms that models take, and how a photo comes to them."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.preprocessing.bounds import around
from fmnist.preprocessing.dataset_form import dataset_form
from fmnist.preprocessing.edits import UNEDITED, Edits
from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.pipelines import CLOTHES, Pipeline
from fmnist.preprocessing.segmentation import GROUND, Labels, Outline, Segmentation
from fmnist.preprocessing.segmentation.outlined import reconciled, segment_outlined
from fmnist.preprocessing.segmentation.saliency import Plane
from fmnist.preprocessing.square import squared
from fmnist.preprocessing.transparency import on_ground

# Pixels a side of what the photo model takes: whole photos are small, and a collar in one smaller.
PHOTO_SIDE = 192

# What a model may look at, height and width in pixels: gray as the data sets are, or in colour.
SHAPES = ((28, 28), (PHOTO_SIDE, PHOTO_SIDE, 3))

# Around a box that a person drew, a share of its longer side: boxes cut sleeves off.
BOX_MARGIN = 0.1


@dataclass(frozen=True)
class PhotoOutputs:
    """What a photo model said of a photo, where the photo itself is not kept.

    Attributes:
        model: the SHA-256 of its compiled twin: another model would say something else.
        outputs: float32 ``(num_outputs,)``, summing to 1.
    """

    model: str
    outputs: NDArray[np.float32]


AS_IT_IS = "This picture is already 28×28, like the data set’s: taken as it is."


@dataclass(frozen=True)
class ModelInputs:
    """One picture in the forms that models take.

    Attributes:
        image: uint8 ``(28, 28)``, as the data set has it: 0 background, 255 garment.
        photo: of a photo also uint8 ``(192, 192, 3)``, RGB: the whole of it, padded to a square.
        photo_outputs: of a photo that is not kept, what the photo model said of it.
        segmentation: of a photo, what was found in it, of which the image is made.
    """

    image: Picture
    photo: Picture | None = None
    photo_outputs: PhotoOutputs | None = None
    segmentation: Segmentation | None = None

    def of_shape(self, shape: tuple[int, ...]) -> Picture | None:
        """Return the form of this shape; None if there is none."""
        forms = (self.image, self.photo)
        return next((form for form in forms if form is not None and form.shape == shape), None)


@dataclass(frozen=True)
class PreprocessedPhoto:
    """A photo, step by step to what the models take.

    Attributes:
        segmentation: what was found in the photo, as it is seen: turned, if it was.
        strip: (title, picture) of the photo as it is seen, of where the photo model looks, if there
            is one, of the segmentation and of every step; the last picture is the image that models
            take, uint8 ``(28, 28)``.
        model_inputs: what the models take.
        note: a sentence to show, if the photo is none and was taken in another way.
    """

    segmentation: Segmentation
    strip: tuple[tuple[str, Picture], ...]
    model_inputs: ModelInputs
    note: str = ""


def preprocess_photo(
    picture: Picture,
    pipeline: Pipeline = CLOTHES,
    edits: Edits = UNEDITED,
    outline: Outline | None = None,
) -> PreprocessedPhoto:
    """Bring a photo to the forms that models take.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB, or ``(height, width, 4)``, RGBA, as
            ``decode_photo`` returns it.
        pipeline: the data set's.
        edits: how a person says that the photo is to be read: marked, turned, mirrored, inverted.
        outline: of the garment to read, where the photo shows several; None for the photo as a
            whole.
    """
    # Who marks what is in it wants it read as a photo.
    if not (edits.marks or outline) and (image := dataset_form(picture)) is not None:
        return _as_it_is(picture, image, edits)
    turned = edits.turn(picture)
    shown = on_ground(turned)
    colours = 255 - shown if edits.inverted else shown
    hints = edits.hints((picture.shape[0], picture.shape[1]))
    hints = None if hints is None else edits.turn(hints)
    strip = [("Your photo", shown)]
    if outline and not edits.boxed:  # a box says which garment is meant
        mask = edits.turn(outline.mask(picture.shape))
        photo = squared(colours[around(mask > 0, BOX_MARGIN)], PHOTO_SIDE)
        strip.append((pipeline.locate_title, lit(colours, np.asarray(mask / 255, np.float32))))
        segmentation = segment_outlined(turned, mask, hints)
    else:
        part = _part(hints) if edits.boxed and hints is not None else _WHOLE
        photo, where = squared(colours[part], PHOTO_SIDE), None
        if pipeline.locate:
            where = np.zeros(shown.shape[:2], np.float32)
            where[part] = on_photo(pipeline.locate(photo), where[part].shape)
            strip.append((pipeline.locate_title, lit(colours, where)))
        segmentation = pipeline.segment(turned, hints, where)
        # What is transparent says itself what is meant, and so does who has marked it.
        if pipeline.outline and hints is None and turned.shape[2] == 3:
            segmentation = reconciled(turned, segmentation, pipeline.outline(colours))
    cut_out = pipeline.cut_out(colours, segmentation.mask)
    made = pipeline.run(cut_out)
    strip.append((pipeline.segment_title, cut_out))
    strip += [(step.title, result) for step, result in made.items()]
    inputs = ModelInputs(made[pipeline.steps[-1]], photo, segmentation=segmentation)
    return PreprocessedPhoto(segmentation, tuple(strip), inputs)


def _as_it_is(picture: Picture, image: Picture, edits: Edits) -> PreprocessedPhoto:
    """Take a picture in the data set's own form, which is no photo, as what it is."""
    turned = edits.turn(image)
    image = 255 - turned if edits.inverted else turned
    shown = edits.turn(picture)
    everything = Segmentation(np.full(shown.shape[:2], 255, dtype=np.uint8), 1.0, 0)
    strip = ("Your photo", shown), ("Taken as it is", image)
    return PreprocessedPhoto(everything, strip, ModelInputs(image), AS_IT_IS)


_Part = tuple[slice, slice]
_WHOLE: _Part = (slice(None), slice(None))


def _part(hints: Labels) -> _Part:
    """Return the rows and columns that are not painted as ground, with a margin."""
    possible = hints != GROUND
    return around(possible, BOX_MARGIN) if possible.any() else _WHOLE


def on_photo(plane: Plane, shape: tuple[int, int]) -> Plane:
    """Lay what was found in the ``squared`` photo back on the photo.

    Args:
        plane: float32 ``(cells, cells)`` over the square.
        shape: height and width of the photo, in pixels.

    Returns:
        float32 of that shape.
    """
    side, (height, width) = max(shape), shape
    large = cv2.resize(plane, (side, side), interpolation=cv2.INTER_CUBIC)
    top, left = (side - height) // 2, (side - width) // 2
    return np.asarray(large, np.float32)[top : top + height, left : left + width].clip(0, 1)


def lit(picture: Picture, where: Plane) -> Picture:
    """Darken a photo, uint8 ``(height, width, 3)``, where the plane is low."""
    return np.rint(picture * (0.25 + 0.75 * where[..., None])).astype(np.uint8)
