"""Lesson 5: training, validation, test, and learning by heart."""

import pandas as pd
import streamlit as st

from fmnist.lessons.memorising import Examples, Trained, measured, mislabelled, train
from fmnist.ui import charts
from fmnist.ui.charts import ink
from fmnist.ui.learn.charts import history_spec
from fmnist.ui.learn.lesson import MEMORISES, Answer, Lesson, Link
from fmnist.ui.learn.material import first_images, first_labels, training_examples
from fmnist.ui.wording import percent

_EPOCHS, _VALIDATION = 40, 500
_UNITS, _IMAGES, _WRONG = (2, 8, 64, 128), (50, 100, 200, 400), (0, 20, 40)
_COUNTED = "memorising-tested"


@st.fragment
def _live() -> None:
    left, middle, right = st.columns(3, gap="medium")
    units = left.select_slider("Hidden units", _UNITS, 64, key="memorising-units")
    images = middle.select_slider("Training images", _IMAGES, 100, key="memorising-images")
    wrong = right.select_slider(
        "Wrong labels among them", _WRONG, 0, format_func=lambda n: f"{n} %", key="memorising-wrong"
    )
    trained = _trained(units, images, wrong)
    for column, (metric, table) in zip(st.columns(2), _tables(trained).items(), strict=True):
        with column:
            ends = table[table["kind"] == "curve"].groupby("data")["value"].last()
            said = ", ".join(f"{data} {value:.2f}" for data, value in ends.items())
            charts.show(
                history_spec(metric, ink()), table, alt=f"{metric}, epoch by epoch; last: {said}"
            )
    st.markdown(_verdict(trained))
    tested = st.toggle("Choosing is over: look at the test images, once", key=_COUNTED)
    if tested:
        test = Examples(first_images(), first_labels())
        loss, accuracy = measured(trained.parameters, test)
        st.markdown(
            f"**{percent(accuracy)}** of {len(test.labels):,} test images right, loss {loss:.2f}. "
            "Change a setting because of this figure, and the test set has become a second "
            "validation set: nothing is left that says how good the network is."
        )


def _verdict(trained: Trained) -> str:
    """Say what the curves show."""
    (training, validation), best = trained.accuracies[-1], trained.best
    said = f"Right at the end: **{percent(training)}** of training, **{percent(validation)}** of "
    said += "validation. "
    if best < _EPOCHS:
        return said + (
            f"The validation loss is least after epoch **{best}**; from then on the network is "
            "memorising."
        )
    return said + "The validation loss still falls: it could learn more."


def _tables(trained: Trained) -> dict[str, pd.DataFrame]:
    """Rows for ``history_spec``, of both figures."""
    tables = {}
    for metric, values in (("Loss", trained.losses), ("Accuracy", trained.accuracies)):
        rows = [
            ("curve", epoch, value, data, epoch == _EPOCHS)
            for place, data in enumerate(("Training", "Validation"))
            for epoch, value in enumerate(values[:, place].tolist(), 1)
        ]
        if metric == "Loss" and trained.best < _EPOCHS:
            rows.append(("best", trained.best, None, f"least after {trained.best}", False))
        tables[metric] = pd.DataFrame(rows, columns=["kind", "epoch", "value", "data", "last"])
    return tables


def _trained(units: int, images: int, wrong: int) -> Trained:
    """Train, under a progress bar the first time anybody asks for it."""
    key = (units, images, wrong)
    kept = _kept()
    if key not in kept:
        training = mislabelled(training_examples(0, images), wrong / 100)
        validation = training_examples(_IMAGES[-1], _IMAGES[-1] + _VALIDATION)
        text = f"Training {_EPOCHS} epochs…"
        bar = st.progress(0.0, text=text)
        kept[key] = train(
            training, validation, units, _EPOCHS, lambda share: bar.progress(share, text=text)
        )
        bar.empty()
    return kept[key]


@st.cache_resource(max_entries=1, show_spinner=False)
def _kept() -> dict[tuple[int, int, int], Trained]:
    """What was trained before, by anybody: at most 48 networks."""
    return {}


LESSON = Lesson(
    title="Training, validation, test",
    summary="Grow a network until it learns by heart.",
    picture=(
        '<path class="line" d="M10 12C30 40 50 50 110 54"/>'
        '<path class="strong" d="M10 14C30 38 46 38 60 36S90 26 110 16"/>'
        '<path class="dash" d="M52 6V54"/>'
    ),
    words=(
        "The training set teaches. The validation set is held out and asked after each epoch: by "
        "it people choose when to stop and which settings. The test set is looked at once, at the "
        "end. Here 100 real images teach a network, and 500 others ask. When the training loss "
        "falls and the validation loss rises, that is overfitting."
    ),
    failure=(
        "Give 40 % of the training images a wrong label: 128 units learn nearly all of those by "
        "heart too, and the validation images pay for it."
    ),
    question="Which epoch's weights would you keep?",
    answers=(
        Answer(
            "The last: its training loss is least",
            "A network that knows its images by heart has that as well. Look at the other curve: "
            "what does it do meanwhile?",
        ),
        Answer(
            "The one with the least validation loss",
            "Those images taught it nothing, so they tell what it makes of new ones. Stopping "
            "there is called early stopping.",
            right=True,
        ),
        Answer(
            "The one that is best on the test images",
            "Then the test set would have helped to choose, and its figure would flatter. Which "
            "images are held out for choosing?",
        ),
    ),
    link=Link("train.py", "Memorise with a larger network", {"preset": MEMORISES}),
    live=_live,
)
