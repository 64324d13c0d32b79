"""Wording: what pages call things, and how they write numbers."""

from dataclasses import dataclass

from fmnist.datasets import Dataset


@dataclass(frozen=True)
class Wording:
    """What pages say of images of a data set, which depends on how they come to be.

    Attributes:
        thing: what an image shows, in a word.
        wish: what people are asked for.
        examples: of that.
        drawn: what has become of a drawing, in a word.
        left_out: the sentence to say when a photo shows several things.
    """

    thing: str
    wish: str
    examples: str
    drawn: str
    left_out: str


# By the name of the pipeline.
_WORDING = {
    "clothes": Wording(
        thing="garment",
        wish="something to wear",
        examples="A shirt, a shoe, a bag",
        drawn="Filled",
        left_out="Of several things the largest was taken; a pair of shoes counts as one.",
    ),
    "handwriting": Wording(
        thing="digit",
        wish="a digit",
        examples="Any from 0 to 9",
        drawn="Centred",
        left_out="Of all that is written the largest was taken: one at a time is read.",
    ),
}


def wording(dataset: Dataset) -> Wording:
    """Return what pages say of a data set's images."""
    return _WORDING.get(dataset.pipeline, _WORDING["clothes"])


def in_a_sentence(name: str) -> str:
    """Set the name of a class off from the numbers around it if it is one itself: “7”."""
    return f"“{name}”" if name.isdecimal() else name


def percent(share: float) -> str:
    """Write a probability as people read it: ``97 %``, ``<1 %``, ``>99 %``."""
    if 0 < share < 0.01:
        return "<1 %"
    if 0.99 < share < 1:
        return ">99 %"
    return f"{share:.0%}".replace("%", " %")


def duration(seconds: float) -> str:
    """Write seconds in two units at most: ``48 s``, ``2 min 05 s``, ``1 h 03 min``."""
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"
