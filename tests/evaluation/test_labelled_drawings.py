from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from fmnist.datasets import DATASETS
from fmnist.evaluation.labelled_drawings import labelled_folders
from fmnist.preprocessing import InputError

CLOTHES = DATASETS["fashion-mnist"]
STROKES = '{"drawing": [[[10, 200, 200, 10, 10], [10, 10, 200, 200, 10]]]}'


def picture(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.pad(np.zeros((40, 20), np.uint8), 20, constant_values=250)).save(path)


def test_drawings_lie_in_folders(tmp_path: Path) -> None:
    for name in ("pants/b.png", "pants/a.jpg", "pants/.hidden.png", "hat/c.png", "lamps/d.png"):
        picture(tmp_path / name)
    (tmp_path / "dress").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "README.md").touch()
    picture(tmp_path / "alone.png")
    picture(tmp_path / "pants" / "jeans" / "e.png")
    found = labelled_folders(tmp_path, CLOTHES)
    assert [(f.name, f.classes, len(f.drawings)) for f in found.folders] == [
        ("hat", set(), 1),
        ("pants", {1}, 2),
    ]
    assert (found.unknown, found.loose, found.nested) == (["lamps"], ["alone.png"], ["pants/jeans"])
    assert found.folders[0].drawings[0]().image.shape == (28, 28)


def test_drawings_lie_in_files_of_strokes_too(tmp_path: Path) -> None:
    picture(tmp_path / "pants" / "a.png")
    (tmp_path / "flip flops.ndjson").write_text(f"{STROKES}\n\n{STROKES}\r\nspoilt\n")
    (tmp_path / "things.ndjson").write_text(STROKES)
    found = labelled_folders(tmp_path, CLOTHES)
    folders = found.folders
    assert [(f.name, len(f.drawings)) for f in folders] == [("flip flops", 3), ("pants", 1)]
    assert found.unknown == ["things"]
    good, _, bad = folders[0].drawings
    assert good().image.max() > 100
    with pytest.raises(InputError, match=r"“flip flops\.ndjson, line 4” is not a drawing"):
        bad()
    assert folders[1].drawings[0]().image.max() > 100


def test_a_file_that_goes_away_is_a_sentence(tmp_path: Path) -> None:
    picture(tmp_path / "pants" / "a.png")
    (pants,) = labelled_folders(tmp_path, CLOTHES).folders
    (tmp_path / "pants" / "a.png").unlink()
    with pytest.raises(InputError, match=r"^a\.png cannot be read: No such file"):
        pants.drawings[0]()


def test_nothing_to_measure_says_what_was_expected(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no drawings in .* named .*ankle-boot.* or t-shirt.*\.$"):
        labelled_folders(tmp_path, CLOTHES)
    picture(tmp_path / "validation" / "pants" / "a.png")
    with pytest.raises(InputError, match=r"; found validation\.$"):
        labelled_folders(tmp_path, CLOTHES)
    picture(tmp_path / "b.png")
    with pytest.raises(InputError, match=r"; found validation, 1 loose drawing \(b\.png\)\.$"):
        labelled_folders(tmp_path, CLOTHES)
    with pytest.raises(InputError, match="cannot be opened: No such file"):
        labelled_folders(tmp_path / "gone", CLOTHES)
