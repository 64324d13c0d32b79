"""The written assignment of the course: its questions, and what answers them."""

from typing import NamedTuple


class Question(NamedTuple):
    """A question of the assignment.

    Attributes:
        text: what it asks.
        answer: in a sentence or three, Markdown.
        page: the file of the page on which it is seen.
        where: what stands on the link there.
        choices: what the page shows then, as in its URL.
    """

    text: str
    answer: str
    page: str
    where: str
    choices: dict[str, str]


QUESTIONS: tuple[Question, ...] = (
    Question(
        "Why is the data split into training and test images?",
        "To see how a network does on images that it did not learn from. One that knows its "
        "training images by heart gets all of those right, and fails at new ones.",
        "learn.py",
        "Lesson 5: grow a network until it memorises",
        {"lesson": "memorising"},
    ),
    Question(
        "What does ReLU do?",
        "It makes what is below zero zero and leaves all else as it is. Without it any number of "
        "dense layers is one straight line; with it, lines bend.",
        "learn.py",
        "Lesson 1: A curve",
        {"lesson": "celsius"},
    ),
    Question(
        "What does softmax do?",
        "It turns ten scores into ten shares above zero that sum to 1. It does **not** set the "
        "winner to 1 and the rest to 0: that is argmax.",
        "learn.py",
        "Lesson 3: softmax beside argmax",
        {"lesson": "softmax"},
    ),
    Question(
        "Why are there ten neurons in the last layer?",
        "One for each class: unit 7 gives the score of label 7. With five there would be classes "
        "that nothing can be called.",
        "inside.py",
        "Inside: the ten units of the last layer",
        {"model": "dense", "layer": "Dense 2", "image": "0"},
    ),
    Question(
        "How do Adam and sparse categorical cross-entropy work together?",
        "Cross-entropy says how wrong the shares are: minus the logarithm of the true class's "
        "share. “Sparse” because labels are numbers such as 7, not rows of ten. Its gradient goes "
        "to Adam, which makes the step. `compile` only names the two; `fit` lets them work.",
        "learn.py",
        "Lesson 4: steps on a real loss",
        {"lesson": "loss"},
    ),
)
