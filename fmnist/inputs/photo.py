"""From a photo to one 28×28 image."""

from fmnist.inputs.decode import decode
from fmnist.inputs.picture import Picture
from fmnist.inputs.steps import PHOTO_STEPS


def photo_to_strip(picture: Picture) -> list[tuple[str, Picture]]:
    """Take every step from a photo to 28×28 and keep what each one makes.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB, as ``decode`` returns it.

    Returns:
        (title, picture) of the photo and of every step in ``PHOTO_STEPS``; the last picture is
        the image the model sees, uint8 ``(28, 28)``.
    """
    strip = [("Your photo", picture)]
    for step in PHOTO_STEPS:
        strip.append((step.title, step.apply(strip[-1][1])))
    return strip


def photo_to_image(picture: Picture) -> Picture:
    """Bring a photo to the form of the data set.

    Args:
        picture: uint8 ``(height, width, 3)``, RGB, as ``decode`` returns it.

    Returns:
        uint8 ``(28, 28)``, 0 background, 255 garment.
    """
    return photo_to_strip(picture)[-1][1]


def read_photo(data: bytes, name: str = "") -> Picture:
    """Read an image file with a photo to uint8 ``(28, 28)``; raises as ``decode`` does."""
    return photo_to_image(decode(data, name))
