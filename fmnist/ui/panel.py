"""The prediction panel: what the model takes, what it predicts, and how sure it is."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from fmnist.inference.ensemble import Prediction
from fmnist.inference.ood import Verdict
from fmnist.preprocessing import ModelInputs
from fmnist.settings import PAGES
from fmnist.ui import charts
from fmnist.ui.cache import ReadyModel
from fmnist.ui.charts import ink
from fmnist.ui.other_models import other_models
from fmnist.ui.pixels import pixels
from fmnist.ui.subject import Subject, remember
from fmnist.ui.why.view import why
from fmnist.ui.wording import in_a_sentence, percent

_VIEWS = ("Answer", "Why", "Compare")


def prediction_panel(
    model: ReadyModel,
    inputs: ModelInputs,
    prediction: Prediction,
    true_label: int | None = None,
    *,
    origin: tuple[str, str, int | None],
) -> bool:
    """Show a prediction in words and, as a person chooses, what stands behind it.

    Args:
        model: who predicts.
        inputs: what it looks at.
        prediction: what it predicts.
        true_label: index of the right class, if it is known.
        origin: what the image is called, the file of the page on which it is, and the number of a
            test image, see ``Subject``.

    Returns:
        Whether it is the answer that is shown, and not what stands behind it.
    """
    names = model.dataset.class_names
    verdict = prediction.verdict(model.card.ood_threshold)
    st.header(answer(prediction.probabilities, names, verdict, true_label), anchor=False)
    remember(Subject(inputs.image, *origin))
    with st.container(horizontal=True, vertical_alignment="center"):
        shown = st.segmented_control(
            "What to show",
            _VIEWS,
            default=_VIEWS[0],
            required=True,
            key="show",
            bind="query-params",
            label_visibility="collapsed",
        )
        st.page_link(PAGES / "inside.py", label="See inside", icon=":material/layers:")
    if shown == "Why":
        why(model, inputs, prediction)
    elif shown == "Compare":
        other_models(model, inputs, true_label)
    else:
        look, bars = st.columns([5, 6], gap="medium")
        with look:
            pixels(inputs.image, "What the model sees: 28×28 pixels", key="seen")
        with bars:
            probability_chart(prediction.probabilities, names, true_label, verdict)
    return shown == _VIEWS[0]


def probability_chart(
    probabilities: NDArray[np.floating],
    names: Sequence[str],
    true_label: int | None,
    verdict: Verdict,
) -> None:
    """Show a bar for each class, in the order a person prefers; all gray where none is meant."""
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
    rows = charts.probabilities_rows(
        probabilities,
        tuple(names),
        true_label,
        by_probability=bool(by_probability),
        named=true_label is not None or verdict != "unfamiliar",
    )
    charts.show(charts.probabilities_spec(len(names), ink()), rows, charts.probabilities_alt(rows))


def answer(
    probabilities: NDArray[np.floating],
    names: Sequence[str],
    verdict: Verdict,
    true_label: int | None = None,
) -> str:
    """Say the answer in one line of Markdown.

    With a known label it is the course's caption, blue when right and red when wrong:
    "Predicted 97 % Sneaker (true: Ankle boot)".
    """
    first, second = np.argsort(-probabilities)[:2]
    share = percent(probabilities[first])
    if true_label is not None:
        colour = "blue" if first == true_label else "red"
        predicted, true = in_a_sentence(names[first]), in_a_sentence(names[true_label])
        return f":{colour}[Predicted {share} {predicted} (true: {true})]"
    if verdict == "unfamiliar":
        number = "ten" if len(names) == 10 else len(names)
        closest = in_a_sentence(names[first])
        return f"This does not look like any of the {number}; closest: {closest}"
    if verdict == "unsure":
        other = percent(probabilities[second])
        likeliest, next_one = in_a_sentence(names[first]), in_a_sentence(names[second])
        return f"Unsure: {likeliest} {share}, or {next_one} {other}"
    return f"{names[first]}, {share} sure"
