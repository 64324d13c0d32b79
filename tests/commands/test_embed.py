"""The command that lays all images out, with something small in the place of UMAP."""

import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray
from typer.testing import CliRunner

from fmnist.__main__ import cli
from fmnist.exploration.embedding import SIDE
from fmnist.models.folder import EMBEDDING
from tests.small_dataset import make_idx_dataset


class _FirstTwo:
    """UMAP's form: the first two of the features."""

    def __init__(self, **options: object) -> None:
        assert options["random_state"] is not None, "the same map each time"

    def fit_transform(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        np.testing.assert_allclose(np.linalg.norm(features, axis=1), 1, atol=1e-4)
        return features[:, :2]


@pytest.fixture
def small_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_idx_dataset(tmp_path / "small", n_train=60, n_test=20)
    monkeypatch.setenv("FMNIST_DATA_DIR", str(folder))
    return folder


def test_it_is_made_of_all_images_and_kept_with_the_model(
    models_folder: Path, small_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "umap", SimpleNamespace(UMAP=_FirstTwo))
    result = CliRunner().invoke(cli, ["embed", "dense"])
    assert result.exit_code == 0, result.output
    assert "80 images" in result.stdout
    with np.load(models_folder / "dense" / EMBEDDING) as file:
        assert file["features"].shape == file["pixels"].shape == (80, 2)
        assert file["features"].max() > 0.9 * SIDE


def test_without_umap_it_says_what_to_install(
    models_folder: Path, small_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "umap", None)
    result = CliRunner().invoke(cli, ["embed", "dense"])
    assert result.exit_code == 1
    assert "pip install umap-learn" in result.stderr
    assert not (models_folder / "dense" / EMBEDDING).exists()
