"""A training run as people follow it: progress, curves, and what came of it."""

from collections.abc import Mapping
from typing import Any, Literal

import streamlit as st

from fmnist.datasets import DATASETS
from fmnist.limits import limits
from fmnist.settings import runs_folder
from fmnist.training.configuration import Configuration
from fmnist.training.preset import presets
from fmnist.training.queue import is_training, waiting
from fmnist.training.run import Run
from fmnist.training.runs import list_runs, unreadable_runs
from fmnist.training.status import State, Status
from fmnist.ui import charts
from fmnist.ui.charts import ink
from fmnist.ui.confusion import confusion_rows, confusion_spec
from fmnist.ui.train.charts import curves, memorising
from fmnist.ui.train.fields import settings
from fmnist.ui.train.use_model import use_model
from fmnist.ui.visitor import visitor
from fmnist.ui.wording import duration

_Colour = Literal["gray", "blue", "green", "orange", "red"]
_BADGES: dict[State, tuple[str, str, _Colour]] = {
    State.WAITING: ("Waiting", "hourglass_empty", "gray"),
    State.STARTING: ("Starting", "hourglass_top", "gray"),
    State.TRAINING: ("Training", "model_training", "blue"),
    State.EVALUATING: ("Evaluating", "fact_check", "blue"),
    State.FINISHED: ("Finished", "check", "green"),
    State.STOPPED: ("Stopped", "stop", "orange"),
    State.FAILED: ("Failed", "error", "red"),
}

_RAREST = 30  # seconds


def start_run(configuration: Configuration) -> None:
    """Begin a run of a configuration and show it, if not too many are under way."""
    if len(waiting(runs_folder())) + is_training(runs_folder()) >= limits().runs:
        st.error(
            f"{limits().runs} trainings are under way or wait already. Try again when one is over.",
            icon=":material/hourglass_top:",
        )
        return
    try:
        run = Run.create(configuration, visitor=visitor())
        run.start()
    except OSError as error:
        st.error(
            f"The run cannot be kept in {runs_folder()}: {error.strerror}. Free some space there, "
            "or name another folder in FMNIST_RUNS_DIR.",
            icon=":material/error:",
        )
        return
    st.session_state["run"] = run.id


def shown_run() -> Run | None:
    """Let a person choose among the runs; the choice is in the URL. None as there are none."""
    if unreadable := unreadable_runs(visitor=visitor()):
        n = len(unreadable)
        title = "1 run cannot be read" if n == 1 else f"{n} runs cannot be read"
        with st.expander(title, icon=":material/error:"):
            st.write("\n".join(f"- {name}: {reason}" for name, reason in unreadable.items()))
    runs = {run.id: run for run in list_runs(visitor=visitor())}
    if not runs:
        return None
    # Not bound: the URL would hold the title, and nothing at all for the newest run.
    if st.session_state.get("run") not in runs:
        linked = st.query_params.get("run")
        st.session_state["run"] = linked if linked in runs else next(iter(runs))
    # Streamlit tells options apart by their titles, so each has a number of its own.
    numbers = {id: len(runs) - place for place, id in enumerate(runs)}
    known = {preset.configuration: preset.title for preset in presets().values()}
    name = st.selectbox(
        "Run", list(runs), format_func=lambda id: _title(numbers[id], runs[id], known), key="run"
    )
    st.query_params["run"] = name
    return runs[name]


def run_view(run: Run) -> None:
    """Show a run; as long as it lasts, a second at a time."""
    status = run.status()
    if status.state.over:
        _contents(run, status)
    else:
        pace = _pace(status)
        st.fragment(_follow, run_every=pace)(run, pace)


def _follow(run: Run, pace: int | None) -> None:
    status = run.status()
    if _pace(status) != pace:
        st.rerun()  # the whole page, which then asks more often, or no longer
    _contents(run, status)


def _pace(status: Status) -> int | None:
    """Seconds until a run is looked at again: a class may wait, whose last have long to wait."""
    if status.state.over:
        return None
    return min(5 * status.position, _RAREST) or 1


def _contents(run: Run, status: Status) -> None:
    _progress(run, status)
    st.caption(settings(run.configuration))
    curves(run, status)
    memorising(run)
    result = run.result()
    if result:
        _result(run, result)


def _progress(run: Run, status: Status) -> None:
    label, icon, colour = _BADGES[status.state]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(label, icon=f":material/{icon}:", color=colour)
        st.caption(_words(status), width="stretch")
        if not status.state.over:
            st.button("Stop", icon=":material/stop:", on_click=run.stop, key="stop")
        elif status.state is State.STOPPED and run.resumable:
            st.button("Go on", icon=":material/play_arrow:", on_click=run.start, key="go-on")
    if status.state is State.FAILED:
        st.error(status.message, icon=":material/error:")
        st.button("Try again", icon=":material/refresh:", on_click=run.start)
    elif not status.state.over and status.state is not State.WAITING:
        st.progress(status.progress)


def _words(status: Status) -> str:
    if status.message and status.state is not State.FAILED:
        return status.message
    if status.state is State.WAITING:
        runs = "one run is" if status.position == 1 else f"{status.position} runs are"
        return f"In the queue: {runs} before this one." if status.position else "About to begin."
    if status.state is State.STARTING:
        return "Loading TensorFlow and the images…"
    words = f"Epoch {min(status.epoch + 1, status.epochs)} of {status.epochs}"
    if status.state.over:
        words = f"{status.epoch} of {status.epochs} epochs in {duration(status.elapsed)}"
    elif status.seconds_left is not None:
        words += f", {duration(status.seconds_left)} left"
    return words


def _result(run: Run, result: dict[str, Any]) -> None:
    names = DATASETS[run.configuration.dataset].class_names
    accuracy, loss, n = (result[key] for key in ("accuracy", "loss", "n"))
    matrix, numbers = st.columns([3, 2], gap="medium")
    with numbers:
        before = result.get("test_accuracy_before")
        change = None if before is None else f"{100 * (accuracy - before):+.2f} points"
        st.metric("Test accuracy", f"{100 * accuracy:.2f} %", change)
        st.caption(f"On {n:,} test images it has never seen; loss {loss:.3f}.")
        if result.get("dead_units"):
            dead, units = (f"{result[name]:,.0f}" for name in ("dead_units", "relu_units"))
            st.caption(f"**{dead} of its {units} units are dead**: 0 for every test image.")
        if before is not None:
            _mine(run, result)
        use_model(run)
    with matrix:
        rows = confusion_rows(result["confusion_matrix"], names)
        charts.show(
            confusion_spec(names, ink()),
            rows,
            alt="Confusion matrix of the test images: rows are true, columns predicted classes",
        )


def _mine(run: Run, result: dict[str, Any]) -> None:
    """Say what fine-tuning with my images has changed about them."""
    n = round(result["mine_n"])
    right, before = (round(n * result[f"mine_accuracy{when}"]) for when in ("", "_before"))
    st.metric(
        "My images", f"{right} of {n} right", f"{right - before:+}" if right != before else None
    )
    st.caption(
        f"{run.configuration.start_from} got {before}. This model has just been trained on them, "
        "so that is no proof: try it on new ones."
    )


def _title(number: int, run: Run, presets: Mapping[Configuration, str]) -> str:
    configuration = run.configuration
    epochs = "1 epoch" if configuration.epochs == 1 else f"{configuration.epochs} epochs"
    mine = configuration.task == "fine-tuning"
    network = f"{configuration.start_from} with my images" if mine else configuration.architecture
    network = presets.get(configuration, network)
    what = f"{network}, {epochs}"
    return f"{number} · {what} · {run.created:%d %b, %H:%M}"
