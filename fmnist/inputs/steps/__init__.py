"""The steps from a photo to 28×28, one file each, in the order in which they are taken.

To add a step: write its file and add its line to ``PHOTO_STEPS``.
"""

from fmnist.inputs.steps.extend import EXTEND
from fmnist.inputs.steps.gray import GRAY
from fmnist.inputs.steps.negate import NEGATE
from fmnist.inputs.steps.resize import RESIZE, SIDE
from fmnist.inputs.steps.sharpen import SHARPEN
from fmnist.inputs.steps.step import Picture, Step
from fmnist.inputs.steps.trim import TRIM

# Those of the paper that introduced the data set (arXiv 1708.07747, section 2).
PHOTO_STEPS: tuple[Step, ...] = (
    TRIM,
    RESIZE,
    SHARPEN,
    EXTEND,
    NEGATE,
    GRAY,
)

__all__ = ["PHOTO_STEPS", "SIDE", "Picture", "Step"]
