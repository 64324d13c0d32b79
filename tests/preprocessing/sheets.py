"""A digit on paper as the tests of this folder photograph it."""

import numpy as np
from PIL import Image, ImageDraw

# A seven: its top, its stem, its bar; as shares of the box it is written in.
_SEVEN = [[(0.05, 0.08), (0.7, 0.05), (0.3, 0.95)], [(0.15, 0.5), (0.62, 0.5)]]


def seven(side: int = 320, box: tuple[int, int, int] = (100, 80, 160), pen: int = 14) -> np.ndarray:
    """What the canvas sends, uint8 ``(side, side, 4)``: a 7 at ``(left, top, size)``."""
    left, top, size = box
    sheet = Image.new("L", (4 * side, 4 * side))
    brush = ImageDraw.Draw(sheet)
    for line in _SEVEN:
        points = [(4 * (left + x * size), 4 * (top + y * size)) for x, y in line]
        brush.line(points, fill=255, width=4 * pen, joint="curve")
        for x, y in points:
            brush.circle((x, y), 2 * pen, fill=255)
    alpha = np.asarray(sheet.reduce(4))
    return np.dstack([np.zeros((side, side, 3), np.uint8), alpha])


def photographed(
    drawing: np.ndarray,
    paper: tuple[int, int, int] = (238, 233, 222),
    ink: tuple[int, int, int] = (40, 50, 110),
    *,
    light: str = "even",
    ruled: bool = False,
) -> np.ndarray:
    """Lay a drawing on paper, in a light: "even", "slanting" or "shadow"; uint8 ``(h, w, 3)``."""
    side = len(drawing)
    sheet = np.ones((side, side, 3)) * paper
    if ruled:
        sheet[::24] = np.multiply(paper, 0.8)
        sheet[:, ::24] = np.multiply(paper, 0.8)
    alpha = drawing[..., 3:] / 255
    sheet = sheet * (1 - alpha) + np.multiply(ink, alpha)
    y, x = np.mgrid[:side, :side] / side
    if light == "slanting":
        sheet *= (1 - 0.5 * x - 0.2 * y)[..., None]
    if light == "shadow":
        sheet *= np.where(x + 0.3 * y > 0.65, 0.5, 1)[..., None]
    noise = np.random.default_rng(0).normal(0, 3, sheet.shape)
    return np.rint(sheet + noise).clip(0, 255).astype(np.uint8)
