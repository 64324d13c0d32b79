"""Pen strokes, as Quick, Draw! has them, drawn as they would be on the page's canvas."""

import json

import numpy as np
from numpy.typing import NDArray

from fmnist.preprocessing.drawing import drawing_to_image
from fmnist.preprocessing.lines import Line, draw_lines
from fmnist.preprocessing.model_inputs import ModelInputs
from fmnist.preprocessing.picture import InputError, Picture, called
from fmnist.preprocessing.pipelines import CLOTHES, Pipeline

# Float64 (n, 2): x and y of the places the pen went through, 0–255.
Stroke = NDArray[np.float64]

# In pixels of the canvas. The strokes' square of 255 lies in its middle.
CANVAS_SIDE, OFFSET, LINE_WIDTH = 280, 12, 14


def read_strokes(data: bytes, name: str = "") -> list[Stroke]:
    """Read one drawing in the raw-simplified format of Quick, Draw!.

    The format: https://github.com/googlecreativelab/quickdraw-dataset

    Args:
        data: one line of an ``.ndjson`` file: a JSON object whose ``drawing`` is a list of
            strokes, each ``[[x, …], [y, …]]`` in 0–255.
        name: what to call the drawing in error messages.

    Raises:
        InputError: the line is something else, or nothing is drawn.
    """
    try:
        strokes = [
            np.stack([np.asarray(stroke[0], float), np.asarray(stroke[1], float)], axis=1)
            for stroke in json.loads(data)["drawing"]
        ]
    except (ValueError, TypeError, LookupError, RecursionError, np.exceptions.AxisError) as error:
        raise InputError(_unlike(name)) from error
    if not strokes:
        raise InputError(f"{called(name)} is blank: it has no strokes.")
    if not all(s.size and s.ndim == 2 and s.min() >= 0 and s.max() <= 255 for s in strokes):
        raise InputError(_unlike(name))
    return strokes


def draw_strokes(strokes: list[Stroke]) -> Picture:
    """Draw strokes as round-capped lines: uint8 ``(280, 280, 4)``, black ink, no ground."""
    drawing = np.zeros((CANVAS_SIDE, CANVAS_SIDE, 4), dtype=np.uint8)
    lines = [Line(stroke + OFFSET, LINE_WIDTH) for stroke in strokes]
    drawing[..., 3] = draw_lines(lines, CANVAS_SIDE)
    return drawing


def read_stroke_drawing(data: bytes, name: str = "", pipeline: Pipeline = CLOTHES) -> ModelInputs:
    """Read a drawing from its strokes; raises as ``read_strokes`` does."""
    image = drawing_to_image(draw_strokes(read_strokes(data, name)), pipeline)
    assert image is not None  # there is at least one stroke, and its caps are ink
    return ModelInputs(image)


def _unlike(name: str) -> str:
    return (
        f"{called(name)} is not a drawing in strokes. Expected a line of a simplified "
        "Quick, Draw! file: “drawing” as a list of strokes [[x, …], [y, …]] in 0–255."
    )
