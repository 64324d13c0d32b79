"""A small made-up folder of sources, in the layouts that real ones have."""

import json
from pathlib import Path

import numpy as np
from PIL import Image

# Of the 59 words of the real collection those that the tests need; 0 is ground.
WORDS = ["null", "jeans", "scarf", "hat", "heels", "cardigan", "bag"]


def photo(path: Path, size: tuple[int, int] = (40, 60)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, "gray").save(path)
    return path


def shoe_table(path: Path, rows: dict[str, str]) -> None:
    lines = [f"{file},{kind}" for file, kind in rows.items()]
    path.write_text("\n".join(["file,kind", *lines]) + "\n", encoding="utf-8")


def street(folder: Path, tags: dict[str, str], masks: dict[str, np.ndarray]) -> None:
    """Write a street folder: a photo for each row of tags, a mask where there is one."""
    (folder / "masks").mkdir(parents=True)
    rows = [f"{stem},{words}" for stem, words in tags.items()]
    (folder / "tags.csv").write_text("\n".join(["photo,tags", *rows]), encoding="utf-8")
    (folder / "labels.json").write_text(json.dumps(WORDS), encoding="utf-8")
    for stem in tags:
        photo(folder / "photos" / f"{stem}.jpg")
    for stem, mask in masks.items():
        Image.fromarray(mask.astype(np.uint8)).save(folder / "masks" / f"{stem}.png")
