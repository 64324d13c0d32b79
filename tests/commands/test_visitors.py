from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from fmnist.__main__ import cli
from fmnist.datasets import DATASETS
from fmnist.my_images import default_collection
from fmnist.training.configuration import Configuration
from fmnist.training.queue import STATUS
from fmnist.training.run import Run
from fmnist.training.status import State, Status

pytestmark = pytest.mark.usefixtures("runs_folder", "my_images_folder")


def visitors(*options: str) -> str:
    result = CliRunner().invoke(cli, ["visitors", *options], env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    return result.stdout


def test_whoever_runs_the_server_sees_everybody_s_and_can_stop_it() -> None:
    assert "Nobody has trained or kept anything yet." in visitors()
    runs = [Run.create(Configuration("dense"), visitor=who) for who in (None, "ann", "ben")]
    for run in runs:
        Status(State.WAITING).write(run.folder / STATUS)
    (runs[0].folder / "configuration.json").write_text("{")
    image = np.zeros((28, 28), np.uint8)
    default_collection(DATASETS["mnist"], "ben").add(image, 3, "drawing")
    said = visitors("--stop", runs[1].id)
    rows = [" ".join(line.split()) for line in said.splitlines()]
    assert f"{runs[2].id} ben dense 10 waiting, 2 of 2" in rows
    assert f"{runs[1].id} ann dense 10 stopped" in rows
    assert any(row.startswith(f"{runs[0].id} this computer configuration.json") for row in rows)
    assert any(row.startswith("ben MNIST") and " 1 " in row for row in rows)
    assert [run.stop_wanted for run in runs] == [False, True, False]


def test_a_run_that_is_not_there_is_a_sentence(runs_folder: Path) -> None:
    result = CliRunner().invoke(cli, ["visitors", "--stop", "x"], env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert "There is no run called x in" in result.stderr
