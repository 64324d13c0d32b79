"""``python -m benchmarks [NAME]...``: measure, print, and write a table beside this file."""

import argparse
import json
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import psutil

from benchmarks import BENCHMARKS
from benchmarks.figure import NotMeasuredError
from benchmarks.row import Row, table

_HERE = Path(__file__).parent


def main(arguments: list[str]) -> None:
    """Run the benchmarks of these names, or all; one that cannot be run leaves its table alone."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument(
        "--people",
        type=lambda text: [int(n) for n in text.split(",")],
        metavar="10,50,100",
        help="of load: how many at once",
    )
    parser.add_argument("--train", action="store_true", default=None, help="of load: with a run")
    given = vars(parser.parse_args(arguments))
    names = given.pop("names")
    options = {"load": {name: value for name, value in given.items() if value is not None}}
    unknown = set(names) - set(BENCHMARKS)
    if unknown:
        raise SystemExit(f"Expected among {', '.join(BENCHMARKS)}; got {', '.join(unknown)}.")
    for name in names or BENCHMARKS:
        try:
            figures = BENCHMARKS[name](**options.get(name, {}))
        except NotMeasuredError as error:
            print(f"{name}: {error}", file=sys.stderr)
            continue
        if picture := figures[0].picture():
            (_HERE / f"{name}.svg").write_text(picture, encoding="utf-8")
        text = _table(name, figures, [f"![{name.capitalize()}]({name}.svg)", ""] if picture else [])
        print(text)
        (_HERE / f"{name}.md").write_text(text, encoding="utf-8")
        record = {"machine": _machine(), "figures": [asdict(figure) for figure in figures]}
        (_HERE / f"{name}.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def _table(name: str, figures: Sequence[Row], picture: Sequence[str]) -> str:
    return "\n".join(
        [
            f"# {name.capitalize()}",
            "",
            f"`python -m benchmarks {name}`, {datetime.now(UTC):%d %B %Y}, {_machine()}.",
            figures[0].NOTE,
            "",
            *picture,
            *table(figures),
            "",
        ]
    )


def _machine() -> str:
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{psutil.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
