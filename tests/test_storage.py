import hashlib
import os
import tempfile
import threading
from pathlib import Path

import numpy as np
import pytest

from fmnist import storage
from fmnist.exchange import exchange
from fmnist.leftovers import sweep
from fmnist.storage import (
    RowsOnDisk,
    adding_files,
    append_row,
    read_rows,
    replacing,
    replacing_folder,
    set_aside,
    sha256,
    stamp,
    write_rows,
    write_text,
)

SHA_OF_NONE = hashlib.sha256()


def test_replacing_moves_into_place_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.gz"
    with replacing(path) as first, replacing(path) as second:
        assert first != second
        first.write_bytes(b"first")
        second.write_bytes(b"second")
        assert not path.exists()
    assert path.read_bytes() == b"first"
    assert list(path.parent.iterdir()) == [path]


def test_replacing_leaves_everything_as_it_was_if_the_block_fails(tmp_path: Path) -> None:
    path = tmp_path / "file.gz"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), replacing(path) as temporary:
        temporary.write_bytes(b"half")
        raise KeyboardInterrupt
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_replaced_without_a_moment_without_one(tmp_path: Path) -> None:
    place = tmp_path / "model"
    if not exchange(*(Path(tempfile.mkdtemp(dir=tmp_path)) for _ in range(2))):
        pytest.skip("two folders cannot change places in one step here")
    done, missing = threading.Event(), []

    def read() -> None:
        while not done.is_set():
            try:
                (place / "card.json").read_bytes()
            except FileNotFoundError as error:
                missing.append(error)

    for number in range(200):
        with replacing_folder(place) as folder:
            (folder / "card.json").write_text(str(number))
        if not number:
            reader = threading.Thread(target=read)
            reader.start()
    done.set()
    reader.join()
    assert not missing
    assert (place / "card.json").read_text() == "199"
    assert not list(tmp_path.glob(".*"))


def test_a_folder_is_replaced_where_two_cannot_change_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "exchange", lambda *_: False)
    for number in range(2):
        with replacing_folder(tmp_path / "model") as folder:
            (folder / "card.json").write_text(str(number))
    assert (tmp_path / "model" / "card.json").read_text() == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_what_a_killed_process_left_is_swept_once_it_is_nobodys(tmp_path: Path) -> None:
    with replacing(tmp_path / "status.json") as file, replacing_folder(tmp_path / "model") as made:
        file.touch()
        names = [file.name, made.name]
    (tmp_path / "status.json").unlink()
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "half").touch()
    foreign = tmp_path / ".notes.part"
    foreign.touch()
    sweep(tmp_path)
    assert {*names, foreign.name} <= {path.name for path in tmp_path.iterdir()}, "still written to"
    for name in (*names, foreign.name):
        os.utime(tmp_path / name, (0, 0))
    with replacing_folder(tmp_path / "another"):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {"model", "another", foreign.name}


def test_what_earlier_versions_left_is_swept_too(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    theirs = [
        Path(tempfile.mkdtemp(prefix=".model-", dir=run)),
        Path(tempfile.mkdtemp(prefix=".model-old-", dir=run)),
        run / ".status.json-k3q_8x0z",
    ]
    theirs[2].touch(0o600)
    theirs[1].chmod(0o755)  # the model that was being replaced
    somebodys = run / ".model-v1_final"
    somebodys.mkdir()
    somebodys.chmod(0o755)
    for path in (*theirs, somebodys):
        os.utime(path, (0, 0))
    young = Path(tempfile.mkdtemp(prefix=".model-", dir=run))
    sweep(run)
    assert set(run.iterdir()) == {somebodys, young}


def test_set_aside_renames(tmp_path: Path) -> None:
    path = tmp_path / "file.gz"
    path.write_bytes(b"damaged")
    assert set_aside(path, stamp(path)) == tmp_path / "file.gz.damaged"
    assert [p.name for p in tmp_path.iterdir()] == ["file.gz.damaged"]


def test_set_aside_spares_a_file_that_another_process_has_just_put_there(tmp_path: Path) -> None:
    path = tmp_path / "file.gz"
    path.write_bytes(b"damaged")
    before = stamp(path)
    with replacing(path) as temporary:
        temporary.write_bytes(b"good")
    set_aside(path, before)
    assert path.read_bytes() == b"good"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    place = tmp_path / "model"
    place.mkdir()
    (place / "old").touch()
    with pytest.raises(KeyboardInterrupt), replacing_folder(place) as folder:
        (folder / "new").touch()
        raise KeyboardInterrupt
    assert [path.name for path in place.iterdir()] == ["old"]
    with replacing_folder(place) as folder:
        (folder / "new").touch()
        assert [path.name for path in place.iterdir()] == ["old"]
    assert [path.name for path in place.iterdir()] == ["new"]
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize("last", ["card.json", "model.keras", "a.txt"])
def test_the_file_that_vouches_for_the_others_comes_last(
    tmp_path: Path, last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[str] = []
    replace = Path.replace

    def recording(self: Path, target: Path) -> Path:
        moved.append(target.name)
        return replace(self, target)

    (tmp_path / "model").mkdir()
    monkeypatch.setattr(Path, "replace", recording)
    names = {"a.txt", "card.json", "model.keras", "z.txt"}
    with adding_files(tmp_path / "model", last=last) as folder:
        for name in names:
            (folder / name).touch()
    assert set(moved) == names
    assert moved[-1] == last


def test_text_is_written_in_one_step(tmp_path: Path) -> None:
    write_text(tmp_path / "t.json", "old")
    write_text(tmp_path / "t.json", "new")
    assert (tmp_path / "t.json").read_text() == "new"
    assert len(list(tmp_path.iterdir())) == 1


ROWS = [{"epoch": 1.0, "loss": 0.5}, {"epoch": 2.0, "loss": 0.25}]


def test_rows_come_back(tmp_path: Path) -> None:
    for row in ROWS:
        append_row(tmp_path / "t.csv", row)
    assert read_rows(tmp_path / "t.csv") == ROWS


def test_no_table_has_no_rows(tmp_path: Path) -> None:
    assert read_rows(tmp_path / "t.csv") == []


def test_half_a_row_is_not_read(tmp_path: Path) -> None:
    write_rows(tmp_path / "t.csv", ROWS)
    with (tmp_path / "t.csv").open("a") as file:
        file.write("3,0.")
    assert read_rows(tmp_path / "t.csv") == ROWS


def test_a_table_is_made_anew(tmp_path: Path) -> None:
    write_rows(tmp_path / "t.csv", ROWS)
    write_rows(tmp_path / "t.csv", ROWS[:1])
    assert read_rows(tmp_path / "t.csv") == ROWS[:1]
    write_rows(tmp_path / "t.csv", [])
    assert read_rows(tmp_path / "t.csv") == []


def test_rows_on_disk_are_those_of_the_array() -> None:
    array = np.random.default_rng(0).integers(0, 256, (9, 4, 5), np.uint8)
    rows = RowsOnDisk(array)
    assert len(rows) == 9
    wanted = np.array([7, 0, 7])
    np.testing.assert_array_equal(rows[wanted], array[wanted])
    assert rows[wanted[:0]].shape == (0, 4, 5)


def test_a_sum_is_of_the_file_as_it_is_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"one")
    assert sha256(path) == hashlib.sha256(b"one").hexdigest()
    path.write_bytes(b"two")  # as long, and perhaps in the same tick of the clock
    assert sha256(path) == hashlib.sha256(b"two").hexdigest()

    monkeypatch.setattr(storage, "_FRESH", 0)  # as if it were old
    read: list[object] = []

    def note(file: object, _: str) -> object:
        read.append(file)
        return SHA_OF_NONE

    monkeypatch.setattr(hashlib, "file_digest", note)
    (tmp_path / "link").symlink_to(path)
    assert sha256(path) == sha256(tmp_path / "link") == SHA_OF_NONE.hexdigest()
    assert len(read) == 1
    os.utime(path, (1, 1))
    sha256(path)
    assert len(read) == 2
