"""“Use this model”: what a run has trained goes among the models."""

import streamlit as st

from fmnist.models import ModelError, default_store
from fmnist.training.run import Run


def use_model(run: Run) -> None:
    """Let a person take the model into the picker, under a name of their own."""
    if not run.model.is_dir():
        return
    configuration = run.configuration
    free = default_store().free_name(configuration.start_from or configuration.architecture)
    key = f"name-of-{run.id}"
    st.text_input("Name", free, key=key)
    st.button(
        "Use this model",
        icon=":material/check:",
        type="primary",
        on_click=_adopt,
        args=(run, key),
    )
    problem = st.session_state.pop("adopt-problem", None)
    if problem:
        st.error(problem, icon=":material/error:")


def _adopt(run: Run, key: str) -> None:
    # Not handed over: who types and clicks at once means what has just been typed.
    store, name = default_store(), st.session_state[key]
    try:
        if name in store.names():
            raise ModelError(f"There is a model called {name} already: choose another name.")
        store.adopt(run.model, name)
    except ModelError as error:
        st.session_state["adopt-problem"] = str(error)
        return
    except OSError as error:
        problem = f"{name} cannot be kept in {store.root}: {error.strerror}."
        st.session_state["adopt-problem"] = problem
        return
    st.session_state["model"] = name
    st.toast(f"{name} now answers on every page.", icon=":material/check:")
