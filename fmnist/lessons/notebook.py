"""Where Colab opens the course's notebook: in the repository on GitHub that this copy is of."""

import re
import subprocess
from pathlib import Path

_GITHUB = re.compile(
    r"(?:https://|ssh://|)(?:[^@/]*@)?github\.com[:/]([\w.-]+/[\w.-]+?)(?:\.git)?/?"
)


def colab_address(notebook: Path) -> str | None:
    """Return the address at which Colab opens a notebook of this checkout's repository.

    The repository is the remote ``origin``, so a fork opens its own. What is read there is its
    branch ``main``.

    Returns:
        None if the notebook is not in a checkout of a repository on GitHub, or git is not here.
    """
    try:
        inside = _git(notebook.parent, "rev-parse", "--show-prefix") + notebook.name
        origin = _git(notebook.parent, "remote", "get-url", "origin")
    except (OSError, subprocess.SubprocessError):
        return None
    repository = _GITHUB.fullmatch(origin)
    if repository is None:
        return None
    return f"https://colab.research.google.com/github/{repository[1]}/blob/main/{inside}"


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(
        command, capture_output=True, check=True, text=True, timeout=5
    ).stdout.strip()
