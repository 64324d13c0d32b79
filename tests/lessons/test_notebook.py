"""The notebook's address in Colab follows the repository that the checkout is of."""

import subprocess
from pathlib import Path

import pytest

from fmnist.lessons.notebook import colab_address


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    path = tmp_path / "notebooks" / "one.ipynb"
    path.parent.mkdir()
    path.touch()
    return path


@pytest.mark.parametrize(
    "origin",
    [
        "https://github.com/someone/their-fork",
        "https://github.com/someone/their-fork.git",
        "https://name:token@github.com/someone/their-fork.git",
        "git@github.com:someone/their-fork.git",
        "ssh://git@github.com/someone/their-fork.git",
    ],
)
def test_colab_opens_it_from_where_it_was_cloned(notebook: Path, origin: str) -> None:
    subprocess.run(["git", "-C", notebook.parent, "remote", "add", "origin", origin], check=True)
    assert colab_address(notebook) == (
        "https://colab.research.google.com/github/someone/their-fork/blob/main/notebooks/one.ipynb"
    )


@pytest.mark.parametrize(
    "origin", ["/srv/git/app", "https://gitlab.com/a/b", "https://github.com.example/a/b", None]
)
def test_colab_knows_no_other_place(notebook: Path, origin: str | None) -> None:
    if origin:
        subprocess.run(
            ["git", "-C", notebook.parent, "remote", "add", "origin", origin], check=True
        )
    assert colab_address(notebook) is None


def test_a_notebook_that_was_installed_is_of_no_checkout(tmp_path: Path) -> None:
    assert colab_address(tmp_path / "one.ipynb") is None


def test_without_git_nothing_is_said(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert colab_address(notebook) is None
