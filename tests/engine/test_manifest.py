import os
from pathlib import Path

import pandas as pd
import pytest

from fmnist.engine import EngineError
from fmnist.engine.manifest import read_manifest


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with two pictures, a hidden one, and a folder that is passed over."""
    for name in ("b.png", "a/c.png", ".d.png", "out.parquet/part-000000.parquet"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def read(source: Path) -> dict[str, str]:
    table = read_manifest(source, Path("out.parquet"))
    return dict(
        zip(table["id"].to_pylist(), map(os.fsdecode, table["path"].to_pylist()), strict=True)
    )


def test_of_a_folder_the_ids_are_the_paths_within_it(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(source)
    expected = {"a/c.png": f"{source}/a/c.png", "b.png": f"{source}/b.png"}
    assert read(source) == read(Path()) == expected


@pytest.mark.parametrize("name", ["list.txt", "list.csv", "list.parquet"])
def test_a_list_says_where_pictures_are_seen_from_it(name: str, source: Path) -> None:
    path = source / name
    if name == "list.txt":
        path.write_text("\ufeffa/c.png\r\n\n/elsewhere/e.png\n", encoding="utf-8")
        ids = ["a/c.png", "/elsewhere/e.png"]
    else:
        ids = ["7", "8"]
        frame = pd.DataFrame({"id": [7, 8], "kind": "x", "path": ["a/c.png", "/elsewhere/e.png"]})
        frame.to_csv(path, index=False) if name == "list.csv" else frame.to_parquet(path)
    assert read(path) == dict(zip(ids, (f"{source}/a/c.png", "/elsewhere/e.png"), strict=True))


def test_names_that_are_no_text_are_kept(source: Path) -> None:
    path = source / "list.txt"
    path.write_bytes(b"caf\xe9.png\n")
    assert read(path) == {"caf\\udce9.png": os.fsdecode(bytes(source) + b"/caf\xe9.png")}


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("gone.txt", None, "gone.txt cannot be read: No such file"),
        ("list.jpg", b"", "neither a folder nor a list: expected a file .txt, .csv, .parquet"),
        ("list.txt", b"\n", "names no pictures"),
        ("list.csv", b"file\na.png\n", "expected a column path, and perhaps one id"),
        ("list.parquet", b"no", "list.parquet cannot be read"),
        ("list.txt", b"a.png\na.png\nb.png\n", "1 ids more than once, 'a.png' say"),
    ],
)
def test_what_is_no_list_is_a_sentence(
    name: str, content: bytes | None, sentence: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(EngineError, match=sentence):
        read(tmp_path / name)
