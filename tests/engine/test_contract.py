"""The contract of executors: every item is done, and what workers meet is told."""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from fmnist.engine import EngineError, LocalExecutor, RayExecutor, executor
from fmnist.engine.attempts import HOPELESS
from fmnist.engine.work import DEATHS
from fmnist.models import ModelError
from tests.engine.executors import EXECUTORS


@dataclass(frozen=True)
class Squares:
    """Squares numbers; whoever is given the deadly one dies, as often as is said."""

    folder: Path
    deadly: int = -1
    deaths: int = 1
    wrong: int = -1

    def open(self) -> Callable[[int], int]:
        return self._square

    def _square(self, number: int) -> int:
        if number == self.deadly and len(list(self.folder.iterdir())) < self.deaths:
            (self.folder / str(os.getpid())).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if number == self.wrong:
            raise ModelError("There is no model.")
        return number * number


@pytest.mark.parametrize("ray", EXECUTORS)
def test_every_item_is_done_though_a_worker_dies(ray: str | None, tmp_path: Path) -> None:
    done = list(executor(2, ray).map(Squares(tmp_path, deadly=3), range(8)))
    assert sorted(done) == [number * number for number in range(8)]
    assert len(list(tmp_path.iterdir())) == 1, "one worker has died"


@pytest.mark.parametrize("ray", EXECUTORS)
def test_what_a_worker_meets_is_told(ray: str | None, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"^There is no model\.$"):
        list(executor(1, ray).map(Squares(tmp_path, wrong=1), range(3)))


def test_workers_that_die_one_after_another_are_not_replaced_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fmnist.engine.local.DEATHS", 2)
    with pytest.raises(EngineError, match=r"2 workers have died .* by signal SIGKILL, perhaps for"):
        list(LocalExecutor(1).map(Squares(tmp_path, deadly=0, deaths=9), range(3)))
    assert len(list(tmp_path.iterdir())) == 2


def test_one_picture_is_given_up_before_its_workers_are() -> None:
    assert HOPELESS < DEATHS


def test_without_ray_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(EngineError, match=r"not installed: pip install 'ray\[data\]'"):
        RayExecutor("auto")
