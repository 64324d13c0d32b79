"""The runs of a folder: all of them, or the one to go on with."""

from contextlib import suppress
from pathlib import Path

from fmnist.training.configuration import Configuration
from fmnist.training.run import Run, default_runs


def list_runs(root: Path | None = None) -> list[Run]:
    """List the runs of a folder (by default ``default_runs``), the newest first.

    Those whose configuration cannot be read, of a version that knew other networks say, are left
    out.
    """
    runs = []
    for path in sorted((root or default_runs()).glob("*/configuration.json"), reverse=True):
        run = Run(path.parent)
        with suppress(OSError, ValueError):
            run.configuration  # noqa: B018 - reads it
            runs.append(run)
    return runs


def begun(configuration: Configuration) -> Run | None:
    """Return the newest run of a configuration, if it can be gone on with."""
    run = next((run for run in list_runs() if run.configuration == configuration), None)
    return run if run and run.goes_on else None
