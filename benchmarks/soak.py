"""Soak test: visitors who do anything at all, for long; whether the app fails or takes memory.

``python -m benchmarks.soak --minutes 60 --seed 0`` exits 1 if it does either.
"""

import argparse
import random
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from benchmarks.figure import Figure
from benchmarks.row import table
from tests.browser.server import Served, serving
from tests.visitor import Visitor

_VISITORS = 4
_STAY = 25  # actions, after which a visitor leaves and another comes
# The first part fills the caches; the last is held against the second. A minute would not do for a
# part: what a photo takes for a moment is a fifth of all.
_PARTS = 5
# Whoever trains or removes something is another matter.
_BUTTONS = ("Next", "Previous", "Random", "Clear")


def measure(minutes: float, seed: int) -> list[Figure]:
    """Let visitors do what dice say, on every page, for so many minutes.

    Raises:
        RuntimeError: if the app fails at an action; it names the seed and what led there.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {f"FMNIST_{what}_DIR": str(folder / what) for what in ("RUNS", "MY_IMAGES")}
        with serving(folder / "log.txt", environment) as served:
            served.wait()
            process = psutil.Process(served.process.pid)
            end = time.monotonic() + 60 * minutes
            soak = Soak(served, seed, end)
            soak.start()
            time.sleep(60 * minutes / _PARTS)
            memory = [process.memory_info().rss / 1e6]
            while soak.running:
                time.sleep(1)
                memory.append(process.memory_info().rss / 1e6)
            if soak.problems:
                raise RuntimeError(f"With the seed {seed}: {soak.problems[0]}")
            if "Traceback" in (log := (folder / "log.txt").read_text()):
                raise RuntimeError(f"With the seed {seed}:\n{log[-4000:]}")
    medians = [float(np.median(part)) for part in np.array_split(memory, _PARTS - 1)]
    limits = [None] * (len(medians) - 1) + [round(1.1 * medians[0])]
    return [
        Figure(f"{minutes:g} minutes: actions without an error", soak.actions, "actions", None),
        *(
            Figure(f"web process, median of part {part} of {_PARTS}", found, "MB", limit)
            for part, (found, limit) in enumerate(zip(medians, limits, strict=True), 2)
        ),
        Figure("web process, at most", max(memory), "MB", None),
    ]


class Soak:
    """Visitors in threads, until a moment of the monotonic clock.

    Attributes:
        actions: how many went well.
        problems: what did not, with what led there.
    """

    def __init__(self, served: Served, seed: int, end: float) -> None:
        self._served, self._seed, self._end = served, seed, end
        self._threads = [threading.Thread(target=self._stay, args=(n,)) for n in range(_VISITORS)]
        self.actions = 0
        self.problems: list[str] = []

    def start(self) -> None:
        """Let them come."""
        for thread in self._threads:
            thread.start()

    @property
    def running(self) -> bool:
        """Whether somebody is still here."""
        return any(thread.is_alive() for thread in self._threads)

    def _stay(self, number: int) -> None:
        dice = random.Random(f"{self._seed}-{number}")
        while time.monotonic() < self._end and not self.problems:
            done = []
            try:
                with Visitor(self._served.url) as visitor:
                    visitor.open()
                    for _ in range(_STAY):
                        if time.monotonic() > self._end:
                            return
                        done.append(_act(visitor, dice))
                        self.actions += 1
            except Exception as error:
                self.problems.append(f"{error!r} after {done}")
                return


def _act(visitor: Visitor, dice: random.Random) -> str:
    """Open a page or set a widget; returns what was done.

    Raises:
        RuntimeError: if the app shows an exception.
    """
    offered = [(e, value) for kind, e in visitor.elements if (value := _value(kind, e, dice))]
    if not offered or dice.random() < 0.2:
        page = dice.choice(sorted(visitor.pages))
        visitor.open(page)
        said = f"open {page!r}"
    else:
        element, value = dice.choice(offered)
        visitor.set(element.id, **value)
        said = f"{element.id}: {value}"
    if failed := [e for kind, e in visitor.elements if kind == "exception"]:
        raise RuntimeError(f"{said}: {failed[0].message}")
    return said


def _value(kind: str, element: Any, dice: random.Random) -> dict[str, Any] | None:
    """Return what a person may set a widget to; None if it is not one, or better left alone."""
    if getattr(element, "disabled", False) or getattr(element, "form_id", ""):
        return None
    match kind:
        case "number_input" if element.data_type == element.INT:
            most = element.max if element.has_max else 100
            return {"int_value": dice.randint(int(element.min), int(most))}
        case "selectbox" if element.options and element.label != "Your label":
            return {"string_value": dice.choice(list(element.options))}
        case "button_group" if element.options and len(element.raw_values) <= 1:
            return {"string_array_value": {"data": [dice.choice(element.options).content]}}
        case "pagination":
            return {"int_value": dice.randint(1, element.num_pages)}
        case "checkbox":
            return {"bool_value": dice.random() < 0.5}
        case "slider":
            return {"double_array_value": {"data": [dice.uniform(element.min, element.max)]}}
        case "button" if element.label.startswith(_BUTTONS):
            return {"trigger_value": True}
    return None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    figures = measure(**vars(parser.parse_args()))
    print("\n".join(table(figures)))
    sys.exit(any(figure.met is False for figure in figures))
