"""From what people photograph to a shop's picture of it: the steps before the paper's."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.steps import Step
from fmnist.preprocessing.steps.clothing_outline import is_clothing
from fmnist.preprocessing.steps.fashion_mnist import gray
from fmnist.preprocessing.steps.sideways import turn_trousers

# Clothes are alike on their left and right, so upright is where they mirror themselves best.
# Shoes do not; what mirrors itself worse than this, as intersection over union, stays as it is.
SYMMETRIC = 0.9
GAIN = 0.06
MAX_ANGLE = 44
_SIDE = 64


def straighten(picture: Picture) -> Picture:
    """Rotate the cut-out garment, by at most 44 degrees, to where its outline is most symmetric.

    Trousers are turned before, by 90 degrees, if they lie across.

    Args:
        picture: uint8 ``(height, width, 4)``, whose alpha is the garment.

    Returns:
        uint8 ``(h, w, 4)``, large enough for the whole garment; the picture itself if turning
        it gains nothing.
    """
    picture = turn_trousers(picture)
    angle = _lean(picture[..., 3])
    if angle == 0:
        return picture
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    cosine, sine = np.abs(turn[0, :2])
    size = round(width * cosine + height * sine), round(width * sine + height * cosine)
    turn[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    ground = (255, 255, 255, 0)
    turned = cv2.warpAffine(picture, turn, size, flags=cv2.INTER_LINEAR, borderValue=ground)
    return np.asarray(turned, dtype=np.uint8)


def _lean(alpha: NDArray[np.uint8]) -> int:
    """Find the angle in degrees, anticlockwise, that brings the outline upright."""
    rows, columns = np.nonzero(alpha > 127)
    if not len(rows):
        return 0
    scale = (
        _SIDE / 2 / max(1.0, float(np.hypot(rows - rows.mean(), columns - columns.mean()).max()))
    )
    move = np.array([[scale, 0, _SIDE / 2 - scale * columns.mean()],
                     [0, scale, _SIDE / 2 - scale * rows.mean()]])  # fmt: skip
    small = np.asarray(cv2.warpAffine(alpha, move, (_SIDE, _SIDE)), dtype=np.uint8)
    upright = _symmetry(small, 0)
    angles = range(-MAX_ANGLE, MAX_ANGLE + 1, 4)
    best = max(angles, key=lambda angle: _symmetry(small, angle) - abs(angle) / 2000)
    if _symmetry(small, best) < max(SYMMETRIC, upright + GAIN + abs(best) / 1000):
        return 0
    return best


def _symmetry(alpha: NDArray[np.uint8], angle: int) -> float:
    """Compare an outline, once turned, with its mirror image: intersection over union."""
    turn = cv2.getRotationMatrix2D((_SIDE / 2, _SIDE / 2), angle, 1)
    turned = cv2.warpAffine(alpha, turn, (_SIDE, _SIDE)) > 127
    columns = np.flatnonzero(turned.any(axis=0))
    if not len(columns):
        return 0.0
    part = turned[:, columns[0] : columns[-1] + 1]
    return float((part & part[:, ::-1]).sum() / (part | part[:, ::-1]).sum())


STRAIGHTEN = Step("Straighten", straighten)


# Cloth of width w lying flat goes round a cylinder of diameter 2w/π = 0.64 w, and a body is
# broader than deep.
WORN = 0.75
# Sleeves spread out on the floor hang down when worn: hardly a garment is wider than this part
# of its height.
WIDEST = 0.8


def narrow(picture: Picture) -> Picture:
    """Narrow clothes that lie flat to the shape they have on the shop's mannequin.

    The data set shows clothes worn by a mannequin that was then taken out of the picture; people
    photograph them lying or hanging flat. Shoes and bags have their true width already.

    Args:
        picture: uint8 ``(height, width, 4)``, trimmed, whose alpha is the garment.

    Returns:
        uint8 ``(height, w, 4)``; the picture itself if its outline is not that of clothes.
    """
    height, width = picture.shape[:2]
    if not is_clothing(picture[..., 3] > 127):
        return picture
    worn = max(1, min(round(WORN * width), round(WIDEST * height)))
    return np.asarray(Image.fromarray(picture).resize((worn, height), Image.Resampling.BOX))


NARROW = Step("As wide as worn", narrow)


BRIGHTEST = 200


def shade(picture: Picture) -> Picture:
    """Darken a light garment until nine tenths of it are at most 200 of 255.

    The data set leaves white garments out, since on white ground they vanish; turned negative
    they would be black on black.

    Args:
        picture: uint8 ``(h, w, 4)``, whose alpha is the garment.

    Returns:
        uint8 ``(h, w, 4)``; the picture itself if the garment is dark enough.
    """
    light = gray(picture[..., :3])[picture[..., 3] > 127]
    if not light.size or (bright := float(np.percentile(light, 90))) <= BRIGHTEST:
        return picture
    colours = np.rint(picture[..., :3] * (BRIGHTEST / bright)).astype(np.uint8)
    return np.dstack([colours, picture[..., 3]])


SHADE = Step("Shade what is white", shade)
