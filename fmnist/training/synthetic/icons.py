"""Line icons: drawings of anything, fetched to train on and to measure by, and never shipped.

They come from npm, set by set, in the form that Iconify gives them.
"""

import json
import tarfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from fmnist import settings
from fmnist.datasets.download import DownloadError, fetch_once
from fmnist.preprocessing import InputError
from fmnist.training.synthetic.icon_labels import classes_of_icon
from fmnist.training.synthetic.pen import Lines
from fmnist.training.synthetic.svg import read_lines

REGISTRY = "https://registry.npmjs.org"
_SECONDS = 5  # to wait for the registry: whoever is offline is told at once


@dataclass(frozen=True)
class IconSet:
    """A set of line icons.

    Attributes:
        name: as Iconify and npm call it.
        version: of the package.
        sha256: of the package's tarball.
        title: as its authors call it.
        licence: the SPDX identifier.
        held_out: to choose and measure by, never to train on.
    """

    name: str
    version: str
    sha256: str
    title: str
    licence: str
    held_out: bool = False

    @property
    def url(self) -> str:
        """The address of the tarball."""
        return f"{REGISTRY}/@iconify-json/{self.name}/-/{self.file}"

    @property
    def file(self) -> str:
        """The name of the tarball."""
        return f"{self.name}-{self.version}.tgz"


ICON_SETS: tuple[IconSet, ...] = (
    IconSet(
        "tabler", "1.2.41", "3bf99af156d28d05568aff524a35ed1ba238df640a7835a5e02e1f8e439685f6",
        "Tabler Icons", "MIT",
    ),
    IconSet(
        "iconoir", "1.2.11", "8e5d3bfbd55aa8ef3878f0c2f248cf71fe99822172fd07990e32ab7fe7a68b1e",
        "Iconoir", "MIT",
    ),
    IconSet(
        "hugeicons", "1.2.35", "cca09de913319938961fa0613a8eb42952f76c3ee13a7c68ef411091590c5d8b",
        "Huge Icons", "MIT",
    ),
    IconSet(
        "icon-park-outline", "1.2.4",
        "e4c29776086e46ed7d113b7d44798a36ca74df6dcfb949da142db34714ab7c8a",
        "IconPark Outline", "Apache-2.0",
    ),
    IconSet(
        "lucide", "1.2.137", "e74db8c3a55fff55bc82de21268c4bced9f65ff10aacc0d5f3a395b0e93243c3",
        "Lucide", "ISC", held_out=True,
    ),
)  # fmt: skip

# What a model's card says of those that it was trained on.
SOURCES = tuple(
    {"name": each.title, "what": "line icons, drawn as people draw", "licence": each.licence}
    for each in ICON_SETS
    if not each.held_out
)


class IconsUnavailableError(InputError):
    """Icons that are neither here nor to be fetched; its text is the sentence to show."""


@dataclass(frozen=True)
class Icon:
    """A line icon: its SVG, and what a pen makes of it.

    Attributes:
        name: the set's and its own, as in ``tabler/shirt``.
        body: what stands between ``<svg>`` and ``</svg>``.
        width: of the view box.
        height: likewise.
    """

    name: str
    body: str
    width: float
    height: float

    @cached_property
    def lines(self) -> Lines:
        """Its lines, see ``svg.read_lines``; none if it is filled rather than drawn."""
        return read_lines(self.body, self.width, self.height)


@dataclass(frozen=True)
class Icons:
    """The icons of some sets, by what they show.

    Attributes:
        garments: for each set of right classes, as indices, at least one icon.
        others: what shows none of the ten. What might pass for one of them is in neither.
    """

    garments: Mapping[frozenset[int], tuple[Icon, ...]]
    others: tuple[Icon, ...]

    def garment(self, random: np.random.Generator) -> tuple[Lines, frozenset[int]]:
        """Take a garment, each set of right classes as often as any other, and return both."""
        right = list(self.garments)[random.integers(len(self.garments))]
        icons = self.garments[right]
        return icons[random.integers(len(icons))].lines, right

    def other(self, random: np.random.Generator) -> Lines:
        """Take something else that can be drawn."""
        while not (lines := self.others[random.integers(len(self.others))].lines):
            pass
        return lines


@cache
def load_icons(*, held_out: bool = False) -> Icons:
    """Read the icons to train on or those held out, fetching what is not on this machine yet.

    Raises:
        IconsUnavailableError: if a set cannot be fetched.
    """
    icons = [
        icon for each in ICON_SETS if each.held_out == held_out for icon in read(each, fetch(each))
    ]
    garments, others = defaultdict(list), []
    for icon in icons:
        right = classes_of_icon(icon.name)
        if right:
            garments[right].append(icon)
        elif right is not None:
            others.append(icon)
    return Icons({right: tuple(found) for right, found in garments.items()}, tuple(others))


def fetch(icon_set: IconSet) -> Path:
    """Return the tarball of a set, fetched and verified unless it is here.

    Raises:
        IconsUnavailableError: if it cannot be fetched.
    """
    path = settings.cache_folder() / "icons" / icon_set.file
    try:
        return fetch_once(icon_set.url, path, icon_set.sha256, timeout=_SECONDS)
    except DownloadError as error:
        raise IconsUnavailableError(
            f"The icons of {icon_set.title} are not on this machine and could not be fetched: "
            f"{error}"
        ) from None


def read(icon_set: IconSet, path: Path) -> list[Icon]:
    """Read the icons of a set that have strokes from its tarball."""
    with tarfile.open(path) as tarball:
        file = tarball.extractfile("package/icons.json")
        assert file is not None  # which the checksum vouches for
        content = json.load(file)
    usual = content.get("width", 16), content.get("height", 16)
    return [
        Icon(
            f"{icon_set.name}/{name}",
            icon["body"],
            icon.get("width", usual[0]),
            icon.get("height", usual[1]),
        )
        for name, icon in content["icons"].items()
        # The hidden ones have been withdrawn.
        if not icon.get("hidden") and 'stroke="' in icon["body"]
    ]
