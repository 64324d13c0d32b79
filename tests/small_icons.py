"""Small icon sets of our own, for tests: packed as npm's are, and as soon drawn.

In each set there are a T-shirt, a padlock, which might be a bag, a house and a fish; an icon that
is filled, one that has been withdrawn, and one that is nothing but a line.
"""

import hashlib
import io
import json
import tarfile
from pathlib import Path

from fmnist.training.synthetic.icons import ICON_SETS, IconSet

STROKED = '<path fill="none" stroke="currentColor" d="{}"/>'
BODIES = {
    "shirt": STROKED.format("M9 4l-6 3l2 4l3-1v10h8v-10l3 1l2-4l-6-3c-1 3-5 3-6 0z"),
    "lock": STROKED.format("M5 11h14v10h-14zM8 11v-4a4 4 0 0 1 8 0v4"),
    "house": STROKED.format("M2 12l10-9l10 9M5 10v11h14v-11"),
    "fish": STROKED.format("M2 12c4-8 10-8 14 0l6-5v10l-6-5c-4 8-10 8-14 0z"),
    "moon-filled": '<path fill="currentColor" d="M12 2a10 10 0 1 0 10 10a8 8 0 0 1-10-10z"/>',
    "minus": STROKED.format("M5 12h14"),
}


def make_icon_sets(folder: Path) -> tuple[IconSet, ...]:
    """Write a set to train on and one that is held out, and return them as ``ICON_SETS`` does."""
    trained_on = next(each for each in ICON_SETS if not each.held_out)
    held_out = next(each for each in ICON_SETS if each.held_out)
    return _written(trained_on, folder), _written(held_out, folder)


def _written(like: IconSet, folder: Path) -> IconSet:
    icons: dict[str, dict] = {name: {"body": body} for name, body in BODIES.items()}
    icons["withdrawn"] = {"body": BODIES["house"], "hidden": True}
    icons["wide"] = {"body": STROKED.format("M0 0h48v24h-48z"), "width": 48}
    text = json.dumps({"icons": icons, "width": 24, "height": 24}).encode()
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as tarball:
        entry = tarfile.TarInfo("package/icons.json")
        entry.size = len(text)
        tarball.addfile(entry, io.BytesIO(text))
    sha256 = hashlib.sha256(content.getvalue()).hexdigest()
    made = IconSet(like.name, "0.0.1", sha256, like.title, like.licence, like.held_out)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / made.file).write_bytes(content.getvalue())
    return made
