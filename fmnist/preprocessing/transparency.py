"""Transparency: the best mask there is, where somebody has cut a garment out."""

import numpy as np

from fmnist.preprocessing.picture import Picture, on_white

# Shares of the pixels: below this, what is clear or opaque are a few specks or rounded corners.
SOME = 0.02
# Share of its box that an opaque part fills when it is a whole photo, with room or round corners.
BOX = 0.95
# What is lighter than this, as its median, would vanish on white; a mid gray shows it.
LIGHT, MID_GRAY = 170, 128


def without_room(rgba: Picture) -> Picture:
    """Keep the transparency of a picture if it tells what the picture shows.

    Args:
        rgba: uint8 ``(height, width, 4)``.

    Returns:
        The same, if a part is clear and another opaque, in any shape but a rectangle. Else RGB,
        uint8 ``(h, w, 3)`` on white: the opaque rectangle, or all of it.
    """
    alpha = rgba[..., 3]
    clear, opaque = (alpha < 16).mean(), (alpha > 239).mean()
    if clear < SOME or opaque < SOME:
        return on_white(rgba)
    rows, columns = (np.flatnonzero((alpha > 127).any(axis=axis)) for axis in (1, 0))
    box = rgba[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return on_white(box) if (box[..., 3] > 127).mean() > BOX else rgba


def on_ground(picture: Picture) -> Picture:
    """Lay a picture on white, or on a mid gray if it is so light that it would vanish there.

    Args:
        picture: uint8 ``(height, width, 4)``, RGBA; or RGB already, ``(height, width, 3)``.

    Returns:
        uint8 ``(height, width, 3)``, RGB.
    """
    if picture.shape[2] == 3:
        return picture
    laid = on_white(picture)
    opaque = picture[..., 3] > 127
    if not opaque.any() or np.median(laid[opaque]) <= LIGHT:
        return laid
    # White shows through where the ground is to be; as much of it becomes gray.
    through = (255 - picture[..., 3:].astype(np.int32)) * (255 - MID_GRAY) // 255
    return (laid - through).clip(0).astype(np.uint8)
