"""Pictures on their way, and the white they are laid on."""

import numpy as np
from numpy.typing import NDArray

# uint8 (height, width) gray, (height, width, 3) RGB or (height, width, 4) RGBA.
Picture = NDArray[np.uint8]


def on_white(rgba: Picture) -> Picture:
    """Lay a picture on white: uint8 ``(height, width, 4)`` to ``(height, width, 3)``."""
    alpha = rgba[..., 3:].astype(np.uint16)
    colour = rgba[..., :3].astype(np.uint16)
    return ((colour * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)
