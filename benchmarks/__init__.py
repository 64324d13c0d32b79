"""What is measured, and the figures with the command that made them: ``python -m benchmarks``.

To add a benchmark: write its file with ``measure()``, which returns rows of one kind, and add its
line here.
"""

from collections.abc import Callable, Sequence

from benchmarks import (
    classic,
    crowd,
    drawings,
    load,
    many,
    models,
    outlines,
    photos,
    queue,
    speed,
    tried,
)
from benchmarks.row import Row

BENCHMARKS: dict[str, Callable[..., Sequence[Row]]] = {
    "speed": speed.measure,
    "load": load.measure,
    "crowd": crowd.measure,
    "photos": photos.measure,
    "outlines": outlines.measure,
    "drawings": drawings.measure,
    "models": models.measure,
    "classic": classic.measure,
    "many": many.measure,
    "queue": queue.measure,
    "tried": tried.measure,
}
