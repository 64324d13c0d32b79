"""All runs of a folder: those that can be read, and the others with the reason."""

from collections.abc import Sequence
from pathlib import Path

from fmnist import settings
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run


def list_runs(root: Path | None = None, visitor: str | None = None) -> list[Run]:
    """List a visitor's runs, or this computer's own, the newest first.

    Args:
        root: a folder of runs, by default ``settings.runs_folder``.
        visitor: whose. Those whose configuration cannot be read are left out, see
            ``unreadable_runs``.
    """
    return [run for run in all_runs(root) if run.visitor == visitor and not _problem(run)]


def unreadable_runs(root: Path | None = None, visitor: str | None = None) -> dict[str, str]:
    """Return the name of each run that cannot be read, with the reason in a sentence."""
    theirs = (run for run in all_runs(root) if run.visitor == visitor)
    return {run.id: problem for run in theirs if (problem := _problem(run))}


def all_runs(root: Path | None = None) -> list[Run]:
    """List everybody's runs, whether they can be read or not, the newest first."""
    places = (root or settings.runs_folder()).glob("*/configuration.json")
    return [Run(path.parent) for path in sorted(places, reverse=True)]


def _problem(run: Run) -> str:
    try:
        run.configuration  # noqa: B018 - reads it
    except (OSError, ValueError) as error:
        return str(error)
    return ""


def runs_of(
    configurations: Sequence[Configuration], root: Path | None = None
) -> dict[Configuration, Run]:
    """Return the run of each configuration that has one: one that has finished, or the newest."""
    wanted, found = set(configurations), dict[Configuration, Run]()
    for run in list_runs(root):
        this = run.configuration
        if this in wanted and (this not in found or run.finished > found[this].finished):
            found[this] = run
    return {each: found[each] for each in configurations if each in found}


def run_of(configuration: Configuration, root: Path | None = None) -> Run:
    """Return the run of a configuration that has finished, else the one begun, else a new one."""
    run = runs_of([configuration], root).get(configuration)
    if run and (run.finished or run.resumable):
        return run
    return Run.create(configuration, root)


def begun(configuration: Configuration) -> Run | None:
    """Return the newest run of a configuration, if it can be gone on with."""
    run = next((run for run in list_runs() if run.configuration == configuration), None)
    return run if run and run.resumable else None
