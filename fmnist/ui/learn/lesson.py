"""What a lesson is: words, one live thing, one question that checks itself, one link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

# Presets of the Train page.
MEMORISES, RATE_TOO_HIGH = "memorises", "rate-too-high"


@dataclass(frozen=True)
class Answer:
    """An answer to choose.

    Attributes:
        text: what it says.
        why: what is said once it is chosen: why it is right, or a hint that helps on.
        right: whether it is.
    """

    text: str
    why: str
    right: bool = False


@dataclass(frozen=True)
class Link:
    """A way into the app.

    Attributes:
        page: the file of the page.
        label: what stands there.
        choices: what the page shows, as in its URL.
    """

    page: str
    label: str
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Lesson:
    """One lesson of the course.

    Attributes:
        title: on its card and above it.
        summary: what one sees in it, in a few words, on its card.
        picture: what is drawn on its card: the inside of an SVG of 120×60.
        words: what it says, Markdown.
        failure: something that really goes wrong in it, and how to see that.
        question: what it asks.
        answers: to choose from; one is right.
        link: where to go on with it.
        live: draws the thing that is computed.
    """

    title: str
    summary: str
    picture: str
    words: str
    failure: str
    question: str
    answers: tuple[Answer, ...]
    link: Link
    live: Callable[[], None]
