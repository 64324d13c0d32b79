"""The data set's own form, in a picture that somebody brings as a photo."""

from collections.abc import Iterator

import cv2
import numpy as np

from fmnist.preprocessing.framing import within_frames
from fmnist.preprocessing.picture import Picture
from fmnist.preprocessing.steps.fashion_mnist import SIDE

# Of 255: what differs between the channels of a gray picture, and from black in its ground, once it
# has been through JPEG.
GRAY, NEAR = 4, 24
# Of 255: how bright the garment is at least.
BRIGHT = 64
# Share of the border that is ground, and how long the longest edge of the garment is. Of 10,000
# test images one in a thousand has less ground, three in a thousand are shorter.
BORDER, LONGEST = 0.5, 26
# Standard deviation of what 28×28 pixels do not say of the picture, as a share of its own.
REST = 0.12
# Share of its side by which a square may be off, and the broadest line that may be drawn around it,
# in pixels.
SQUARE, LINE = 0.02, 4


def dataset_form(picture: Picture) -> Picture | None:
    """Recognise an image of Fashion-MNIST, enlarged, inverted or framed, and return it as it was.

    It is square and gray, its corners are black (or white, if it is inverted), the garment reaches
    from one edge to the other, and however large it is, 28×28 pixels say all there is to see.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB, or ``(height, width, 4)``, which is none.

    Returns:
        uint8 ``(28, 28)``, 0 background, 255 garment; None if the picture has another form.
    """
    if picture.shape[2] == 4 or not _is_gray(picture):
        return None
    for inside in filter(_square, within_frames(picture)):
        for line in range(min(LINE + 1, 1 + (min(inside.shape[:2]) - SIDE) // 2)):
            gray = inside[line : len(inside) - line, line : inside.shape[1] - line, 1]
            if (image := _as_it_was(gray)) is not None:
                return image
    return None


def _is_gray(picture: Picture) -> bool:
    # Plane by plane: along a last axis of three numpy takes thirty times as long.
    red, green, blue = cv2.split(picture)
    most, least = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    return cv2.mean(most - least)[0] < GRAY


def _square(picture: Picture) -> bool:
    height, width = picture.shape[:2]
    return min(height, width) >= SIDE and abs(height - width) <= max(1, SQUARE * height)


def _as_it_was(gray: Picture) -> Picture | None:
    """Bring a square, uint8 ``(height, width)``, back to 28×28 if that loses nothing."""
    # The pixel in the middle of each block, or between two: enlarging leaves it as it was.
    image = np.asarray(cv2.resize(gray, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR), np.uint8)
    on_black = next((each for each in (image, 255 - image) if _is_on_black(each)), None)
    if on_black is None:
        return None
    rests = (np.std(gray.astype(np.int16) - large) for large in _enlarged(image, gray.shape))
    return on_black if min(rests) <= REST * gray.std() else None


def _is_on_black(image: Picture) -> bool:
    black = image <= NEAR
    border = np.concatenate([black[0], black[-1], black[1:-1, 0], black[1:-1, -1]])
    if black[[0, 0, -1, -1], [0, -1, 0, -1]].sum() < 3 or border.mean() < BORDER:
        return False
    if image.max() < BRIGHT:
        return False
    edges = (np.flatnonzero(~black.all(axis=axis)) for axis in (0, 1))
    return max(int(np.ptp(edge)) + 1 for edge in edges) >= LONGEST


def _enlarged(image: Picture, shape: tuple[int, ...]) -> Iterator[Picture]:
    """Enlarge an image in the ways that programs do, and as crisply as pixels of any width can."""
    size = shape[1], shape[0]
    for interpolation in (cv2.INTER_NEAREST_EXACT, cv2.INTER_LINEAR, cv2.INTER_CUBIC):
        yield np.asarray(cv2.resize(image, size, interpolation=interpolation), np.uint8)
    blocks = np.kron(image, np.ones((20, 20), np.uint8))
    yield np.asarray(cv2.resize(blocks, size, interpolation=cv2.INTER_AREA), np.uint8)
