import io
import os
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from typer.testing import CliRunner

from fmnist import my_images as module
from fmnist.__main__ import cli
from fmnist.datasets import DATASETS
from fmnist.my_images import Collection, CollectionError, default_collection

FASHION = DATASETS["fashion-mnist"]


def picture(seed: int) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (28, 28), dtype=np.uint8)


@pytest.fixture
def mine(tmp_path: Path) -> Collection:
    return Collection(tmp_path / "mine", FASHION)


def _labels(collection: Collection) -> list[int | None]:
    return [item.label for item in collection.read()[0]]


def test_nothing_is_there_before_the_first_image(mine: Collection) -> None:
    assert mine.read() == ([], [])
    assert mine.find(picture(0)) is None
    assert zipfile.ZipFile(io.BytesIO(mine.as_zip())).namelist() == []
    assert not mine.folder.exists()


def test_it_keeps_image_label_and_kind(mine: Collection) -> None:
    mine.add(picture(0), 0, "photo")
    kept = mine.find(picture(0))
    assert kept is not None
    assert (kept.label, kept.kind) == (0, "photo")
    assert kept.path.parent == mine.folder / "t-shirt-top"
    np.testing.assert_array_equal(kept.image, picture(0))
    np.testing.assert_array_equal(Image.open(kept.path), picture(0))
    assert mine.find(picture(1)) is None


def test_none_of_the_ten_is_a_label_too(mine: Collection) -> None:
    mine.add(picture(0), None, "drawing")
    (item,), problems = mine.read()
    assert (item.label, item.kind, problems) == (None, "drawing", [])
    assert item.path.parent.name == "none-of-the-ten"


def test_the_newest_comes_first(mine: Collection) -> None:
    for label, time in ((3, 200), (1, 300), (2, 100)):
        os.utime(mine.add(picture(label), label, "photo").path, (time, time))
    assert _labels(mine) == [1, 3, 2]


def test_an_image_is_there_once_with_its_last_label(mine: Collection) -> None:
    for label in (3, 3, None, 9):
        mine.add(picture(0), label, "photo")
        assert _labels(mine) == [label]
    assert [path.name for path in mine.folder.iterdir() if path.is_dir()] == ["ankle-boot"]


def test_data_sets_have_labels_of_their_own(mine: Collection) -> None:
    digits = Collection(mine.folder.parent, DATASETS["mnist"])
    mine.add(picture(0), 1, "drawing")
    digits.add(picture(0), 7, "drawing")
    assert (_labels(mine), _labels(digits)) == ([1], [7])
    assert digits.read()[0][0].path.parent.name == "7"


def test_removing(mine: Collection) -> None:
    first, second = (mine.add(picture(seed), seed, "photo") for seed in (0, 1))
    mine.remove(first)
    mine.remove(first)  # somebody else was quicker
    assert _labels(mine) == [1]
    mine.remove(second)
    assert _labels(mine) == []
    assert not [path for path in mine.folder.iterdir() if path.is_dir()]


def test_what_somebody_put_there_belongs_to_it_as_far_as_it_can_be_read(mine: Collection) -> None:
    for name in ("jacket/mine.png", "shoes/which.png", "notes/some.png"):
        (mine.folder / name).parent.mkdir(parents=True)
        Image.fromarray(picture(1)).save(mine.folder / name)
    (mine.folder / "jacket/notes.png").write_bytes(b"these are notes")
    Image.new("L", (40, 28)).save(mine.folder / "jacket/wide.png")
    (mine.folder / "jacket/folder").mkdir()
    (mine.folder / "jacket/.hidden.png").write_bytes(b"")
    (item,), problems = mine.read()
    assert (item.label, item.kind) == (4, "image")
    assert len(problems) == 3
    assert "“folder” cannot be read: Is a directory." in problems
    assert any("“notes.png” is not an image" in problem for problem in problems)
    assert any("“wide.png” has 40 × 28 pixels" in problem for problem in problems)
    assert zipfile.ZipFile(io.BytesIO(mine.as_zip())).namelist() == [
        "fashion-mnist/jacket/mine.png"
    ]


def test_a_file_that_vanishes_while_it_is_read_is_left_out(
    mine: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = mine.add(picture(0), 0, "photo")
    mine.add(picture(1), 1, "photo")
    listed = list(mine._files())
    mine.remove(gone)
    monkeypatch.setattr(mine, "_files", lambda: iter(listed))
    assert _labels(mine) == [1]
    assert mine.read()[1] == []
    assert mine.find(picture(0)) is None


def test_the_zip_holds_what_lies_on_disk(mine: Collection) -> None:
    items = [mine.add(picture(0), 9, "photo"), mine.add(picture(1), None, "drawing")]
    os.utime(items[0].path, (0, 0))  # older than the zip format
    with zipfile.ZipFile(io.BytesIO(mine.as_zip())) as archive:
        assert {Path(name).parent.as_posix() for name in archive.namelist()} == {
            "fashion-mnist/ankle-boot",
            "fashion-mnist/none-of-the-ten",
        }
        for item in items:
            name = item.path.relative_to(mine.folder.parent).as_posix()
            assert archive.read(name) == item.path.read_bytes()


def test_a_full_collection_says_so_and_still_takes_new_labels(
    mine: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    for seed in (0, 1):
        mine.add(picture(seed), seed, "photo")
    with pytest.raises(CollectionError, match="holds 2 images and is full"):
        mine.add(picture(2), 2, "photo")
    mine.add(picture(0), 5, "photo")
    assert sorted(map(str, _labels(mine))) == ["1", "5"]


@pytest.mark.parametrize(
    "image", [np.zeros((28, 28)), np.zeros((28, 28, 1), np.uint8), np.zeros((56, 14), np.uint8)]
)
def test_what_is_no_image_is_refused(mine: Collection, image: NDArray[np.uint8]) -> None:
    with pytest.raises(ValueError, match="Expected uint8"):
        mine.add(image, 0, "photo")
    assert not mine.folder.exists()


def test_a_disk_that_refuses_is_a_sentence(mine: Collection) -> None:
    mine.folder.parent.write_text("a file where the folder would be")
    with pytest.raises(CollectionError, match=r"cannot be changed: (Not a directory|File exists)"):
        mine.add(picture(0), 0, "photo")


def test_sessions_that_label_one_image_at_once_leave_one(mine: Collection) -> None:
    def label(number: int) -> None:
        Collection(mine.folder.parent, FASHION).add(picture(0), number % 10, "photo")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(label, range(80)))
    assert len(mine.read()[0]) == 1
    assert not list(mine.folder.glob("*/.*")), "what was half written is still there"


def test_processes_take_turns(mine: Collection) -> None:
    code = """
import sys
from pathlib import Path
import numpy as np
from fmnist.my_images import Collection
from fmnist.datasets import DATASETS
mine = Collection(Path(sys.argv[1]), DATASETS["fashion-mnist"])
for number in range(20):
    item = mine.add(np.full((28, 28), number, np.uint8), int(sys.argv[2]), "photo")
    if number % 2:
        mine.remove(item)
"""
    command = [sys.executable, "-c", code, str(mine.folder.parent)]
    processes = [subprocess.Popen([*command, str(label)]) for label in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    items, problems = mine.read()
    assert problems == []
    kept = [int(item.image[0, 0]) for item in items]
    assert set(range(0, 20, 2)) <= set(kept)
    assert len(kept) == len(set(kept))


def test_the_command_line_reads_the_folder(mine: Collection, models_folder: Path) -> None:
    mine.add(picture(0), 9, "photo")
    result = CliRunner().invoke(cli, ["classify", str(mine.folder), "--kind", "image"])
    assert result.exit_code == 0, result.output
    assert "ankle-boot/photo-" in result.stdout


def test_its_place_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FMNIST_MY_IMAGES_DIR", str(tmp_path / "elsewhere"))
    assert default_collection(FASHION).folder == tmp_path / "elsewhere" / "fashion-mnist"
    monkeypatch.delenv("FMNIST_MY_IMAGES_DIR")
    beside = Path(module.__file__).parents[1] / "my-images" / "fashion-mnist"
    assert default_collection(FASHION).folder == beside
