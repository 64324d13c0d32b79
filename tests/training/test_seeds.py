"""Training from several seeds: runs that end as a test wants, without any training."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from fmnist.__main__ import cli
from fmnist.models import ModelStore
from fmnist.training.run import Run
from fmnist.training.runs import list_runs
from fmnist.training.status import State, Status

pytestmark = pytest.mark.usefixtures("runs_folder")


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelStore:
    """An empty store."""
    monkeypatch.setenv("FMNIST_MODELS_DIR", str(tmp_path / "models"))
    return ModelStore(tmp_path / "models")


class Runs:
    """What is started, and how it ends; a run that finishes has a model of an accuracy of its own.

    Attributes:
        started: the seeds of the runs that were started, in order.
        ends: how the run of a seed ends; one that is not here finishes.
    """

    def __init__(self, model: Path) -> None:
        self.started: list[int] = []
        self.ends: dict[int, State] = {}
        self._model = model

    def start(self, run: Run) -> None:
        seed = run.configuration.seed
        self.started.append(seed)
        end = self.ends.get(seed, State.FINISHED)
        if end is not State.FAILED:
            shutil.copytree(self._model, run.model, dirs_exist_ok=True)
            ModelStore(run.folder).note("model", {"test_accuracy": 0.9 + seed / 100})
        message = "" if end is State.FINISHED else f"It has {end}."
        Status(end, message=message).write(run.folder / "status.json")


@pytest.fixture
def runs(trained_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    """Runs that take no time."""
    model = tmp_path / "finished"
    shutil.copytree(trained_models / "dense", model)
    card = json.loads((model / "card.json").read_text())
    (model / "card.json").write_text(json.dumps(card | {"metrics": {}}))
    runs = Runs(model)
    monkeypatch.setattr(Run, "start", lambda run: runs.start(run))
    return runs


def train(*options: str) -> Result:
    return CliRunner().invoke(cli, ["train", "dense", *options], env={"COLUMNS": "200"})


def test_the_first_model_is_kept_with_the_accuracies_of_all(models: ModelStore, runs: Runs) -> None:
    result = train("--seed", "5", "--seeds", "3")
    assert result.exit_code == 0, result.output
    assert runs.started == [5, 6, 7]
    assert models.names() == ["dense"]
    metrics = models.card("dense").metrics
    assert metrics["test_accuracy"] == pytest.approx(0.95)
    by_seed = models.card("dense").metrics_of("seed_accuracy")
    assert by_seed == pytest.approx({"5": 0.95, "6": 0.96, "7": 0.97})
    assert "Seed 5, 1 of 3\nSeed 6, 2 of 3\nSeed 7, 3 of 3\n" in result.stderr
    assert "test accuracy 0.9500; over 3 seeds 0.9600 ± 0.0100" in result.stdout


def test_what_has_finished_is_not_trained_anew(models: ModelStore, runs: Runs) -> None:
    assert train("--seeds", "2", "--name", "mine").exit_code == 0
    result = train("--seeds", "3", "--name", "mine")
    assert result.exit_code == 0, result.output
    assert runs.started == [0, 1, 2]
    assert result.stderr.count("It has been trained before.") == 2
    assert set(models.card("mine").metrics_of("seed_accuracy")) == {"0", "1", "2"}
    # Another configuration is another run.
    assert train("--seeds", "2", "--epochs", "3").exit_code == 0
    assert runs.started == [0, 1, 2, 0, 1]


@pytest.mark.parametrize(
    ("end", "code", "sentence"),
    [(State.STOPPED, 130, "The same command goes on"), (State.FAILED, 1, "Its log is ")],
)
def test_what_was_begun_goes_on(
    end: State, code: int, sentence: str, models: ModelStore, runs: Runs
) -> None:
    runs.ends = {1: end}
    result = train("--seeds", "3")
    assert result.exit_code == code
    assert f"It has {end}." in result.stderr
    assert sentence in result.stderr
    assert models.names() == []
    begun = [run.id for run in list_runs()]
    assert len(begun) == 2

    runs.ends = {}
    result = train("--seeds", "3")
    assert result.exit_code == 0, result.output
    assert runs.started == [0, 1, 1, 2]
    assert [run.id for run in list_runs()][1:] == begun
    assert set(models.card("dense").metrics_of("seed_accuracy")) == {"0", "1", "2"}


def test_without_seeds_what_has_finished_is_done_again_and_stands_alone(
    models: ModelStore, runs: Runs
) -> None:
    for _ in range(2):
        result = train()
        assert "Seed" not in result.stderr
        assert "over" not in result.stdout.partition(": ")[2]
    assert runs.started == [0, 0]
    assert len(list_runs()) == 2
    assert models.card("dense-2").metrics_of("seed_accuracy") == {}


@pytest.mark.parametrize("end", [State.STOPPED, State.FAILED])
def test_without_seeds_what_was_begun_goes_on_too(
    end: State, models: ModelStore, runs: Runs
) -> None:
    runs.ends = {0: end}
    result = train("--name", "mine")
    assert "The same command goes on from here." in result.stderr.replace("\n", " ")
    assert train("--epochs", "3").exit_code != 0  # another configuration is another run
    (_, begun) = list_runs()

    history = "epoch,accuracy,loss,seconds\n1,0.5,1,2\n2,0.6,1,2\n"
    (begun.folder / "history.csv").write_text(history)
    runs.ends = {}
    result = train("--name", "mine")
    assert result.exit_code == 0, result.output
    assert "Going on from epoch 2 of what was begun " in result.stderr
    assert len(list_runs()) == 2
    assert begun.status().state is State.FINISHED
    assert models.card("mine").metrics["test_accuracy"] == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--seeds", "0"], "greater than or equal to 1"),
        (["--seeds", "2", "--seed", str(2**32 - 1)], "seed: expected a whole number of 0 to "),
        (
            ["--seeds", "2", "--start-from", "first"],
            "expected a task of labels, distillation, mixture; got fine-tuning.",
        ),
    ],
)
def test_mistakes_are_sentences(
    options: list[str], sentence: str, models: ModelStore, runs: Runs, trained_models: Path
) -> None:
    shutil.copytree(trained_models / "dense", models.root / "first")
    result = train(*options)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert list_runs() == []
