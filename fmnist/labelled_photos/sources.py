"""Sources of photos: which layout each folder has, told by what is in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fmnist.labelled_photos.folders import KindFolders, visible
from fmnist.labelled_photos.photo import LabelledPhoto
from fmnist.labelled_photos.shoe_kinds import shoe_kinds
from fmnist.labelled_photos.street import is_street, street_photos
from fmnist.labelled_photos.words import NEITHER, classes_of, plain, usual_words
from fmnist.preprocessing import InputError
from fmnist.preprocessing.decode import FILE_TYPES

_TRAIN, _VALIDATION = "train", "validation"


@dataclass(frozen=True)
class Listing:
    """What a folder of photos holds.

    Attributes:
        photos: source by source, each in the order of the alphabet.
        unknown: folders, named from the root, whose names stand for nothing: all of it left out.
        neither: folders of what is neither plainly one of the classes nor none: left out as well.
        loose: photos, named from the root, that lie beside the folders of kinds: left out too.
        nested: folders, named from the root, that lie in a folder of a kind: left out too.
    """

    photos: list[LabelledPhoto] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    neither: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    nested: list[str] = field(default_factory=list)

    def add(self, kinds: KindFolders, folder: Path) -> None:
        """Add the photos of one kind, or the folder's name to those that are left out."""
        if kinds.classes(folder) is not None:
            self.photos.extend(kinds.photos(folder))
            inside = (path for path in visible(folder) if path.is_dir())
            self.nested.extend(path.relative_to(kinds.root).as_posix() for path in inside)
        else:
            left_out = self.neither if plain(folder.name) in NEITHER else self.unknown
            left_out.append(folder.relative_to(kinds.root).as_posix())

    def pass_over(self, root: Path, files: Iterable[Path]) -> None:
        """Name the photos among files that are in no folder of a kind."""
        photos = (path for path in files if path.suffix[1:].lower() in FILE_TYPES)
        self.loose.extend(path.relative_to(root).as_posix() for path in photos)


def labelled_photos(root: Path, class_names: Sequence[str]) -> list[LabelledPhoto]:
    """List the photos in a folder that there is something to learn from.

    Args:
        root: a folder with a sub-folder for each kind, or with a folder for each source, which is
            laid out so or as ``street`` says. A table ``shoe-kinds.csv`` in it, or up to two levels
            above, tells the kinds of shoes.
        class_names: the names of the classes.

    Returns:
        Source by source. In ``validation`` all photos are held out, and none in ``train`` beside
        it; elsewhere some are, drawn by their names; of ``things`` whole kinds.

    Raises:
        InputError: if there is no such folder, no photo of clothes in it, or it cannot be read.
    """
    photos = list_photos(root, class_names).photos
    if not any(photo.classes for photo in photos):
        raise InputError(f"There are no photos of clothes in {root} to train on.")
    return photos


def list_photos(root: Path, class_names: Sequence[str]) -> Listing:
    """List the photos in a folder as ``labelled_photos`` does, and what is left out.

    Raises:
        InputError: if there is no such folder, or it cannot be read.
    """
    if not root.is_dir():
        usual = ", ".join(usual_words(class_names)[:2] or map(plain, class_names[:2]))
        raise InputError(
            f"There is no folder {root}. Expected one of photos, with a sub-folder for each kind "
            f"of garment: {usual}, …"
        )
    listing = Listing()
    source = partial(
        KindFolders, root, class_names=class_names, shoes=shoe_kinds(root, class_names)
    )
    if is_street(root):
        listing.photos.extend(street_photos(root, root, "", class_names))
        return listing
    own = source(root, "", held_out=True if root.resolve().name == _VALIDATION else None)
    folders, files = _folders_and_files(root)
    listing.pass_over(root, files)
    for folder in folders:
        inside, beside = _folders_and_files(folder)
        if is_street(folder):
            listing.photos.extend(street_photos(root, folder, folder.name, class_names))
        elif inside and not classes_of(folder.name, class_names):
            listing.pass_over(root, beside)
            kinds = source(folder, folder.name, held_out=_held_out(folder))
            for kind in inside:
                listing.add(kinds, kind)
        else:
            listing.add(own, folder)
    return listing


def _folders_and_files(folder: Path) -> tuple[list[Path], list[Path]]:
    there = visible(folder)
    return [path for path in there if path.is_dir()], [path for path in there if path.is_file()]


def _held_out(folder: Path) -> bool | None:
    """Tell what is held out of a source by its name: all, nothing, or some of it (None)."""
    if folder.name == _VALIDATION:
        return True
    # Who has photos to choose by already need not take any from those to train on.
    return False if folder.name == _TRAIN and (folder.parent / _VALIDATION).is_dir() else None
