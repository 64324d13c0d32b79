"""Two folders that change places in one step, where the system can do that."""

import ctypes
import os
from pathlib import Path

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places, so that at no moment either name stands for nothing.

    That is Linux's ``renameat2``, which most of its file systems have.

    Returns:
        Whether it was done; if not, both are as they were.
    """
    try:
        renameat2 = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):  # another system
        return False
    paths = (os.fsencode(one), os.fsencode(other))
    return renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0
