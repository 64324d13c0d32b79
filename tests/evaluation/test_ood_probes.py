from pathlib import Path

import numpy as np
import pytest

from fmnist.datasets import DATASETS, DataUnavailableError
from fmnist.evaluation.ood_probes import OOD_PROBES, ood_probes
from tests.small_dataset import make_idx_dataset


@pytest.fixture(autouse=True)
def digits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FMNIST_DATA_DIR", str(make_idx_dataset(tmp_path, name="mnist")))


@pytest.mark.parametrize("kind", OOD_PROBES)
def test_a_kind_is_as_many_images_as_wanted_and_the_same_again(kind: str) -> None:
    images = ood_probes(kind, 9)
    assert images.shape == (9, 28, 28)
    assert images.dtype == np.uint8
    assert (images.max(axis=(1, 2)) > 100).all()
    assert len({image.tobytes() for image in images}) == 9
    assert np.array_equal(ood_probes(kind, 9), images)
    assert not np.array_equal(ood_probes(kind, 9, seed=1), images)


def test_without_mnist_there_are_no_digits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("FMNIST_DATA_DIR", "KERAS_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "nothing"))
    if DATASETS["mnist"].status()[1].n:
        pytest.skip("this machine has MNIST elsewhere")
    with pytest.raises(DataUnavailableError):
        ood_probes("digits", 1)
