"""The written assignment: its questions, answered with the app."""

from contextlib import suppress

import streamlit as st

from fmnist.datasets import DATASETS, DataUnavailableError, SplitName
from fmnist.inference.predictions import Predictions
from fmnist.lessons.assignment import QUESTIONS
from fmnist.models import ModelError
from fmnist.settings import PAGES
from fmnist.ui import charts
from fmnist.ui.cache import ReadyModel, ready_model
from fmnist.ui.charts import ink
from fmnist.ui.glossary import write
from fmnist.ui.learn.lesson import Answer, Lesson, Link
from fmnist.ui.pixels import pixels
from fmnist.ui.splits import LoadedSplit, loaded_split, predictions
from fmnist.ui.wording import percent

_DIGITS, _MODEL, _BAR = DATASETS["mnist"], "digits-cnn", 24


@st.fragment
def _live() -> None:
    test = _split("test")
    if test:
        _first_digit(test)
    else:
        st.info(
            "The test digits are not on this machine. Choose a model of digits on Images to fetch "
            "them; then the first one and its ten bars stand here.",
            icon=":material/image_not_supported:",
        )
    st.subheader("Shapes and lengths", anchor=False)
    _shapes(test)
    st.subheader("In words", anchor=False)
    for question in QUESTIONS:
        with st.expander(question.text):
            write(question.answer)
            st.page_link(PAGES / question.page, label=question.where, query_params=question.choices)


def _first_digit(test: LoadedSplit) -> None:
    """Show the picture of a chosen digit beside the histogram of its ten probabilities."""
    ready = _model()
    number = int(
        st.number_input(
            "Test digit", 0, len(test.labels) - 1, 0, 1, key="assignment-number", width=170
        )
    )
    picture, bars = st.columns([3, 8], gap="large")
    with picture:
        pixels(test.image(number), f"True: {test.labels[number]}", key="assignment-pixels")
    if ready is None:
        st.caption(f"The model {_MODEL} is not here, so nobody says what it is.")
        return
    with bars:
        shares = _asked(ready).one(number).probabilities
        rows = charts.probabilities_rows(
            shares, _DIGITS.class_names, int(test.labels[number]), by_probability=False
        )
        specification = charts.probabilities_spec(len(rows), ink(), _BAR)
        charts.show(specification, rows, charts.probabilities_alt(rows))
    st.markdown(
        f"`np.argmax(predictions[{number}])` is **{shares.argmax()}**: the place of the greatest "
        f"of ten probabilities, {percent(shares.max())}, by {_MODEL}."
    )


def _shapes(test: LoadedSplit | None) -> None:
    """Tell the shapes that the assignment asks for, as far as the images are here."""
    train = _split("train")
    lines = [
        f"| `{name}.shape` | **({len(split.labels)}, 28, 28)** |\n"
        f"| `len({name.replace('images', 'labels')})` | **{len(split.labels)}** |"
        for name, split in (("train_images", train), ("test_images", test))
        if split
    ]
    if lines:
        st.markdown("| In the notebook | Here |\n|---|---|\n" + "\n".join(lines))
    if train and len(train.labels) < 60_000:
        st.caption(
            f"On this machine are {len(train.labels):,} training digits. Of the full set the "
            "shape is (60000, 28, 28), and there are 60000 labels."
        )


def _split(name: SplitName) -> LoadedSplit | None:
    with suppress(DataUnavailableError):
        return loaded_split(_DIGITS, name, fetch=False)
    return None


def _model() -> ReadyModel | None:
    with suppress(ModelError, ValueError):
        return ready_model(_MODEL)
    return None


def _asked(ready: ReadyModel) -> Predictions:
    return predictions(ready)


LESSON = Lesson(
    title="The written assignment",
    summary="Its questions about digits, each with where to see it.",
    picture=(
        '<path class="strong" d="M18 12H42L28 50"/><g class="soft">'
        + "".join(
            f'<rect x="60" y="{6 + 5 * n}" width="{w}" height="3.5" rx="1.5"/>'
            for n, w in enumerate((3, 4, 5, 4, 3, 3, 3))
        )
        + '</g><g class="fill"><rect x="60" y="41" width="50" height="3.5" rx="1.5"/></g>'
        '<g class="soft"><rect x="60" y="46" width="4" height="3.5" rx="1.5"/></g>'
    ),
    words=(
        "The assignment asks about MNIST's digits. Each of its questions can be answered here: "
        "what can be computed is computed, the rest says where to see it. Write it in your own "
        "words."
    ),
    failure=(
        "“Softmax sets the greatest to 1 and the others to 0” is the most common wrong answer. "
        "Look at the ten bars of digit 2182: three classes share it."
    ),
    question="In which line does the network learn something?",
    answers=(
        Answer(
            '`model.compile(optimizer="adam", loss=…)`',
            "It only notes which optimiser and loss will be used. Which line gets the images?",
        ),
        Answer(
            "`model.fit(train_images, train_labels, epochs=5)`",
            "Here images and labels come in, and Adam changes the weights, batch after batch.",
            right=True,
        ),
        Answer(
            "`model.predict(test_images)`",
            "It computes probabilities with the weights as they are; nothing changes. Which line "
            "gets the labels as well?",
        ),
    ),
    link=Link("images.py", "All test digits", {"model": _MODEL, "image": "0"}),
    live=_live,
)
