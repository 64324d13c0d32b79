"""Where things lie."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import platformdirs
import pytest

from fmnist import settings
from fmnist.settings import keras_folders


def test_keras_home_decides_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "k"))
    assert keras_folders() == [tmp_path / "k" / "datasets"]
    monkeypatch.delenv("KERAS_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert keras_folders() == [tmp_path / ".keras" / "datasets"]


def test_a_home_that_cannot_be_written_is_read_and_the_temporary_folder_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "k"))
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path)
    fallback = Path(tempfile.gettempdir()) / ".keras" / "datasets"
    assert keras_folders() == [fallback, tmp_path / "k" / "datasets"]


def test_folders_are_in_the_checkout_unless_a_variable_names_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folders = {
        "FMNIST_MODELS_DIR": (settings.models_folder, "models"),
        "FMNIST_RUNS_DIR": (settings.runs_folder, "runs"),
        "FMNIST_MY_IMAGES_DIR": (settings.my_images_folder, "my-images"),
    }
    for variable, (folder, name) in folders.items():
        monkeypatch.delenv(variable, raising=False)
        assert folder() == Path(__file__).parents[1] / name
        monkeypatch.setenv(variable, str(tmp_path))
        assert folder() == tmp_path


def test_what_can_be_fetched_again_is_kept_where_the_system_keeps_such_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("FMNIST_CACHE_DIR", raising=False)
    assert settings.cache_folder() == platformdirs.user_cache_path("fmnist")
    monkeypatch.setenv("FMNIST_CACHE_DIR", str(tmp_path))
    assert settings.cache_folder() == tmp_path


def test_every_path_of_the_app_is_there() -> None:
    for path in (settings.APP, settings.PAGES, settings.UI, settings.RECIPES, settings.EXAMPLES):
        assert path.exists(), path


def test_no_other_file_reads_the_environment_or_works_out_where_it_lies() -> None:
    for path in settings.PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name != "settings.py":
            assert "os.environ" not in text, path
            assert ".parents[" not in text, path


def test_the_web_process_computes_a_product_on_one_thread() -> None:
    """It must be said before numpy is there, so the interface says it first of all."""
    code = (
        "import os, sys, streamlit, fmnist.settings; assert 'numpy' not in sys.modules; "
        "import fmnist.ui; assert 'numpy' not in sys.modules; "
        "print(os.environ['OPENBLAS_NUM_THREADS'])"
    )
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "1"
