"""Local executor: worker processes of this machine, each at one item, each replaced if it dies."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import Any

from fmnist.engine.work import DEATHS, AnyItem, AnyResult, EngineError, Work, as_sentence

# Nothing of ours is shared with the driver, so that either may die without hurting the other.
_processes = multiprocessing.get_context("spawn")


class LocalExecutor:
    """Does work in processes of this machine.

    Args:
        workers: how many at once; None for as many as there are cores.
    """

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or os.cpu_count() or 1

    def map(self, work: Work[AnyItem, AnyResult], items: Sequence[AnyItem]) -> Iterator[AnyResult]:
        """Do every item, see ``Executor.map``."""
        waiting, deaths = deque(items), 0
        workers: dict[Connection, _Worker] = {}
        try:
            while waiting or workers:
                while waiting and len(workers) < self.workers:
                    worker = _Worker.start(work)
                    worker.give(waiting.popleft())
                    workers[worker.ours] = worker
                for ready in wait(list(workers)):
                    worker = workers[ready]  # type: ignore[index]
                    try:
                        result, problem = worker.ours.recv()
                    except (EOFError, OSError):
                        waiting.appendleft(worker.item)
                        deaths += 1
                        if deaths == DEATHS:
                            raise EngineError(_died(worker.process)) from None
                        workers.pop(worker.ours).end()
                        continue
                    if problem is not None:
                        raise problem
                    deaths = 0
                    if waiting:
                        worker.give(waiting.popleft())
                    else:
                        workers.pop(worker.ours).end()
                    yield result
        finally:
            for worker in workers.values():
                worker.end()


@dataclass
class _Worker:
    """A process, our end of the pipe to it, and what it was given."""

    process: multiprocessing.process.BaseProcess
    ours: "Connection[Any, Any]"
    item: Any = None

    @classmethod
    def start(cls, work: Work[Any, Any]) -> "_Worker":
        ours, theirs = _processes.Pipe()
        process = _processes.Process(target=_serve, args=(work, theirs), daemon=True)
        process.start()
        theirs.close()  # the process alone holds it, and its end ends the pipe
        return cls(process, ours)

    def give(self, item: Any) -> None:
        self.item = item
        with suppress(OSError):  # it has just died, as reading will tell
            self.ours.send(item)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.ours.close()


def _serve(work: Work[Any, Any], driver: "Connection[Any, Any]") -> None:
    """Do what the driver sends until it sends no more; the driver's death is the worker's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C in the terminal is the driver's affair
    Thread(target=_end_with_driver, daemon=True).start()
    do: Callable[[Any], Any] | None = None
    while True:
        try:
            item = driver.recv()
        except EOFError:
            return
        try:
            do = do or work.open()
            driver.send((do(item), None))
        except Exception as error:
            driver.send((None, as_sentence(error)))


def _end_with_driver() -> None:
    driver = multiprocessing.parent_process()
    if driver is not None:
        driver.join()
        os._exit(1)


def _died(process: multiprocessing.process.BaseProcess) -> str:
    process.join()
    code = process.exitcode or 0
    how = f"by signal {signal.Signals(-code).name}" if code < 0 else f"with code {code}"
    return (
        f"{DEATHS} workers have died one after another, the last one {how}, perhaps for lack of "
        "memory: try fewer, --workers 1 say. What is done is kept."
    )
