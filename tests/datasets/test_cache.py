import os
import tempfile
from pathlib import Path

import pytest

from fmnist.storage import keras_folders, replacing, set_aside, stamp


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


def test_set_aside_renames(tmp_path: Path) -> None:
    path = tmp_path / "file.gz"
    path.write_bytes(b"damaged")
    assert set_aside(path, stamp(path)) == tmp_path / "file.gz.damaged"
    assert [p.name for p in tmp_path.iterdir()] == ["file.gz.damaged"]


def test_set_aside_spares_a_file_that_another_process_has_just_put_there(tmp_path: Path) -> None:
    path = tmp_path / "file.gz"
    path.write_bytes(b"damaged")
    seen = stamp(path)
    with replacing(path) as temporary:
        temporary.write_bytes(b"good")
    set_aside(path, seen)
    assert path.read_bytes() == b"good"
    assert list(tmp_path.iterdir()) == [path]
