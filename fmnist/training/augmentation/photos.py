"""Augmentation of photos in colour: made different in all that says nothing of what they show.

Each function takes a uint8 photo ``(height, width, 3)`` and a random generator and returns another.
"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from fmnist.preprocessing import Picture
from fmnist.preprocessing.square import border_colour
from fmnist.training.photos.frames import Frame

Random = np.random.Generator

ZOOM = (0.8, 1.4)  # how large the photo is shown against the square it is padded to
STRETCH = 0.15  # of the width against the height, as a logarithm: shops squeeze their pictures
ANGLE = 15.0  # degrees
ERASED_AREA = (0.02, 0.2)  # share of the square; garments are told by small things, a collar
BLURRED = (48, 112)  # pixels: a shop's small pictures, enlarged, are that sharp


def augment(frame: Frame, side: int, random: Random, ground: Picture | None = None) -> Picture:
    """Return a square of a photo as another person might have taken it.

    Args:
        frame: what to show; the garment it is about stays in the picture, most of it.
        side: height and width of the square, in pixels.
        random: what decides.
        ground: another photo to put behind, in place of a plain white ground; None for none.

    Returns:
        uint8 ``(side, side, 3)``.
    """
    pixels = frame.pixels if frame.is_whole else frame.within(random.uniform(0.02, 0.3))
    if random.random() < 0.3:
        pixels = _regrounded(pixels, random, ground)
    square = _placed(pixels, side, random)
    for change, share in _CHANGES:
        if random.random() < share:
            square = change(square, random)
    return square


def recoloured(pixels: Picture, random: Random) -> Picture:
    """Change a photo in all that leaves every garment where it is."""
    for change, share in _CHANGES:
        if change in _IN_PLACE and random.random() < share:
            pixels = change(pixels, random)
    return pixels


def blank(side: int, random: Random) -> Picture:
    """Return a square that shows nothing: a colour, a gradient, noise or soft stains."""
    cells = int(random.choice([1, 2, 3, 8, side]))
    colours = random.integers(0, 256, (cells, cells, 3))
    spread = random.uniform(0, 1)
    colours = colours * spread + (1 - spread) * random.integers(0, 256, 3)
    return _as_picture(
        cv2.resize(colours.astype(np.uint8), (side, side), interpolation=cv2.INTER_CUBIC)
    )


def _placed(pixels: Picture, side: int, random: Random) -> Picture:
    """Flip, turn, stretch, zoom and shift a photo, all in one, and fill around it."""
    height, width, _ = pixels.shape
    zoom = np.exp(random.uniform(*np.log(ZOOM))) * side / max(height, width)
    stretch = np.exp(random.uniform(-STRETCH, STRETCH) / 2)
    across, down = zoom * stretch, zoom / stretch
    angle = random.uniform(-ANGLE, ANGLE) if random.random() < 0.6 else 0.0
    if random.random() < 0.06:  # clothes lie any way up before whom takes their photo from above
        angle += random.choice([90.0, 180.0, 270.0])
    mirrored = -1.0 if random.random() < 0.5 else 1.0
    turned = turned_by(angle, across * mirrored, down)
    # As far as the photo is larger than the square, or smaller, it may lie to either side.
    room = np.abs(np.abs(turned) @ [width, height] - side) / 2
    middle = side / 2 + random.uniform(-1, 1, 2) * np.minimum(room, 0.2 * side)
    mode, colour = _filling(pixels, random)
    method = cv2.INTER_LINEAR if random.random() < 0.7 else cv2.INTER_CUBIC
    affine = centred_at(middle, turned, (width, height))
    return _as_picture(
        cv2.warpAffine(
            pixels, affine, (side, side), flags=method, borderMode=mode, borderValue=colour
        )
    )


def turned_by(degrees: float, across: float, down: float) -> NDArray[np.float64]:
    """Return what scales a picture across and down and then turns it: ``(2, 2)``."""
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[cosine, -sine], [sine, cosine]]) @ np.diag([across, down])


def centred_at(
    middle: NDArray[np.float64], turned: NDArray[np.float64], size: tuple[int, int]
) -> NDArray[np.float64]:
    """Return the affine map, ``(2, 3)``, that brings the middle of a picture to a place.

    Args:
        middle: x and y of the place.
        turned: what is done to the picture, see ``turned_by``.
        size: width and height of the picture.
    """
    return np.column_stack([turned, middle - turned @ np.divide(size, 2)])


def _filling(pixels: Picture, random: Random) -> tuple[int, tuple[int, ...]]:
    """Choose what is around a photo: mostly its border's colour, as ``squared`` has it."""
    choice = random.random()
    if choice < 0.5:
        return cv2.BORDER_CONSTANT, border_colour(pixels)
    if choice < 0.7:
        return cv2.BORDER_REPLICATE, (0, 0, 0)
    if choice < 0.9:
        return cv2.BORDER_CONSTANT, (255, 255, 255)
    return cv2.BORDER_CONSTANT, tuple(random.integers(0, 256, 3).tolist())


def _regrounded(pixels: Picture, random: Random, ground: Picture | None) -> Picture:
    """Put a plain colour or another photo behind what stands on plain white, as shops have it."""
    height, width, _ = pixels.shape
    border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    if (border.min(axis=1) > 240).mean() < 0.7:
        return pixels
    mask = np.zeros((height + 2, width + 2), np.uint8)
    flags = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | (255 << 8)
    for corner in ((0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)):
        cv2.floodFill(pixels.copy(), mask, corner, (0, 0, 0), (6, 6, 6), (6, 6, 6), flags)
    share = cv2.GaussianBlur(mask[1:-1, 1:-1], (5, 5), 0)[..., None] / 255.0
    behind: np.ndarray
    if ground is None or random.random() < 0.5:
        behind = random.integers(0, 256, 3)
    else:
        behind = cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR)
    return _as_picture(pixels * (1 - share) + behind * share)


def _blurred(pixels: Picture, random: Random) -> Picture:
    small = int(random.integers(*BLURRED))
    reduced = cv2.resize(pixels, (small, small), interpolation=cv2.INTER_AREA)
    return _as_picture(cv2.resize(reduced, pixels.shape[1::-1], interpolation=cv2.INTER_LINEAR))


def _coloured(pixels: Picture, random: Random) -> Picture:
    """Change brightness, contrast, the light's colour, saturation and, rarely, all the hues."""
    gains = np.exp(random.normal(0, 0.06, 3)) * np.exp(random.uniform(-0.35, 0.35))
    contrast = np.exp(random.uniform(-0.3, 0.3))
    values = pixels.astype(np.float32)
    mean = values.mean()
    values = (values - mean) * contrast + mean
    gray = values.mean(axis=2, keepdims=True)
    saturation = 0.0 if random.random() < 0.06 else random.uniform(0.5, 1.5)
    values = (gray + (values - gray) * saturation) * gains
    if random.random() < 0.1:  # a red shirt is as good as a green one; skin is not
        values = values[..., random.permutation(3)]
    return _as_picture(values)


def _framed(pixels: Picture, random: Random) -> Picture:
    """Put a plain frame around a photo, or let its corners get dark, as filters and scans do."""
    side = len(pixels)
    if random.random() < 0.5:
        wide = int(random.integers(1, max(2, side // 14)))
        framed = pixels.copy()
        framed[:wide] = framed[-wide:] = random.integers(0, 256, 3)
        framed[:, :wide] = framed[:, -wide:] = framed[0, 0]
        return framed
    across = np.linspace(-1, 1, side)
    distance = np.hypot(across[:, None], across[None, :])
    share = np.clip((distance - random.uniform(0.6, 1)) / 0.5, 0, 1)[..., None]
    corner = random.choice([0, 255], p=[0.8, 0.2])
    return _as_picture(pixels * (1 - share) + corner * share)


def _noisy(pixels: Picture, random: Random) -> Picture:
    return _as_picture(pixels + random.normal(0, random.uniform(3, 15), pixels.shape))


def _compressed(pixels: Picture, random: Random) -> Picture:
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(25, 80))]
    compressed = cv2.imencode(".jpg", pixels, quality)[1]
    return np.asarray(cv2.imdecode(compressed, cv2.IMREAD_COLOR), dtype=np.uint8)


def _erased(pixels: Picture, random: Random) -> Picture:
    """Cover a rectangle (Zhong et al., "Random Erasing Data Augmentation", AAAI 2020)."""
    side = len(pixels)
    area = random.uniform(*ERASED_AREA) * side**2
    aspect = np.exp(random.uniform(-1, 1))
    high, wide = (min(side, round(edge)) for edge in np.sqrt([area * aspect, area / aspect]))
    top, left = random.integers(0, [side - high + 1, side - wide + 1])
    erased = pixels.copy()
    shape = (high, wide, 3) if random.random() < 0.5 else (1, 1, 3)  # noise, or a colour
    erased[top : top + high, left : left + wide] = random.integers(0, 256, shape)
    return erased


def _as_picture(values: np.ndarray) -> Picture:
    """Cut off what is below 0 or above 255, and the fractions."""
    return np.clip(values, 0, 255).astype(np.uint8)


# What may happen to the square, in this order, and how often.
_CHANGES: tuple[tuple[Callable[[Picture, Random], Picture], float], ...] = (
    (_blurred, 0.2),
    (_coloured, 0.8),
    (_framed, 0.05),
    (_noisy, 0.1),
    (_compressed, 0.2),
    (_erased, 0.25),
)
_IN_PLACE = (_blurred, _coloured, _noisy, _compressed)
