"""The steps from a photo to 28×28, one file each, in the order in which they are taken.

To add a step: write its file and add its line to ``PHOTO_STEPS``, those of clothes, or to
``WRITING_STEPS``.
"""

from fmnist.preprocessing.steps.centre import CENTRE
from fmnist.preprocessing.steps.extend import EXTEND
from fmnist.preprocessing.steps.find import FIND
from fmnist.preprocessing.steps.gray import GRAY
from fmnist.preprocessing.steps.ground import GROUND
from fmnist.preprocessing.steps.ink import INK
from fmnist.preprocessing.steps.narrow import NARROW
from fmnist.preprocessing.steps.negate import NEGATE
from fmnist.preprocessing.steps.pen import PEN
from fmnist.preprocessing.steps.resize import RESIZE, SIDE
from fmnist.preprocessing.steps.shade import SHADE
from fmnist.preprocessing.steps.sharpen import SHARPEN
from fmnist.preprocessing.steps.shrink import SHRINK
from fmnist.preprocessing.steps.step import Step
from fmnist.preprocessing.steps.straighten import STRAIGHTEN
from fmnist.preprocessing.steps.trim import TRIM

PHOTO_STEPS: tuple[Step, ...] = (
    # From what people photograph to a shop's picture of it,
    FIND,
    STRAIGHTEN,
    TRIM,
    NARROW,
    SHADE,
    # and on as the paper did that introduced the data set (arXiv 1708.07747, section 2).
    RESIZE,
    GROUND,
    SHARPEN,
    EXTEND,
    NEGATE,
    GRAY,
)

# From ink, wherever it was, to a digit as MNIST has it.
INK_STEPS: tuple[Step, ...] = (PEN, SHRINK, CENTRE)

WRITING_STEPS: tuple[Step, ...] = (INK, TRIM, *INK_STEPS)

__all__ = ["INK_STEPS", "PHOTO_STEPS", "SIDE", "WRITING_STEPS", "Step"]
