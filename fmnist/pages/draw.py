"""Draw: a garment by hand, answered stroke by stroke."""

import streamlit as st

from fmnist.inputs import InputError, Seen
from fmnist.inputs.decode import decode_rgba
from fmnist.ui.correction import correction
from fmnist.ui.drawing_board import drawing_board
from fmnist.ui.fill_switch import fill_switch
from fmnist.ui.model_picker import chosen_model
from fmnist.ui.panel import prediction_panel
from fmnist.ui.resources import ReadyModel


@st.fragment
def sheet(model: ReadyModel) -> None:
    """The board and its answer: a stroke reruns this part of the page alone."""
    board, panel = st.columns([4, 7], gap="medium")
    with board:
        drawing = drawing_board()
    with panel:
        answer = st.container()  # the switch is read first, and stands below
        try:
            image = fill_switch()(decode_rgba(drawing)) if drawing else None
        except InputError as error:
            answer.error(str(error), icon=":material/error:")
            return
    with answer:
        if image is None:
            st.subheader("Draw something to wear", anchor=False)
            st.write("A shirt, a shoe, a bag: the answer appears as soon as you lift the pen.")
            return
        prediction_panel(model, Seen(image))
    with panel:
        correction(model.dataset, image, "drawing")


st.title("Draw", anchor=False)
sheet(chosen_model())
