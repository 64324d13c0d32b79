"""Preprocessing: from a photo, a drawing, a canvas or a file to what models take.

``READERS`` lists the kinds of files, ``PIPELINES`` how they come to the form of a data set.
"""

from fmnist.preprocessing.decode import FILE_TYPES, decode
from fmnist.preprocessing.drawing import drawing_to_image, drawing_to_raw_image
from fmnist.preprocessing.edits import UNEDITED, Edits, Mark
from fmnist.preprocessing.model_inputs import (
    PHOTO_SIDE,
    SHAPES,
    ModelInputs,
    PhotoOutputs,
    PreprocessedPhoto,
    preprocess_photo,
)
from fmnist.preprocessing.photo_file import decode_photo
from fmnist.preprocessing.picture import InputError, Picture
from fmnist.preprocessing.pipelines import CLOTHES, PIPELINES, Pipeline
from fmnist.preprocessing.readers import READERS, Reader
from fmnist.preprocessing.segmentation import Segmentation
from fmnist.preprocessing.transparency import on_ground

__all__ = [
    "CLOTHES",
    "FILE_TYPES",
    "PHOTO_SIDE",
    "PIPELINES",
    "READERS",
    "SHAPES",
    "UNEDITED",
    "Edits",
    "InputError",
    "Mark",
    "ModelInputs",
    "PhotoOutputs",
    "Picture",
    "Pipeline",
    "PreprocessedPhoto",
    "Reader",
    "Segmentation",
    "decode",
    "decode_photo",
    "drawing_to_image",
    "drawing_to_raw_image",
    "on_ground",
    "preprocess_photo",
]
