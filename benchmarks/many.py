"""What it costs to classify many photos: how quickly, by how much memory, and a million."""

import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.figure import Figure, NotMeasuredError
from benchmarks.folders import folder_of
from fmnist.engine.shards import ShardedTable

_PHOTOS = 128


@dataclass(frozen=True)
class _Reading:
    """What stood on the clocks, in seconds, when so many photos were done."""

    done: int
    wall: float
    processor: float


def measure() -> list[Figure]:
    """Classify photos by one worker and by two, from the first shard that is done to the last.

    Raises:
        NotMeasuredError: if there are no photos.
    """
    root = folder_of("FMNIST_TEST_PHOTOS", "validation")
    photos = sorted(root.rglob("*.jpg"))
    if len(photos) < _PHOTOS:
        raise NotMeasuredError(f"there are only {len(photos)} photos in {root}.")
    figures, load = [], psutil.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "list.txt")
        # Spread over all kinds.
        some = photos[:: len(photos) // _PHOTOS][:_PHOTOS]
        source.write_text("".join(f"{path.absolute()}\n" for path in some))
        for workers in (1, 2):
            first, last, memory = _classify(source, Path(folder, f"{workers}.parquet"), workers)
            n = last.done - first.done
            rate, cost = n / (last.wall - first.wall), (last.processor - first.processor) / n
            who = "1 worker" if workers == 1 else f"{workers} workers"
            figures += [
                Figure(f"photos a second, {who}", rate, "", None, n=n),
                Figure(f"processor time a photo, {who}", 1000 * cost, "ms", None, n=n),
                Figure(f"memory of a worker at its peak, {who}", memory / 1e6, "MB", None),
                Figure(f"processor time of a million photos, {who}", cost / 3.6e-3, "h", None),
            ]
    return [*figures, Figure("load of the machine as it began", load, "processes", None)]


def _classify(source: Path, out: Path, workers: int) -> tuple[_Reading, _Reading, float]:
    """Return the first and the last reading, and the largest resident memory of a worker."""
    command = ["classify", str(source), "--out", str(out), "--workers", str(workers)]
    process = psutil.Popen([sys.executable, "-m", "fmnist", *command], stdout=subprocess.DEVNULL)
    readings: list[_Reading] = []
    processor, memory = dict[int, float](), 0.0
    while process.poll() is None:
        for worker in process.children():
            with suppress(psutil.Error):
                times = worker.cpu_times()
                processor[worker.pid] = times.user + times.system
                memory = max(memory, worker.memory_info().rss)
        table = ShardedTable(out)
        parts = [int(path.stem[5:]) for path in out.glob("part-*.parquet")]
        if parts and (done := table.size(parts)) != (readings[-1].done if readings else 0):
            readings.append(_Reading(done, time.monotonic(), sum(processor.values())))
        time.sleep(0.02)
    if process.returncode or len(readings) < 2:
        raise NotMeasuredError(f"`python -m fmnist {' '.join(command)}` has failed.")
    return readings[0], readings[-1], memory
