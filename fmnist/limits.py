"""How much one person, and all together, may take of this server."""

from dataclasses import dataclass

from fmnist.settings import is_public

MB = 2**20  # bytes, as Streamlit counts them


@dataclass(frozen=True)
class Limits:
    """What is taken at most.

    Attributes:
        file: megabytes of an uploaded file.
        files: uploaded files that are held for a visit.
        visit: megabytes of them.
        everyone: megabytes of those of all visits.
        visits: how many may be open.
        runs: trainings that are under way or wait.
    """

    file: int
    files: int
    visit: int
    everyone: int
    visits: int
    runs: int


# Kaggle's two tables together have 156 MB; a class trains all at once.
_AMONG_US = Limits(file=200, files=60, visit=400, everyone=2000, visits=500, runs=60)
_IN_PUBLIC = Limits(file=20, files=24, visit=40, everyone=200, visits=150, runs=5)


def limits() -> Limits:
    """Return what holds here: less with ``FMNIST_PUBLIC=1``."""
    return _IN_PUBLIC if is_public() else _AMONG_US
