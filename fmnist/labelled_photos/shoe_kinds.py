"""Kinds of shoes, looked at one by one: a table ``shoe-kinds.csv`` beside the folders of photos."""

import csv
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from fmnist.labelled_photos.words import classes_of
from fmnist.preprocessing import InputError

FILE = "shoe-kinds.csv"
OTHER = "other"  # a ballerina, a pump, a loafer: of the three classes of shoes each is fair


def shoe_kinds(root: Path, class_names: Sequence[str]) -> dict[str, frozenset[int]]:
    """Read the kinds of the shoes among photos from the table at, or one or two levels above, them.

    The table has the columns ``file``, from where it lies and with ``/``, and ``kind``: the name
    of a class, as ``ankle-boot``, or ``other``; several joined by ``|`` where each is fair.

    Returns:
        For each file, named from the root, the indices of the classes that are right; nothing
        without a table, or if a shoe is none of the classes.

    Raises:
        InputError: if the table cannot be read or names a kind that is none.
    """
    root = root.resolve()
    above = islice(root.parents, 2)
    places = [place for place in (root, *above) if (place / FILE).is_file()]
    if not places or not classes_of("shoe", class_names):
        return {}
    inside = root.relative_to(places[0]).as_posix()
    prefix = "" if inside == "." else f"{inside}/"
    return {
        file.removeprefix(prefix): _right(kind, places[0] / FILE, file, class_names)
        for file, kind in read_table(places[0] / FILE, "file", "kind")
        if file.startswith(prefix)
    }


def read_table(path: Path, *columns: str) -> list[tuple[str, ...]]:
    """Read columns of a table as CSV, UTF-8, its first line the names of the columns.

    Raises:
        InputError: if it cannot be read or lacks one of them.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, restval=""))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read: {error}.") from error
    if rows and not set(columns) <= set(rows[0]):
        raise InputError(
            f"{path} has the columns {', '.join(map(str, rows[0]))}. "
            f"Expected {' and '.join(columns)}."
        )
    return [tuple(row[column] for column in columns) for row in rows]


def _right(kind: str, path: Path, file: str, class_names: Sequence[str]) -> frozenset[int]:
    shoes = classes_of("shoe", class_names) or frozenset()
    found = [shoes if name == OTHER else classes_of(name, class_names) for name in kind.split("|")]
    right = frozenset[int]().union(*(classes or () for classes in found))
    if not all(found) or not right <= shoes:
        own = ", ".join(sorted(class_names[index] for index in shoes))
        raise InputError(
            f"{path} calls {file} “{kind}”, which is no kind of shoes. Expected {own} or {OTHER}, "
            "or several joined by “|”."
        )
    return right
