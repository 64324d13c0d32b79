"""Kills of workers and drivers at random: ``python -m tests.engine.kills FOLDER``, by real photos.

With ``--ray ADDRESS`` the workers are those of a cluster on this machine. What must hold after it:
the table has every id once.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pyarrow.parquet as pq

# How a worker is called: by multiprocessing, and by Ray.
_WORKERS = ("multiprocessing.spawn import spawn_main", "ray::MapWorker")
_POLL = 0.05  # seconds


@dataclass
class Killed:
    """How many were killed, until a command came to its end."""

    workers: int = 0
    drivers: int = 0


def kill_until_done(
    command: Sequence[str], out: Path, times: int, random: random.Random, patience: float = 600
) -> Killed:
    """Run a command that fills a table, and kill its workers and itself in turn, at random.

    Most kills wait until another shard has been committed, so that there are as many as wanted,
    however slow the machine is; the others may find a process that is only starting.

    Args:
        command: what fills the table, again and again until it succeeds.
        out: the table's folder.
        times: how many are killed.
        random: how long to wait.
        patience: in seconds, of all.
    """
    killed, until = Killed(), time.monotonic() + patience
    driver = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for number in range(times):
            shards = _committed(out) + (random.random() < 0.8)
            while _committed(out) < shards or not (driver.poll() is not None or _workers(driver)):
                assert time.monotonic() < until, f"{killed}, {_committed(out)} shards"
                assert driver.poll() in (None, 0), f"the driver ended by itself, {killed}"
                if driver.poll() == 0:
                    return killed
                time.sleep(_POLL)
            time.sleep(random.uniform(0, 0.3))
            if driver.poll() == 0:  # it has come to its end meanwhile
                return killed
            if number % 2:
                with suppress(psutil.NoSuchProcess):
                    driver.kill()
                driver.wait()
                killed.drivers += 1
                driver = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            elif workers := _workers(driver):
                with suppress(psutil.NoSuchProcess):
                    random.choice(workers).kill()
                    killed.workers += 1
        assert driver.wait(max(1, until - time.monotonic())) == 0
    finally:
        if driver.is_running():
            driver.kill()
            driver.wait()
    return killed


def _committed(out: Path) -> int:
    return sum(1 for _ in out.glob("part-*.parquet"))


def _workers(driver: psutil.Popen) -> list[psutil.Process]:
    """Find the workers of a driver, or of Ray, which are not its children."""
    ray = {"--ray", "local", "auto"} & set(driver.args)
    found = []
    for process in psutil.process_iter() if ray else driver.children():
        with suppress(psutil.Error):
            if any(words in " ".join(process.cmdline()) for words in _WORKERS):
                found.append(process)
    return found


def ids(out: Path) -> Counter[str]:
    """Count how often each id is in a table."""
    parts = (pq.read_table(path, columns=["id"]) for path in out.glob("part-*.parquet"))
    return Counter(each for part in parts for each in part["id"].to_pylist())


def main() -> None:
    """Classify real photos, and say what was killed and what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--ray")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "answers.parquet")
        command = [sys.executable, "-m", "fmnist", "classify", str(given.folder), "--out", str(out)]
        command += ["--workers", "2", *(["--ray", given.ray] if given.ray else [])]
        began = time.monotonic()
        chance = random.Random(given.seed)
        killed = kill_until_done(command, out, given.times, chance, 3600)
        found, meant = ids(out), sum(1 for p in given.folder.rglob("*") if p.is_file())
        errors = pq.read_table(out, columns=["id", "error"]).to_pandas().dropna()
        print(f"{killed}; {time.monotonic() - began:.0f} s")
        print(f"{meant} files, {len(found)} ids, {max(found.values())} time at most")
        print(f"{len(errors)} errors\n{errors.to_string(index=False)}")


if __name__ == "__main__":
    main()
