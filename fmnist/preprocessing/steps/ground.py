"""Put the cut-out garment on the white ground of the shop's photos."""

from fmnist.preprocessing.picture import Picture, on_white
from fmnist.preprocessing.steps.step import Step


def ground(picture: Picture) -> Picture:
    """Lay a picture with transparency on white (arXiv 1708.07747, section 2, step 1).

    Args:
        picture: uint8 ``(h, w, 4)``.

    Returns:
        uint8 ``(h, w, 3)``.
    """
    return on_white(picture)


GROUND = Step("On white", ground)
