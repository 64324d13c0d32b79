"""How long people wait when many are here: visits over real websockets, a click every ten seconds.

Nine clicks in ten are on another image of Images, which is answered anew; one opens another page.
"""

import os
import random
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

import numpy as np
import psutil

from benchmarks.figure import Figure
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run
from fmnist.training.status import State
from tests.browser.server import Served, serving
from tests.visitor import Visitor

PEOPLE = (10, 50, 100)
_PAUSE = 10  # seconds
_CLICKS = 6
_PAGES = ("draw", "photo", "learn", "data", "inside", "models")
# Milliseconds that 95 of 100 clicks should not exceed, alone and beside a training.
_TARGETS = {50: (150, 300), 100: (400, 800)}


def measure(people: Sequence[int] = PEOPLE, train: bool | None = None) -> list[Figure]:
    """Let so many people at once use an app that is served for them.

    Args:
        people: how many.
        train: whether a network is trained beside it on the same machine; None for both.
    """
    return [
        figure
        for training in ((False, True) if train is None else (train,))
        for n in people
        for figure in _measure(n, training)
    ]


def _measure(people: int, training: bool) -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        busy = os.getloadavg()[0]
        # The trained network is not to be found in anybody's store.
        with serving(folder / "log.txt", {"FMNIST_RUNS_DIR": str(folder / "runs")}) as served:
            served.wait()
            with Visitor(served.url) as first:  # what is loaded once is loaded
                for page in ("", *_PAGES):
                    first.open(page)
            with _training(folder / "runs") if training else nullcontext():
                waits = clicks(served, people)
            memory = psutil.Process(served.process.pid).memory_info().rss / 1e6
    who = f"{people} people{', beside a training' if training else ''}"
    half, most = (float(np.percentile(waits, q)) for q in (50, 95))
    target = _TARGETS.get(people, (None, None))[training]
    return [
        Figure(
            f"{who}: half of the clicks (load of the machine before: {busy:.1f})", half, "ms", None
        ),
        Figure(f"{who}: 95 of 100 clicks", most, "ms", target, tuple(round(w) for w in waits)),
        Figure(f"{who}: web process", memory, "MB", None),
    ]


def clicks(served: Served, people: int) -> list[float]:
    """Return the milliseconds from each click to the end of what the app draws for it."""
    waits: list[float] = []
    problems: list[str] = []
    everybody_is_here = threading.Barrier(people)

    def visit(number: int) -> None:
        dice = random.Random(number)
        try:
            time.sleep(_PAUSE * number / people)
            with Visitor(served.url) as visitor:
                visitor.open()
                image = visitor.widget("number_input", "Image number")
                everybody_is_here.wait()
                beat = time.perf_counter() + _PAUSE * dice.random()
                for click in range(_CLICKS):
                    time.sleep(max(0, beat + click * _PAUSE - time.perf_counter()))
                    started = time.perf_counter()
                    if dice.random() < 0.1:
                        visitor.open(dice.choice(_PAGES))
                    else:
                        visitor.set(image, int_value=dice.randrange(10_000))
                    waits.append(1000 * (time.perf_counter() - started))
        except Exception as error:
            everybody_is_here.abort()
            problems.append(repr(error))

    visits = [threading.Thread(target=visit, args=(number,)) for number in range(people)]
    for each in visits:
        each.start()
    for each in visits:
        each.join()
    if problems:
        raise RuntimeError(f"{len(problems)} of {people} visits failed: {problems[0]}")
    return waits


@contextmanager
def _training(runs: Path) -> Iterator[None]:
    """Train a network meanwhile, as somebody on the Train page does."""
    run = Run.create(Configuration("cnn", epochs=100), runs)
    run.start()
    while run.status().state in (State.WAITING, State.STARTING):
        time.sleep(0.5)
    assert run.status().state is State.TRAINING, run.log()
    try:
        yield
        assert run.status().state is State.TRAINING, run.log()
    finally:
        run.stop()
        while not run.status().state.over:
            time.sleep(0.5)
