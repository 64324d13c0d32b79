"""Folders of photos: a source with a sub-folder for each kind, named after what it shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from fmnist.labelled_photos.photo import LabelledPhoto, is_held_out
from fmnist.labelled_photos.words import classes_named, classes_of, holds_none
from fmnist.preprocessing import InputError

# Of things whole kinds are held out, as stand-ins for what nobody trained on.
HELD_OUT_KINDS_PERCENT = 20
# A folder of things that are of no kind: each photo shows something else.
_ANYTHING = "background"
# Facts about Fashion Product Images (Small), by folder and file. In a folder of shoes, and no shoe:
# a wallet, and a man in a shirt; and two photos in which a baby's hat lies beside the shoe, which
# are left out. No table of kinds of shoes could say so.
_ODD: dict[str, str | None] = {
    "casual-shoes/13378.jpg": "wallet",
    "flip-flops/10804.jpg": "shirt",
    "casual-shoes/13085.jpg": None,
    "casual-shoes/13087.jpg": None,
}


@dataclass(frozen=True)
class KindFolders:
    """A source of photos with a sub-folder for each kind.

    Attributes:
        root: what the names of photos are from.
        folder: what holds the sub-folders.
        source: what the photos are of, see ``LabelledPhoto.source``.
        class_names: the names of the classes.
        shoes: the classes that are right for shoes whose kind is known, by name.
        held_out: whether all of its photos are held out, or none; None to draw by their names.
    """

    root: Path
    folder: Path
    source: str
    class_names: Sequence[str]
    shoes: Mapping[str, frozenset[int]]
    held_out: bool | None = None

    def classes(self, kind: Path) -> frozenset[int] | None:
        """Return the classes that are right in a sub-folder; None to leave it out."""
        return frozenset() if self._of_things else classes_named(kind.name, self.class_names)

    def photos(self, kind: Path) -> Iterator[LabelledPhoto]:
        """Yield the photos of a sub-folder whose classes are known."""
        of_kind = self.classes(kind)
        for path in visible(kind):
            name = path.relative_to(self.root).as_posix()
            right = self.shoes.get(name, of_kind)
            if (odd := f"{kind.name}/{path.name}") in _ODD:
                right = classes_of(_ODD[odd] or "", self.class_names)
            if path.is_file() and right is not None:
                yield LabelledPhoto(
                    path, name, self.source, kind.name, right, self._is_held_out(path)
                )

    @cached_property
    def _of_things(self) -> bool:
        """Whether all of it is none of the ten, so that a name nobody knows is as good as any."""
        return holds_none(self.folder.resolve().name)

    def _is_held_out(self, path: Path) -> bool:
        kind = path.parent.name
        if self.held_out is not None:
            return self.held_out
        if not self._of_things or kind == _ANYTHING:
            return is_held_out(path.stem)
        # What has a word, as watches, other sources have as well: it stands in for nothing unknown.
        if classes_of(kind, self.class_names) is not None:
            return False
        # And the face of a cougar is no new kind beside its body, “cougar_body”.
        return is_held_out(kind.partition("_")[0], HELD_OUT_KINDS_PERCENT)


def visible(folder: Path) -> list[Path]:
    """List what is in a folder in the order of the alphabet, without what is hidden.

    Raises:
        InputError: if it cannot be opened.
    """
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise InputError(f"{folder} cannot be opened: {error.strerror}.") from error
