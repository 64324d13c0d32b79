from pathlib import Path

import numpy as np
import pytest

from benchmarks.figure import NotMeasuredError
from benchmarks.folders import Folders, folder_of
from fmnist.preprocessing import ModelInputs, Picture


def _dark(picture: Picture) -> ModelInputs | None:
    return ModelInputs(picture[:28, :28] // 2) if picture.any() else None


def test_pictures_are_brought_to_28_and_answered(models_folder: Path) -> None:
    light, blank = np.full((40, 30), 200, np.uint8), np.zeros((30, 40), np.uint8)
    folders = Folders.of({"pants": [light, blank], "hat": [light], "nobody-knows": [light]})
    assert folders.classes == [frozenset({1}), frozenset()]
    inputs = folders.preprocessed(_dark)
    assert [len(folder) for folder in inputs] == [2, 1]
    assert (inputs[0][0].image == 100).all()
    assert not inputs[0][1].image.any(), "of a blank picture the model sees a blank image"
    result = folders.evaluate("dense", inputs)
    assert result.n.tolist() == [2, 1]
    assert (len(result.in_distribution), len(result.ood)) == (2, 1)


@pytest.mark.parametrize("name", ["", "gone"])
def test_without_a_folder_nothing_is_measured(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FMNIST_TEST_PHOTOS", str(tmp_path / name) if name else "")
    with pytest.raises(NotMeasuredError, match="FMNIST_TEST_PHOTOS"):
        folder_of("FMNIST_TEST_PHOTOS")
