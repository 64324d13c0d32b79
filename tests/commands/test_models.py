from pathlib import Path

import pytest
from typer.testing import CliRunner

from fmnist.__main__ import cli


def test_models_are_listed_with_what_is_wrong(models_folder: Path) -> None:
    (models_folder / "spoilt").mkdir()
    result = CliRunner().invoke(cli, ["models"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    lines = {line.split()[0]: line for line in result.stdout.splitlines()}
    assert lines["dense"].split()[:4] == ["dense", "fashion-mnist", "dense", "101,770"]
    assert "card.json is missing" in lines["spoilt"]


def test_no_models_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FMNIST_MODELS_DIR", str(tmp_path))
    result = CliRunner().invoke(cli, ["models"])
    assert result.exit_code == 0
    assert "There is no model" in result.stdout
