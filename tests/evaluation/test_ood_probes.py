from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest

from fmnist.datasets import DATASETS, DataUnavailableError
from fmnist.evaluation import ood_probes as module
from fmnist.evaluation.ood_probes import OOD_PROBES, measure_ood, ood_probes
from fmnist.preprocessing import Picture
from fmnist.training.synthetic.icons import Icons, IconsUnavailableError, load_icons
from tests.small_dataset import make_idx_dataset


@pytest.fixture(autouse=True)
def digits(small_icons: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_icons_are_of_the_sets_held_out(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def load(*, held_out: bool = False) -> Icons:
        asked.append(held_out)
        return load_icons(held_out=held_out)

    monkeypatch.setattr(module, "load_icons", load)
    ood_probes("icons", 3)
    assert asked == [True]


def test_without_icons_the_rest_is_measured_and_a_sentence_says_so(
    cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "OOD_PROBES", {"noise": OOD_PROBES["noise"], "icons": _nothing})
    classifier = Mock(predict=lambda images, flips: (None, np.ones(len(images))))
    drawn = {"drawings": np.zeros(5)}
    report = measure_ood(classifier, np.zeros(0), drawn, flips=True)
    assert list(report.probes) == ["noise"]
    assert report.left_out == ["Without icons. Not here."]


def _nothing(random: np.random.Generator) -> Iterator[Picture]:
    raise IconsUnavailableError("Not here.")
