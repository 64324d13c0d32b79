"""Folders of photos for tests: a few of each source, drawn on the spot."""

from pathlib import Path

import cv2
import numpy as np

# A garment of people's own to train on and to choose by, a shop's, and what is no garment.
KINDS = {
    "train/pants": 6,
    "train/t-shirt": 3,
    "validation/pants": 2,
    "validation/t-shirt": 1,
    "validation/hat": 1,
    "catalogue/dresses": 4,
    "things/background": 4,
}


def make_photos(folder: Path, kinds: dict[str, int] | None = None) -> Path:
    """Draw rectangles of some colour on light ground, each kind of its own colour."""
    random = np.random.default_rng(0)
    for number, (kind, n) in enumerate((kinds or KINDS).items()):
        (folder / kind).mkdir(parents=True)
        for place in range(n):
            picture = random.integers(230, 256, (90, 60, 3)).astype(np.uint8)
            picture[20:70, 15:45] = (40 * number % 200, 200 - 20 * number, 30 * place)
            cv2.imwrite(str(folder / kind / f"{place}.png"), picture)
    return folder
