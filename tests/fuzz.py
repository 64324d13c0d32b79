"""``python -m tests.fuzz [N]``: hostile files, made by spoiling good ones, each from a seed.

Every kind of file that people bring is answered or refused with a sentence; anything else, and
any memory without bound, is a defect. The same seed spoils a file in the same way.
"""

import hashlib
import json
import random
import resource
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image

from fmnist.datasets import DATASETS
from fmnist.datasets.files import Files, read_part
from fmnist.datasets.formats import kaggle
from fmnist.models.folder import read_entry
from fmnist.preprocessing import READERS, InputError
from fmnist.training.runs import list_runs, unreadable_runs
from tests.finished_run import make_finished_run
from tests.small_dataset import idx_bytes, make_split

_MODEL = Path(__file__).parents[1] / "models" / "dense"
_CLASSES = DATASETS["fashion-mnist"].class_names
# What stands in a text for something that was sound.
_STRANGE = [
    *(
        b"null",
        b"-1",
        b"1e999",
        b"NaN",
        b"[]",
        b"{}",
        b'""',
        b"true",
        b"9" * 400,
        b"\0",
        b'"',
        b"\n",
    ),
    *("😀".encode(), b"\xff\xfe", b"[" * 5000, b'{"a":' * 5000, b"../../etc/passwd", b"<html>"),
]


@dataclass
class Outcome:
    """What became of the files of one kind.

    Attributes:
        counts: of those "answered" and "refused".
        crashes: the name and seed of each that was neither, with the error.
    """

    counts: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)


def spoil(data: bytes, seed: int) -> bytes:
    """Change a file in one to four places: bits, a cut, a part doubled, gone or of another kind."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        # Half of all changes are in what begins a file, which says what the rest is.
        reach = min(len(data), 64) if chance.random() < 0.5 else len(data)
        start = chance.randrange(reach + 1)
        end = min(len(data), start + chance.choice((1, 2, 4, 8, 100)))
        middle = chance.choice(
            [
                bytes(chance.randrange(256) for _ in data[start:end]),
                bytes(end - start),
                b"\xff" * (end - start),
                b"",
                data[start:end] * 2,
                chance.choice(_STRANGE),
            ]
        )
        data = data[:start] + middle + data[end:]
        if chance.random() < 0.1:
            data = data[: chance.randrange(len(data) + 1)]
    return data


def pictures(folder: Path) -> Iterator[tuple[str, Callable[[bytes], bool]]]:
    """Yield pictures of each format, written into a folder, with what reads one."""
    picture = Image.effect_noise((60, 40), 30).convert("RGB")
    picture.paste((20, 40, 90), (15, 8, 45, 34))
    for form in ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF"):
        picture.save(folder / form, form)
    picture.save(folder / "progressive", "JPEG", progressive=True)
    picture.save(folder / "moving", "WEBP", save_all=True, append_images=[picture.rotate(9)])
    pillow_heif.from_pillow(picture).save(folder / "HEIC")

    def read(data: bytes) -> bool:
        return READERS["photo"](data, "picture").image.shape == (28, 28)

    return ((path.name, read) for path in sorted(folder.iterdir()))


def data_files(folder: Path) -> Iterator[tuple[str, Callable[[bytes], bool]]]:
    """Yield the files of a data set in each form."""
    images, labels = make_split(20, seed=0)
    (folder / "images").write_bytes(idx_bytes(images))
    (folder / "labels.csv").write_bytes(b"".join(kaggle.written(images, labels)))
    np.savez_compressed(folder / "both.npz", x_test=images, y_test=labels)
    shutil.make_archive(str(folder / "table.csv"), "zip", folder, "labels.csv")

    def reader(path: Path) -> Callable[[bytes], bool]:
        def read(data: bytes) -> bool:
            path.write_bytes(data)
            if path.suffix:
                return bool(len(Files("test", path, path).read(_CLASSES).labels))
            return bool(len(read_part(path, "images")))

        return read

    return ((path.name, reader(path)) for path in sorted(folder.iterdir()))


def models(folder: Path) -> Iterator[tuple[str, Callable[[bytes], bool]]]:
    """Yield the files of a model that are looked at before it is loaded."""
    shutil.copytree(_MODEL, folder / "model")

    def reader(path: Path) -> Callable[[bytes], bool]:
        def read(data: bytes) -> bool:
            path.write_bytes(data)
            if path.name == "model.keras":  # as if its maker had spoilt it
                card = json.loads((path.parent / "card.json").read_text())
                card["sha256"][path.name] = hashlib.sha256(data).hexdigest()
                (path.parent / "card.json").write_text(json.dumps(card))
            return not read_entry(path.parent).problem

        return read

    names = ("card.json", "model.keras")
    return ((name, reader(folder / "model" / name)) for name in names)


def runs(folder: Path) -> Iterator[tuple[str, Callable[[bytes], bool]]]:
    """Yield the files of a run."""
    run = make_finished_run(folder, _MODEL)

    def reader(path: Path) -> Callable[[bytes], bool]:
        def read(data: bytes) -> bool:
            path.write_bytes(data)
            for each in list_runs(folder):
                each.status(), each.history(), each.curve(), each.result(), each.log()
            return not unreadable_runs(folder)

        return read

    files = [path for path in sorted(run.folder.iterdir()) if path.is_file()]
    return ((path.name, reader(path)) for path in files)


KINDS = {"pictures": pictures, "data files": data_files, "models": models, "runs": runs}


def fuzz(kind: str, seeds: range) -> Outcome:
    """Spoil each file of a kind with each seed, and let it be read."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as place:
        for name, read in KINDS[kind](Path(place)):
            path = next(path for path in Path(place).rglob(name) if path.is_file())
            good = path.read_bytes()
            assert read(good), f"{name} is refused before it is spoilt"
            for seed in seeds:
                try:
                    outcome.counts["answered" if read(spoil(good, seed)) else "refused"] += 1
                except (InputError, ValueError) as error:
                    # A damaged file is an error of value with a sentence of ours, not of a library.
                    if type(error).__module__.startswith("fmnist."):
                        outcome.counts["refused"] += 1
                    else:
                        outcome.crashes.append(f"{name}, seed {seed}: {error!r}")
                except Exception as error:
                    outcome.crashes.append(f"{name}, seed {seed}: {error!r}")
            path.write_bytes(good)
    return outcome


def main(n: int) -> int:
    """Spoil each file in so many ways, print what became of them, and return how many crashed."""
    crashed = 0
    for kind in KINDS:
        outcome = fuzz(kind, range(n))
        crashed += len(outcome.crashes)
        # On Linux in kilobytes.
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{kind}: {outcome.counts['answered']:,} answered, {outcome.counts['refused']:,} "
            f"refused, {len(outcome.crashes)} crashed; peak memory so far {peak:.0f} MB",
            *outcome.crashes,
            sep="\n  ",
            flush=True,
        )
    return crashed


if __name__ == "__main__":
    raise SystemExit(min(main(int(sys.argv[1]) if sys.argv[1:] else 300), 1))
