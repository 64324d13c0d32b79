"""What a distribution declares that it needs, found among what is installed, and nothing else."""

from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def needed(requirements: list[str]) -> dict[str, Distribution]:
    """Find what requirements ask for and what that needs in turn, as pip would install it.

    Raises:
        PackageNotFoundError: if something is not installed.
        AssertionError: if another version of something is.
    """
    found: dict[str, Distribution] = {}
    asked: set[tuple[str, str]] = set()
    waiting = [(Requirement(each), "") for each in requirements]
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        found[name] = distribution(name)
        assert requirement.specifier.contains(found[name].version, prereleases=True), requirement
        for extra in {"", *requirement.extras}:
            if (name, extra) not in asked:
                asked.add((name, extra))
                waiting += [(Requirement(each), extra) for each in found[name].requires or ()]
    return found


def link(distributions: dict[str, Distribution], folder: Path) -> None:
    """Let a folder of packages have these distributions, by links to where they are installed."""
    for each in distributions.values():
        for top in {file.parts[0] for file in each.files or ()} - {"..", "__pycache__"}:
            if not (folder / top).exists():
                (folder / top).symlink_to(Path(str(each.locate_file(top))).resolve())
