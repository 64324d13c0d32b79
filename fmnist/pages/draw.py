"""Draw: something by hand, answered stroke by stroke."""

import streamlit as st

from fmnist.preprocessing import InputError, ModelInputs
from fmnist.preprocessing.decode import decode_rgba
from fmnist.ui.cache import ReadyModel
from fmnist.ui.correction import correction
from fmnist.ui.draw.board import drawing_board, pipeline_switch
from fmnist.ui.model_picker import chosen_model
from fmnist.ui.panel import prediction_panel
from fmnist.ui.wording import wording


@st.fragment
def sheet(model: ReadyModel) -> None:
    """The board and its answer: a stroke reruns this part of the page alone."""
    board, panel = st.columns([4, 7], gap="medium")
    with board:
        drawing = drawing_board()
    with panel:
        answer = st.container()  # the switch is read first, and stands below
        try:
            image = pipeline_switch(model.dataset)(decode_rgba(drawing)) if drawing else None
        except InputError as error:
            answer.error(str(error), icon=":material/error:")
            return
    with answer:
        if image is None:
            words = wording(model.dataset)
            st.header(f"Draw {words.wish}", anchor=False)
            st.write(f"{words.examples}: the answer appears as soon as you lift the pen.")
            return
        inputs = ModelInputs(image)
        prediction = model.ensemble.predict(inputs)
        prediction_panel(model, inputs, prediction, origin=("Your drawing", "draw.py", None))
    with panel:
        correction(model, inputs, "drawing")


sheet(chosen_model())
