"""The steps from a photo to 28×28: pure functions from a picture to a picture.

To add a step: write its file, or a function in the file it belongs to, and add it to a pipeline in
``preprocessing.pipelines``, an import and its place.
"""

from collections.abc import Callable
from dataclasses import dataclass

from fmnist.preprocessing.picture import Picture


@dataclass(frozen=True)
class Step:
    """One pure step: a picture in, a new picture out, nothing else read or changed.

    Attributes:
        title: what the step does, in two or three words for the strip of pictures on the page.
        apply: takes and returns uint8 ``(height, width)``, gray, ``(height, width, 3)``, RGB, or
            ``(height, width, 4)``, RGBA, as the step says.
    """

    title: str
    apply: Callable[[Picture], Picture]
