"""What is measured, and the figures with the command that made them: ``python -m benchmarks``.

To add a benchmark: write its file with ``measure() -> list[Figure]`` and add its line here.
"""

from collections.abc import Callable

from benchmarks import drawings, photos, speed
from benchmarks.figure import Figure

BENCHMARKS: dict[str, Callable[[], list[Figure]]] = {
    "speed": speed.measure,
    "photos": photos.measure,
    "drawings": drawings.measure,
}
