"""Train: choose, watch, stop, and use what was trained."""

import streamlit as st

from fmnist.settings import runs_folder
from fmnist.training.dispatcher import dispatch
from fmnist.training.process import warm_up
from fmnist.training.queue import is_idle
from fmnist.ui.train.forms import forms
from fmnist.ui.train.gate import training_gate
from fmnist.ui.train.run_view import run_view, shown_run, start_run

training_gate()
form, view = st.columns([4, 7], gap="large")
with form:
    what = st.segmented_control(
        "What to train",
        list(forms()),
        default="New network",
        required=True,
        key="what",
        bind="query-params",
        label_visibility="collapsed",
    )
    configuration = forms()[what]()
    if configuration:
        start_run(configuration)
with view:
    dispatch(runs_folder())  # whoever let others go on may be no more
    if is_idle(runs_folder()):
        warm_up()
    run = shown_run()
    if run is None:
        st.header("Teach a model yourself", anchor=False)
        st.write(
            "Choose a network and press Train. It runs beside the app: you can go on browsing, "
            "close the tab, and find it here again."
        )
        st.stop()
    run_view(run)
