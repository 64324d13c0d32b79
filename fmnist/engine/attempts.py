"""Attempts at a shard: at which picture each ended that killed whoever made it.

One that kills a worker again and again, by a decoder that crashes or by the memory that it takes,
would keep its shard from ever being there. It is known by where attempts end.
"""

import os
from pathlib import Path

# So many attempts one after another that end at the same picture are no accident.
HOPELESS = 3


class Attempts:
    """A file with a line for each attempt: the places in the shard of the pictures it began.

    Args:
        path: the file, which is there only while the shard is not.
    """

    def __init__(self, path: Path) -> None:
        lines = path.read_text().splitlines() if path.exists() else []
        ends = [places[-1] for line in lines if (places := line.split())]
        runs = zip(*(ends[start:] for start in range(HOPELESS)), strict=False)
        self._hopeless = {int(run[0]) for run in runs if len(set(run)) == 1}
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.write(self._file, b"\n")

    def begins(self, place: int) -> bool:
        """Note that the picture at a place comes next; False if it is not to be tried again."""
        if place in self._hopeless:
            return False
        os.write(self._file, b"%d " % place)
        return True

    def close(self) -> None:
        """Close the file, and leave it."""
        os.close(self._file)
