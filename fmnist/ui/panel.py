"""The prediction panel: what the model saw, what it says, and how sure it is."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.inference.verdict import Verdict, verdict
from fmnist.preprocessing import Seen
from fmnist.ui import charts
from fmnist.ui.cache import ReadyModel
from fmnist.ui.class_name import in_a_sentence
from fmnist.ui.palette import ink
from fmnist.ui.pixels import pixels


def prediction_panel(
    model: ReadyModel,
    seen: Seen,
    true_label: int | None = None,
) -> None:
    """Show an image's answer in words, the pixels behind it, and all the probabilities.

    Args:
        model: who answers.
        seen: what there is to see.
        true_label: index of the right class, if it is known. Without one it is what a person has
            brought, which is looked at more closely, see ``Observer``.
    """
    if true_label is None:
        probabilities, strangeness = model.observer.predict(seen)
    else:
        (probabilities,), (strangeness,) = model.classifier.predict(seen.image[None])
    names = model.dataset.class_names
    judged = verdict(probabilities, strangeness, model.card.unfamiliar_above)
    st.subheader(answer(probabilities, names, judged, true_label), anchor=False)
    look, bars = st.columns([5, 6], gap="medium")
    with look:
        pixels(seen.image, "What the model sees: 28×28 pixels", key="seen")
    with bars:
        probability_chart(probabilities, names, true_label)


def probability_chart(
    probabilities: NDArray[np.floating], names: Sequence[str], true_label: int | None = None
) -> None:
    """Show a bar for each class, in the order a person prefers."""
    by_probability = st.segmented_control(
        "Order of the bars",
        [True, False],
        default=True,
        required=True,
        format_func=lambda sort: "Most probable first" if sort else "Label order",
        key="bars-sorted",
        persist_state="session",
        label_visibility="collapsed",
    )
    rows = charts.probabilities_rows(probabilities, tuple(names), true_label, bool(by_probability))
    likeliest = rows.loc[rows["probability"].idxmax()]
    charts.show(
        charts.probabilities_spec(len(names), ink()),
        rows,
        alt=f"Probabilities of the {len(names)} classes; highest: "
        f"{likeliest['class']}, {charts.percent(likeliest['probability'])}",
    )


def answer(
    probabilities: NDArray[np.floating],
    names: Sequence[str],
    judged: Verdict,
    true_label: int | None = None,
) -> str:
    """Say the answer in one line of Markdown.

    With a known label it is the course's caption, blue when right and red when wrong:
    "Predicted 97 % Sneaker (true: Ankle boot)".
    """
    first, second = np.argsort(-probabilities)[:2]
    share = charts.percent(probabilities[first])
    if true_label is not None:
        colour = "blue" if first == true_label else "red"
        predicted, true = in_a_sentence(names[first]), in_a_sentence(names[true_label])
        return f":{colour}[Predicted {share} {predicted} (true: {true})]"
    if judged == "unfamiliar":
        number = "ten" if len(names) == 10 else len(names)
        return f"This does not look like any of the {number}"
    if judged == "unsure":
        other = charts.percent(probabilities[second])
        likeliest, next_one = in_a_sentence(names[first]), in_a_sentence(names[second])
        return f"Unsure: {likeliest} {share}, or {next_one} {other}"
    return f"{names[first]}, {share} sure"
