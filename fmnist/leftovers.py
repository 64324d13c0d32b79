"""What was being written when its process was killed: temporary files and folders that nobody has.

Their names tell them, those of today and those of earlier versions.
"""

import re
import shutil
import stat
import time
from contextlib import suppress
from pathlib import Path

# How old it is, in seconds, once it is surely nobody's.
_NOBODYS = 24 * 3600

_TODAYS = re.compile(r"\..+\.([0-9a-f]{32}|[a-z0-9_]{8})\.part")
# Earlier versions put a model that was replaced aside, and called what they wrote just
# .status.json-k3q_8x0z: people may call a thing so too, but only `tempfile` kept it to its owner.
_ASIDE = re.compile(r"\..+-old-[a-z0-9_]{8}")
_EARLIER = re.compile(r"\..+-[a-z0-9_]{8}")


def sweep(folder: Path) -> None:
    """Remove what was being written into a folder when its process was killed, a day ago or more.

    Only the names that ``storage.replacing`` and its like give, or once gave, are looked at.
    """
    for path in folder.glob(".*"):
        with suppress(OSError):  # gone just now, or not ours to remove
            if _is_temporary(path) and path.stat().st_mtime < time.time() - _NOBODYS:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _is_temporary(path: Path) -> bool:
    if _TODAYS.fullmatch(path.name) or _ASIDE.fullmatch(path.name):
        return True
    others = stat.S_IRWXG | stat.S_IRWXO
    return bool(_EARLIER.fullmatch(path.name)) and not path.stat().st_mode & others
