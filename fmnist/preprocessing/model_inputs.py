"""Model inputs: one picture in the forms that models take, and how a photo comes to them."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from fmnist.preprocessing.edits import UNEDITED, Edits
from fmnist.preprocessing.picture import Picture, contain
from fmnist.preprocessing.pipelines import CLOTHES, Pipeline
from fmnist.preprocessing.segmentation import Segmentation
from fmnist.preprocessing.steps import Step

# Pixels a side of what the photo model takes. At 32 a printed T-shirt is still a blur, at 64 a zip
# is a zip.
PHOTO_SIDE = 64


@dataclass(frozen=True)
class ModelInputs:
    """One picture in the forms that models take.

    Attributes:
        image: uint8 ``(28, 28)``, as the data set has it: 0 background, 255 garment.
        photo: of a photo also uint8 ``(64, 64, 3)``, RGB: the garment in its colours on white.
    """

    image: Picture
    photo: Picture | None = None

    def of_shape(self, shape: tuple[int, ...]) -> Picture | None:
        """Return the form of this shape; None if there is none."""
        forms = (self.image, self.photo)
        return next((form for form in forms if form is not None and form.shape == shape), None)


def photo_input(garment: Picture) -> Picture:
    """Bring a garment that is cut out to the form that the photo model takes.

    Args:
        garment: uint8 ``(height, width, 4)``, whose alpha is the garment, without plain edges.

    Returns:
        uint8 ``(64, 64, 3)``, the longest edge at 64, on white and centred.
    """
    small = Image.fromarray(contain(garment, PHOTO_SIDE, Image.Resampling.BOX))
    square = Image.new("RGB", (PHOTO_SIDE, PHOTO_SIDE), "white")
    square.paste(small, ((PHOTO_SIDE - small.width) // 2, (PHOTO_SIDE - small.height) // 2), small)
    return np.asarray(square)


@dataclass(frozen=True)
class PreprocessedPhoto:
    """A photo, step by step to what the models take.

    Attributes:
        segmentation: what was found in the photo, before it is turned.
        strip: (title, picture) of the photo as it is seen, of the segmentation and of every step;
            the last picture is the image that models take, uint8 ``(28, 28)``.
        model_inputs: what the models take.
    """

    segmentation: Segmentation
    strip: tuple[tuple[str, Picture], ...]
    model_inputs: ModelInputs


def preprocess_photo(
    picture: Picture, pipeline: Pipeline = CLOTHES, edits: Edits = UNEDITED
) -> PreprocessedPhoto:
    """Bring a photo to the forms that models take.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB, as ``decode`` returns it.
        pipeline: the data set's.
        edits: how a person says that the photo is to be read: marked, turned, mirrored, inverted.
    """
    segmentation = pipeline.segment(picture, edits.hints((picture.shape[0], picture.shape[1])))
    shown = edits.turn(picture)
    colours = 255 - shown if edits.inverted else shown
    cut_out = pipeline.cut_out(colours, edits.turn(segmentation.mask))
    made = pipeline.run(cut_out)
    strip = [("Your photo", shown), (pipeline.segment_title, cut_out)]
    strip += [(step.title, result) for step, result in made.items()]
    return PreprocessedPhoto(segmentation, tuple(strip), model_inputs_of(made, pipeline))


def model_inputs_of(made: dict[Step, Picture], pipeline: Pipeline) -> ModelInputs:
    """Take from what ``Pipeline.run`` returns what the models look at."""
    image = made[pipeline.steps[-1]]
    step = pipeline.colour_step
    return ModelInputs(image, photo_input(made[step]) if step else None)
