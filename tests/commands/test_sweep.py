"""A sweep of runs that end as a test wants, without any training and in this process."""

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from fmnist.__main__ import cli
from fmnist.models import ModelStore
from fmnist.training import sweep as sweeps
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run
from fmnist.training.runs import list_runs
from fmnist.training.status import State, Status
from fmnist.training.sweep import read_sweep

pytestmark = pytest.mark.usefixtures("runs_folder")


class Here:
    """An executor that does the work itself; a Ctrl-C comes before the item of that number."""

    interrupted_at = -1

    def map(self, work: Any, items: Sequence[Any]) -> Iterator[Any]:
        do: Callable[[Any], Any] = work.open()
        for number, item in enumerate(items):
            if number == self.interrupted_at:
                raise KeyboardInterrupt
            yield do(item)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Here:
    here = Here()
    monkeypatch.setattr(sweeps, "executor", lambda *_, **__: here)
    return here


@pytest.fixture
def started(
    trained_models: Path, monkeypatch: pytest.MonkeyPatch, here: Here
) -> Iterator[list[Configuration]]:
    """What is started; it has finished at once, and is the better the more units it has."""
    started: list[Configuration] = []

    def start(run: Run) -> None:
        units = run.configuration.units
        started.append(run.configuration)
        if units == 666 and len(started) < 5:
            Status(State.FAILED, message="The disk is full.").write(run.folder / "status.json")
            return
        shutil.copytree(trained_models / "dense", run.model)
        accuracy = {"validation_accuracy": units / 1000, "test_accuracy": 0.5}
        ModelStore(run.folder).note("model", accuracy)
        Status(State.FINISHED).write(run.folder / "status.json")

    monkeypatch.setattr(Run, "start", start)
    yield started


def write(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "sweep.json"
    path.write_text(json.dumps(content))
    return path


def sweep(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["sweep", *map(str, arguments)], env={"COLUMNS": "200"})


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_lists_are_combined_and_what_is_meant_twice_is_there_once(tmp_path: Path) -> None:
    content = [
        {"recipe": "dense", "units": [32, 64], "seed": [0, 1]},
        {"architecture": "dense", "epochs": 15, "batch_size": 64, "units": 32},
        {"recipe": ["dense", "cnn"]},
        "tiny",
    ]
    found = read_sweep(write(tmp_path, content))
    assert [(each.units, each.seed) for each in found[:4]] == [(32, 0), (32, 1), (64, 0), (64, 1)]
    assert all((each.architecture, each.epochs) == ("dense", 15) for each in found[:5])
    assert [each.architecture for each in found[4:6]] == ["dense", "cnn"]
    assert found[6].teacher
    assert len(found) == 7


def test_every_combination_is_a_run_and_the_best_stands_first(
    tmp_path: Path, started: list[Configuration]
) -> None:
    path, out = write(tmp_path, {"architecture": "dense", "units": [32, 128, 64]}), tmp_path / "out"
    result = sweep(path, "--out", out)
    assert result.exit_code == 0, result.output
    table = rows(out.read_text())
    assert [row["units"] for row in table] == ["128", "64", "32"]
    assert list(table[0]) == [
        *("units", "validation_accuracy", "test_accuracy", "training_seconds"),
        *("run", "state", "message"),
    ]
    assert {row["run"] for row in table} == {run.id for run in list_runs()}
    assert [each.units for each in started] == [32, 128, 64]
    assert sweep(path).exit_code == 0
    assert len(started) == 3, "what has finished is not trained anew"


def test_one_that_fails_stops_no_other_and_is_tried_again(
    tmp_path: Path, started: list[Configuration]
) -> None:
    path = write(tmp_path, {"architecture": "dense", "units": [666, 32, 64, 128]})
    result = sweep(path)
    assert result.exit_code == 1
    assert "1 of 4 runs have not finished" in result.stderr
    (failed,) = (row for row in rows(result.stdout) if row["state"] == "failed")
    assert (failed["units"], failed["message"]) == ("666", "The disk is full.")
    assert sweep(path).exit_code == 0
    assert [each.units for each in started] == [666, 32, 64, 128, 666]
    assert len(list_runs()) == 4, "it goes on in the run that it has"


def test_ctrl_c_leaves_what_is_done(
    tmp_path: Path, started: list[Configuration], here: Here
) -> None:
    path = write(tmp_path, {"architecture": "dense", "units": [32, 64, 128]})
    here.interrupted_at = 2
    result = sweep(path)
    assert result.exit_code == 130
    assert "2 of 3 are done. The same command goes on from there." in result.stderr
    assert [row["units"] for row in rows(result.stdout)] == ["64", "32"]
    here.interrupted_at = -1
    assert sweep(path).exit_code == 0
    assert [each.units for each in started] == [32, 64, 128]


def test_a_run_from_elsewhere_comes_home(
    tmp_path: Path, started: list[Configuration], monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    result = sweep(write(tmp_path, {"architecture": "dense", "units": [32, 64]}), "--ray", "auto")
    assert result.exit_code == 0, result.output
    assert [row["state"] for row in rows(result.stdout)] == ["finished"] * 2
    assert all((run.model / "card.json").exists() for run in list_runs())
    assert list(elsewhere.glob("*")) == [elsewhere / "fmnist-sweep"]
    assert not list(elsewhere.glob("fmnist-sweep/*"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"architecture": "dense", "units": [16, 0]}, "Combination 2 of .*units: expected a whole"),
        ({"architecture": ["dense", "cnn"], "units": 16}, "Combination 2 .* for the architecture"),
        ({"recipe": "none-such"}, "Combination 1 .*Expected a recipe of"),
        ({"unit": [1]}, "Expected a configuration of .*got unit"),
        ({"units": []}, "has no combinations"),
        ([5], "Expected an object of values, or a recipe's name; got 5"),
    ],
)
def test_what_cannot_be_trained_is_said_before_anything_is(
    content: object, sentence: str, tmp_path: Path, started: list[Configuration]
) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_sweep(write(tmp_path, content))
    result = sweep(write(tmp_path, content))
    assert result.exit_code == 2
    assert not started and not list_runs()
    assert "Traceback" not in result.output


def test_what_is_no_sweep_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "cut.json").write_text("{")
    for name, sentence in (("gone.json", "cannot be read: No such file"), ("cut.json", "no JSON")):
        result = sweep(tmp_path / name)
        assert result.exit_code == 2
        assert sentence in " ".join(result.stderr.replace("│", "").split())
