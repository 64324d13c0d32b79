"""The lessons of the Learn page, in the course's order.

To add one: write its file with a ``LESSON``, and name it in ``LESSONS``.
"""

from fmnist.ui.learn import (
    assignment,
    augmentation,
    celsius,
    comparison,
    convolution,
    image,
    loss,
    memorising,
    softmax,
)
from fmnist.ui.learn.lesson import Lesson

# By the name that stands in the URL: ``/learn?lesson=softmax``.
LESSONS: dict[str, Lesson] = {
    "celsius": celsius.LESSON,
    "image": image.LESSON,
    "softmax": softmax.LESSON,
    "loss": loss.LESSON,
    "memorising": memorising.LESSON,
    "convolution": convolution.LESSON,
    "comparison": comparison.LESSON,
    "augmentation": augmentation.LESSON,
    "assignment": assignment.LESSON,
}
