"""The spare process: it carries out the next run, or it is of no use and ends."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fmnist import settings
from fmnist.training import process
from fmnist.training.process import carry_out, hand_over, warm_up
from fmnist.training.run import Run
from fmnist.training.status import State
from tests.training.conftest import wait, wait_until_over

pytestmark = pytest.mark.skipif(process.os.name != "posix", reason="there is no spare process")


@pytest.fixture
def spare(small_data: None, runs_folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    warm_up()
    assert process._spare
    made = process._spare.process
    yield made
    made.kill()
    made.wait()
    process._spare = None


def test_the_next_run_is_carried_out_by_it(
    spare: subprocess.Popen[bytes], new_run: Callable[..., Run]
) -> None:
    warm_up()
    assert process._spare and process._spare.process is spare, "one is enough"
    run = new_run(limit=300)
    run.start()
    assert wait(run, lambda status: status.pid is not None).pid == spare.pid
    assert wait_until_over(run).state is State.FINISHED, run.log()
    assert "val_accuracy" in run.log()
    assert spare.wait(20) == 0
    assert hand_over(run.folder, settings.places()) is None


def test_one_of_another_environment_is_of_no_use(
    spare: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FMNIST_MODELS_DIR", str(tmp_path))
    assert hand_over(tmp_path, settings.places()) is None
    assert spare.poll() is not None


def test_it_ends_with_whoever_made_it(spare: subprocess.Popen[bytes]) -> None:
    assert spare.stdin
    spare.stdin.close()
    assert spare.wait(60) == 0


def test_a_run_finds_things_where_whoever_started_it_did(
    new_run: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    launched: list[dict[str, str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda *_, env, **__: launched.append(env))
    monkeypatch.setattr("fmnist.training.run.dispatch", lambda runs: None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FMNIST_MODELS_DIR", "models")
    monkeypatch.setenv("FMNIST_TRAIN_PASSWORD", "secret")
    monkeypatch.delenv("FMNIST_CACHE_DIR", raising=False)
    run = new_run()
    run.start()
    monkeypatch.setenv("FMNIST_CACHE_DIR", "other")
    monkeypatch.delenv("FMNIST_MODELS_DIR")
    carry_out(run.folder)
    assert launched[0]["FMNIST_MODELS_DIR"] == str(tmp_path / "models")
    assert "FMNIST_CACHE_DIR" not in launched[0]
    assert "secret" not in (run.folder / "places.json").read_text()
    (run.folder / "places.json").write_text('{"FMNIST_DATA_DIR": "here", "LD_PRELOAD": "evil"}')
    carry_out(run.folder)
    assert launched[1]["FMNIST_DATA_DIR"] == "here"
    assert "LD_PRELOAD" not in launched[1]


def test_a_run_lets_the_pages_go_first_and_nobody_else_s_session() -> None:
    code = """
from pathlib import Path
from fmnist.training.process import step_back
def niceness():
    try:
        return Path("/proc/self/autogroup").read_text().split()[-1]
    except (OSError, IndexError):  # sessions are not told apart, or this one belongs to none
        return None
before = niceness()
step_back()
import os
print(os.nice(0), before, niceness())
"""
    done = [
        subprocess.run(
            [sys.executable, "-c", code],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            start_new_session=own,
        )
        for own in (True, False)
    ]
    niceness = str(min(os.nice(0) + process._NICENESS, 19))
    (alone, before, group), (shared, *unchanged) = (each.stdout.split() for each in done)
    assert alone == shared == niceness
    assert group == ("None" if before == "None" else niceness)
    assert unchanged[0] == unchanged[1]
