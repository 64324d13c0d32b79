"""What stands where images would be, when there are none: what is missing and how to get it."""

import streamlit as st

from fmnist.datasets import Dataset, DataUnavailableError, SplitName, UploadError
from fmnist.settings import is_public

_KEY = "dropped-data"


# What the files of a half begin with.
_FILES: dict[SplitName, str] = {"train": "train", "test": "t10k"}


def missing_data(dataset: Dataset, error: DataUnavailableError, split: SplitName = "test") -> None:
    """Say what is missing, with a button to try again and a place to drop the files."""
    st.warning(
        f"The images of {dataset.title} are not here yet. Drawing and photos work without them.",
        icon=":material/image_not_supported:",
    )
    if is_public():  # what is missing is for whoever runs the server
        return
    # A click reruns the page, and every run tries all sources again.
    st.button("Try again", icon=":material/refresh:", type="primary")
    st.file_uploader(
        f"Or drop the files here: {_FILES[split]}-images-idx3-ubyte.gz and "
        f"{_FILES[split]}-labels-idx1-ubyte.gz, gzipped or not, or Kaggle's archive.zip or CSV",
        accept_multiple_files=True,
        key=_KEY,
        max_upload_size=200,  # MB: Kaggle's table of the training half
        on_change=_keep,
        args=(dataset,),
    )
    problem = st.session_state.pop(f"{_KEY}-problem", None)
    if problem:
        st.error(problem, icon=":material/error:")
    with st.expander("What was tried"):
        st.markdown(str(error))


def _keep(dataset: Dataset) -> None:
    """Keep what was dropped; the rerun that follows finds it."""
    try:
        kept = dataset.add_files((file.name, file.getvalue()) for file in st.session_state[_KEY])
    except UploadError as problem:
        st.session_state[f"{_KEY}-problem"] = str(problem)
        return
    if kept:
        names = ", ".join(record.file for record in kept)
        st.toast(f"Checked and kept: {names}.", icon=":material/check:")
