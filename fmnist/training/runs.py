"""All runs of a folder: those that can be read, and the others with the reason."""

from pathlib import Path

from fmnist import settings
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run


def list_runs(root: Path | None = None) -> list[Run]:
    """List the runs of a folder (by default ``settings.runs_folder``), the newest first.

    Those whose configuration cannot be read are left out, see ``unreadable_runs``.
    """
    return [run for run in _all_runs(root) if not _problem(run)]


def unreadable_runs(root: Path | None = None) -> dict[str, str]:
    """Return the name of each run that cannot be read, with the reason in a sentence."""
    return {run.id: problem for run in _all_runs(root) if (problem := _problem(run))}


def _all_runs(root: Path | None) -> list[Run]:
    places = (root or settings.runs_folder()).glob("*/configuration.json")
    return [Run(path.parent) for path in sorted(places, reverse=True)]


def _problem(run: Run) -> str:
    try:
        run.configuration  # noqa: B018 - reads it
    except (OSError, ValueError) as error:
        return str(error)
    return ""


def begun(configuration: Configuration) -> Run | None:
    """Return the newest run of a configuration, if it can be gone on with."""
    run = next((run for run in list_runs() if run.configuration == configuration), None)
    return run if run and run.resumable else None
