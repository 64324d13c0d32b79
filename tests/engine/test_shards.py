"""A table of shards, filled in this process."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from fmnist.engine import EngineError
from fmnist.engine.attempts import HOPELESS
from fmnist.engine.pictures import Pictures
from fmnist.engine.shards import ShardedTable
from fmnist.storage import stamp

_ABOUT = {"model": "cnn"}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "list.txt").write_text("".join(f"{number}.png\n" for number in range(20)))
    return tmp_path / "list.txt"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.parquet"


def answering() -> Callable[[Path], list[list[str]]]:
    def answer(path: Path) -> list[list[str]]:
        if path.stem == "3":
            raise MemoryError
        return [[path.stem, "Bag", ""]]

    return answer


def fill(source: Path, out: Path, about: dict[str, str] = _ABOUT) -> list[int]:
    """Fill a table and return the shards that were missing."""
    with ShardedTable.filling(out) as table:
        table.plan(source, about)
        missing = table.missing()
        columns, texts = ("number", "label", "error"), frozenset({"label", "error"})
        do = Pictures(table.folder, columns, texts, answering).open()
        assert sum(map(do, missing)) == table.size(missing)
        return missing


def test_a_folder_of_parquet_with_a_row_for_each_id(source: Path, out: Path) -> None:
    assert fill(source, out) == [0, 1, 2], "shards of 8"
    table = pd.read_parquet(out).set_index("id")
    assert list(table.columns) == ["file", "number", "label", "error"]
    assert sorted(table.index) == sorted(f"{number}.png" for number in range(20))
    assert table.loc["7.png", "file"] == str(source.parent / "7.png")
    assert table.loc["7.png", "number"] == 7
    assert pd.isna(table.loc["7.png", "error"])
    bad = table.loc["3.png"]
    assert bad["error"] == "3.png cannot be read: MemoryError: "
    assert pd.isna(bad["number"]) and pd.isna(bad["label"])


def test_what_is_there_is_not_done_again(source: Path, out: Path) -> None:
    fill(source, out)
    before = stamp(out / "part-000000.parquet")
    (out / "part-000001.parquet").unlink()
    (out / "part-000002.parquet").write_bytes(b"")
    (out / ".part-000001.parquet.0.part").touch()
    assert fill(source, out) == [1, 2], "one that is spoilt is not there"
    assert len(pd.read_parquet(out)) == 20
    assert stamp(out / "part-000000.parquet") == before
    assert not list(out.glob(".*.part"))


def test_what_is_new_comes_in_new_shards(source: Path, out: Path) -> None:
    fill(source, out)
    source.write_text("20.png\n5.png\n")
    assert fill(source, out) == [3]
    table = pd.read_parquet(out)
    assert sorted(table["number"].dropna()) == [number for number in range(21) if number != 3]


def test_other_settings_or_another_folder_are_a_sentence(source: Path, out: Path) -> None:
    fill(source, out)
    with pytest.raises(EngineError, match=r"begun with other settings .*model: 'cnn'"):
        fill(source, out, {"model": "dense"})
    with pytest.raises(EngineError, match="is something else: name a new folder"):
        fill(source, source.parent)
    with pytest.raises(EngineError, match=r"list.txt cannot be written: File exists"):
        fill(source, source)


def test_two_do_not_fill_it_at_once(source: Path, out: Path) -> None:
    with ShardedTable.filling(out), pytest.raises(EngineError, match="filled by another process"):
        fill(source, out)


def test_a_picture_that_kills_is_given_up(source: Path, out: Path) -> None:
    """As after workers that have died at place 5 of shard 0, and at others of shard 1."""
    table = ShardedTable(out)
    out.mkdir()
    table.plan(source, _ABOUT)
    for number in range(HOPELESS):
        for shard, last in ((0, 5), (1, number)):
            attempts = table.attempts(shard)
            assert all(attempts.begins(place) for place in range(last + 1))
            attempts.close()
    fill(source, out)
    errors = pd.read_parquet(out).set_index("id")["error"].dropna()
    assert set(errors.index) == {"3.png", "5.png"}
    assert "5.png has ended each process that read it" in errors["5.png"]
    assert not list(out.glob(".attempts-*"))


def test_whoever_ends_it_says_nothing_of_the_pictures_in_hand(source: Path, out: Path) -> None:
    with pytest.raises(KeyboardInterrupt), ShardedTable.filling(out) as table:
        table.plan(source, _ABOUT)
        table.attempts(0).begins(0)
        assert (out / ".attempts-000000").exists()
        raise KeyboardInterrupt
    assert not list(out.glob(".attempts-*"))
