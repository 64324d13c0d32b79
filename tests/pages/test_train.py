"""Train: runs in every state, as the page shows them. Real training is in ``tests/browser``."""

import json
import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from fmnist.architectures import ARCHITECTURES
from fmnist.models import ModelStore
from fmnist.storage import append_row, write_rows
from fmnist.training.configuration import Configuration
from fmnist.training.preset import PRESETS, presets
from fmnist.training.recipe import read_recipe
from fmnist.training.run import Run
from fmnist.training.status import State, Status
from fmnist.ui.glossary import explained
from tests.finished_run import make_finished_run, make_run, over
from tests.inference.test_ensemble import PHOTO, network
from tests.models.test_card import CARD
from tests.pages.conftest import Open

pytestmark = pytest.mark.usefixtures("data")


def _contents(models: Path) -> dict[str, int]:
    return {path.name: (path / "card.json").stat().st_mtime_ns for path in models.iterdir()}


def _click(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def test_without_runs_there_is_an_invitation(models_folder: Path, open_page: Open) -> None:
    app = open_page("train")
    assert app.header[0].value == "Teach a model yourself"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Configuration]:
    """The configurations of runs that were begun, in the place of their processes."""
    begun: list[Configuration] = []
    monkeypatch.setattr(Run, "start", lambda run: begun.append(run.configuration))
    return begun


def _adjust(app: AppTest, label: str) -> Any:
    widgets = [*app.number_input, *app.selectbox, *app.toggle]
    return next(widget for widget in widgets if widget.label == label)


def test_a_preset_is_started_as_it_is(
    models_folder: Path, runs_folder: Path, open_page: Open, started: list[Configuration]
) -> None:
    app = open_page("train")
    assert app.query_params["preset"] == "course-dense"
    for name, preset in presets().items():
        app.button_group(key="preset").set_value(name).run()
        assert explained(preset.why) in [text.value for text in app.markdown]
        _click(app, "Train")
        assert started[-1] == preset.configuration
        assert app.query_params["preset"] == name
    assert f"{len(PRESETS)} · Ten minutes, 20 epochs" in app.selectbox(key="run").options[0]


def test_a_link_names_a_preset(models_folder: Path, open_page: Open) -> None:
    app = open_page("train", preset="memorises")
    assert app.button_group(key="preset").value == "memorises"
    assert open_page("train", preset="cake").button_group(key="preset").value == "course-dense"


def test_what_is_adjusted_is_trained(
    models_folder: Path, runs_folder: Path, open_page: Open, started: list[Configuration]
) -> None:
    app = open_page("train")
    _adjust(app, "Epochs").set_value(3)
    _adjust(app, "Seed").set_value(7)
    _adjust(app, "Scaling").set_value(False)
    for label, value in {
        "Batch size": 64,
        "Learning rate": 0.003,
        "Training images": 2000,
        "Optimizer": "sgd",
        "Units": 10,
        "Hidden layers": 2,
        "Activation": "tanh",
        "Dropout": 0.2,
        "Label noise": 0.1,
        "Held out": 0.0,
    }.items():
        _adjust(app, label).set_value(value)
    _click(app, "Train")
    assert started == [
        Configuration(
            "dense",
            hidden_layers=2,
            units=10,
            activation="tanh",
            dropout=0.2,
            scaling=False,
            epochs=3,
            seed=7,
            batch_size=64,
            optimizer="sgd",
            learning_rate=0.003,
            schedule="constant",
            limit=2000,
            label_noise=0.1,
            validation_share=0.0,
        )
    ]
    # The run is on disk and is the one that is shown, with its settings.
    (folder,) = runs_folder.iterdir()
    assert app.session_state["run"] == folder.name
    assert json.loads((folder / "configuration.json").read_text())["seed"] == 7
    said = next(caption.value for caption in app.caption if "Units 10" in caption.value)
    assert "Scaling Off" in said
    assert "Label noise 10 %" in said


def test_an_architecture_shows_the_options_that_it_takes(
    models_folder: Path, runs_folder: Path, open_page: Open, started: list[Configuration]
) -> None:
    app = open_page("train", preset="too-few-units")
    for name, architecture in ARCHITECTURES.items():
        if len(architecture.shape) > 2:
            continue
        _adjust(app, "Architecture").set_value(name).run()
        assert not app.exception
        shown = {widget.label for widget in [*app.number_input, *app.selectbox, *app.toggle]}
        for option in {option for each in ARCHITECTURES.values() for option in each.takes}:
            label = option.replace("_", " ").capitalize()
            assert (label in shown) == (option in architecture.takes)
        _click(app, "Train")
        assert started[-1].architecture == name


def test_a_model_of_the_same_data_set_can_teach(
    models_folder: Path, runs_folder: Path, open_page: Open, started: list[Configuration]
) -> None:
    entries = [entry for entry in ModelStore(models_folder).entries() if entry.selectable]
    clothes, digits = (
        [entry.name for entry in entries if entry.card and entry.card.dataset == dataset]
        for dataset in ("fashion-mnist", "mnist")
    )
    of_photos = replace(CARD, shape=PHOTO)
    ModelStore(models_folder).save("of-photos-alone", network(PHOTO, 11, 0), of_photos)
    app = open_page("train")

    assert app.multiselect[0].options == clothes
    app.multiselect[0].set_value(["dense"]).run()
    # There are no labels that could be wrong.
    assert "Label noise" not in {widget.label for widget in app.selectbox}
    _click(app, "Train")
    assert started[0].teacher == "dense"
    _adjust(app, "Data set").set_value("mnist").run()
    assert app.multiselect[0].options == digits
    _click(app, "Train")
    assert (started[1].dataset, started[1].teacher) == ("mnist", "")


def test_a_recipe_is_started_as_its_file_says(
    models_folder: Path, runs_folder: Path, open_page: Open, started: list[Configuration]
) -> None:
    app = open_page("train", what="Recipe")
    assert not set(PRESETS) & set(app.radio[0].options), "they have a place of their own"
    assert not {"everyday", "photo"} & set(app.radio[0].options), "they need a folder of photos"
    app.radio[0].set_value("tiny")
    app.form_submit_button[0].click().run()
    assert not app.exception
    assert started == [Configuration.of(read_recipe("tiny"))]
    shutil.rmtree(models_folder / started[0].teachers[-1])
    assert "tiny" not in open_page("train", what="Recipe").radio[0].options


def test_a_finished_run_shows_what_came_of_it(
    models_folder: Path, runs_folder: Path, open_page: Open
) -> None:
    make_finished_run(runs_folder, models_folder / "dense")
    app = open_page("train")
    assert app.metric[0].label == "Test accuracy"
    assert app.metric[0].value == "99.50 %"
    assert len(app.get("vega_lite_chart")) == 3
    assert any("2 of 2 epochs in 1 min 05 s" in caption.value for caption in app.caption)


def test_curves_that_part_and_dead_units_are_said(
    models_folder: Path, runs_folder: Path, open_page: Open
) -> None:
    run = make_finished_run(runs_folder, models_folder / "dense")
    assert not open_page("train").info
    for epoch in range(3, 8):
        row = {"epoch": epoch, "accuracy": 0.9, "loss": 1 / epoch, "val_accuracy": 0.6}
        append_row(run.folder / "history.csv", row | {"val_loss": 0.9 + 0.1 * epoch})
    path = run.folder / "result.json"
    counted = {"dead_units": 12.0, "relu_units": 128.0}
    path.write_text(json.dumps(json.loads(path.read_text()) | counted))
    app = open_page("train")
    assert app.info[0].value.startswith("**From epoch 2 on it is memorising.** Since epoch 1")
    assert "held-out images rose from 0.90 to 1.60" in app.info[0].value
    assert any("12 of its 128 units are dead" in caption.value for caption in app.caption)


def test_that_nothing_was_held_out_is_said(
    models_folder: Path, runs_folder: Path, open_page: Open
) -> None:
    run = make_finished_run(runs_folder, models_folder / "dense")
    assert "Validation" in open_page("train").get("vega_lite_chart")[0].proto.spec
    values = json.loads(run.configuration.to_json()) | {"validation_share": 0.0}
    (run.folder / "configuration.json").write_text(json.dumps(values))
    rows = [{"epoch": n, "accuracy": 0.6 + 0.2 * n, "loss": 1 / n} for n in (1, 2)]
    write_rows(run.folder / "history.csv", rows)
    app = open_page("train")
    assert "**Nothing was held out**" in app.info[0].value
    assert "right for 100 % of the training images, and is for >99 %" in app.info[0].value
    assert "Validation" not in app.get("vega_lite_chart")[0].proto.spec


def test_use_this_model_adds_it_to_the_picker(
    models_folder: Path, runs_folder: Path, open_page: Open
) -> None:
    make_finished_run(runs_folder, models_folder / "dense")
    app = open_page("train")
    app.text_input[0].set_value("my-first").run()
    _click(app, "Use this model")
    assert "my-first" in app.selectbox(key="model").options
    assert app.selectbox(key="model").value == "my-first"
    assert (models_folder / "my-first" / "model.keras").is_file()


def test_a_bad_name_is_refused_in_words(
    models_folder: Path, runs_folder: Path, open_page: Open
) -> None:
    make_finished_run(runs_folder, models_folder / "dense")
    app = open_page("train")
    app.text_input[0].set_value("../Elsewhere").run()
    _click(app, "Use this model")
    assert "lower-case letters, digits and hyphens" in app.error[0].value


def test_a_model_is_not_overwritten_by_its_name(
    models_folder: Path, runs_folder: Path, open_page: Open
) -> None:
    make_finished_run(runs_folder, models_folder / "dense")
    before = _contents(models_folder)
    app = open_page("train")
    assert app.text_input[0].value not in before
    app.text_input[0].set_value(next(iter(before))).run()
    _click(app, "Use this model")
    assert "already" in app.error[0].value
    assert _contents(models_folder) == before


@pytest.mark.parametrize(("end", "button"), [(State.FAILED, "Try again"), (State.STOPPED, "Go on")])
def test_a_run_that_ended_early_says_why_and_can_be_taken_up(
    end: State,
    button: str,
    models_folder: Path,
    runs_folder: Path,
    open_page: Open,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[str] = []
    monkeypatch.setattr(Run, "start", lambda run: started.append(run.id))
    run = make_run(runs_folder, over(end, "The training images are not here."))
    app = open_page("train")
    said = app.error if end is State.FAILED else app.caption
    assert "The training images are not here." in [element.value for element in said]
    _click(app, button)
    assert started == [run.id]


def test_a_run_whose_process_has_died_is_told_of(
    models_folder: Path, runs_folder: Path, open_page: Open
) -> None:
    make_run(runs_folder, Status(State.TRAINING, 1, 2, 3, 15, began=time.time(), pid=2**22 + 1))
    app = open_page("train")
    assert not app.exception
    assert "has died" in app.error[0].value


def test_a_stopped_run_without_a_model(
    models_folder: Path, runs_folder: Path, open_page: Open
) -> None:
    make_run(runs_folder, over(State.STOPPED, "Stopped before it had learnt anything."))
    app = open_page("train")
    assert not app.exception
    assert not app.metric
    assert any("Stopped before" in caption.value for caption in app.caption)


def test_the_newest_run_is_shown_and_others_can_be(
    models_folder: Path, runs_folder: Path, open_page: Open
) -> None:
    old = make_run(runs_folder, over(State.STOPPED, "The old one."))
    make_run(runs_folder, over(State.STOPPED, "The new one."))
    app = open_page("train")
    assert any(caption.value == "The new one." for caption in app.caption)
    titles = app.selectbox(key="run").options
    assert len(set(titles)) == 2, "Streamlit cannot tell options with the same title apart."
    app.selectbox(key="run").select(titles[1]).run()
    assert not app.exception
    assert any(caption.value == "The old one." for caption in app.caption)
    assert app.query_params["run"] == old.id


def test_a_run_that_cannot_be_read_is_named_and_hurts_no_other(
    models_folder: Path, runs_folder: Path, open_page: Open
) -> None:
    run = make_run(runs_folder, over(State.STOPPED))
    for name, text in (("cut", '{"architecture": "den'), ("nested", "[" * 100_000)):
        (runs_folder / name).mkdir()
        (runs_folder / name / "configuration.json").write_text(text)
    shutil.copytree(run.folder, runs_folder / f"{run.id} (copy)")
    (runs_folder / f"{run.id} (copy)" / "status.json").write_text("{")
    app = open_page("train")
    assert len(app.selectbox(key="run").options) == 2
    (named,) = (each for each in app.expander if "cannot be read" in each.label)
    assert named.label == "2 runs cannot be read"
    told = "\n".join(text.value for text in named.markdown)
    assert "- cut: configuration.json cannot be read" in told
    assert "- nested: configuration.json cannot be read" in told


def test_a_folder_that_cannot_be_written_is_a_sentence(
    models_folder: Path, tmp_path: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("FMNIST_RUNS_DIR", str(tmp_path / "file" / "runs"))
    app = open_page("train")
    _click(app, "Train")
    assert "cannot be kept in" in app.error[0].value
    assert "Not a directory" in app.error[0].value
