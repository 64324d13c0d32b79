import json
from pathlib import Path

from typer.testing import CliRunner

from fmnist.__main__ import cli
from fmnist.models import ModelStore


def test_it_is_counted_timed_and_noted(models_folder: Path) -> None:
    result = CliRunner().invoke(cli, ["cost", "dense", "--note", "--json"])
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    assert figures.pop("model") == "dense"
    assert figures["multiply_adds"] == 101_632
    assert ModelStore(models_folder).card("dense").metrics.items() >= figures.items()


def test_people_get_lines(models_folder: Path) -> None:
    result = CliRunner().invoke(cli, ["cost", "dense"])
    assert "multiply-adds  101,632" in result.stdout


def test_an_unknown_model_is_a_sentence(models_folder: Path) -> None:
    result = CliRunner().invoke(cli, ["cost", "vgg"])
    assert result.exit_code == 1
    assert "The model vgg cannot be used" in result.stderr
