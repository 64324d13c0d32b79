import json
from pathlib import Path

from typer.testing import CliRunner

from fmnist.__main__ import cli
from fmnist.evaluation.robustness import Robustness
from fmnist.models import ModelStore
from fmnist.models.folder import ROBUSTNESS, TWIN


def test_it_is_measured_printed_and_kept(data: Path, models_folder: Path) -> None:
    result = CliRunner().invoke(cli, ["robustness", "dense", "--images", "50"])
    assert result.exit_code == 0, result.output
    assert "dense, the first 50 test images" in result.stdout
    store = ModelStore(models_folder)
    path = store.folder("dense") / ROBUSTNESS
    kept = Robustness.read(path, store.card("dense").sha256[TWIN])
    assert kept and kept.n == 50
    first, *_, last = kept.accuracies["turn"]
    assert f"Rotation     {first:.3f}" in result.stdout
    assert last < first
    assert len(json.loads(path.read_text())["images"]) == 64


def test_a_model_of_photos_is_refused_in_a_sentence(data: Path, models_folder: Path) -> None:
    result = CliRunner().invoke(cli, ["robustness", "photo"])
    assert result.exit_code == 1
    assert "photo looks at photos alone" in result.stderr
