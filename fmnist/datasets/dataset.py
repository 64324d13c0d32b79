"""What a data set is, whichever one it is, and how its splits come into memory."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fmnist import settings, storage
from fmnist.datasets import uploads
from fmnist.datasets.checksums import Checksums
from fmnist.datasets.download import Download, DownloadError, Progress, fetch
from fmnist.datasets.formats import SPLITS, SplitName
from fmnist.datasets.sources import (
    FoundSplit,
    NotFoundHereError,
    Reasons,
    Source,
    passed_over,
    search,
    sources,
)


@dataclass(frozen=True)
class Split:
    """One half of a data set, in memory and read-only.

    Attributes:
        images: uint8 ``(n, 28, 28)``, 0 background, 255 garment (or ink).
        labels: uint8 ``(n,)``, indices into ``Dataset.class_names``.
        source: where the files came from, in words, and why not from the folder that was named.
        verified: whether the content is the publisher's, by SHA-256. Data that is sound but not
            the publisher's (a part of the data set, say) is used and said to be unverified.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    source: str
    verified: bool

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True)
class SplitStatus:
    """What is on this machine of one split.

    Attributes:
        split: which half.
        n: the number of its images, 0 if it is not here.
        source: where it is, in words; empty if it is not here.
        verified: whether it is the publisher's.
        path: the file with the images, None if it is not here.
        reasons: for each source that was passed over, its name and why.
    """

    split: SplitName
    n: int
    source: str
    verified: bool
    path: Path | None
    reasons: tuple[tuple[str, str], ...]


class DataUnavailableError(Exception):
    """No source has a split; the text is what to show, in Markdown that also reads as plain text.

    Attributes:
        reasons: for each source, its name and why it failed.
    """

    def __init__(self, message: str, reasons: tuple[tuple[str, str], ...]) -> None:
        super().__init__(message)
        self.reasons = reasons


@dataclass(frozen=True, eq=False)
class Dataset:
    """The description of a data set; its images stay on disk until ``load``.

    Attributes:
        name: as in commands, on model cards and as the name of its folders.
        title: in words, for the interface.
        class_names: the ten classes in label order.
        pipeline: how drawings and photos become images like these, a key of
            ``preprocessing.PIPELINES``.
        downloads: the files to fetch, of both splits, each with its URL and its checksums.
        row_sums: of a split, the SHA-256 of its images in no particular order, see ``Checksums``.
        debian_package: the Debian package that has it in ``/usr/share/datasets/<name>``, if any.
        flips: whether the mirror image of one shows the same, as of a shoe and unlike a digit.
    """

    name: str
    title: str
    class_names: tuple[str, ...]
    pipeline: str
    downloads: tuple[Download, ...]
    row_sums: Mapping[SplitName, str] = field(default_factory=dict)
    debian_package: str | None = None
    flips: bool = False

    @property
    def checksums(self) -> dict[SplitName, Checksums]:
        """The SHA-256 sums of each split as its publisher issued it."""
        sums = {piece: s for download in self.downloads for piece, s in download.sha256.items()}
        return {
            split: Checksums(sums[split, "images"], sums[split, "labels"], self.row_sums.get(split))
            for split in SPLITS
        }

    def load(
        self, split: SplitName, progress: Progress | None = None, *, download: bool = True
    ) -> Split:
        """Read one split from the first source that has it.

        The sources are the folder of ``FMNIST_DATA_DIR``, Keras's cache, Debian's package and
        the download, which fetches this split alone and keeps it in Keras's cache. What is
        damaged in Keras's cache is set aside.

        Args:
            split: "train" or "test".
            progress: called with (bytes so far, bytes in all) while a file is downloaded.
            download: whether to fetch what is not on this machine.

        Raises:
            DataUnavailableError: if no source has the split.
            ValueError: if there is no such split.
        """
        found, reasons = self._look(split, tidy=True)
        source = found.source if found else f"the download from {self._publisher()}"
        if found is None and download:
            try:
                found = self._fetch(split, progress)
            except (DownloadError, NotFoundHereError) as error:
                reasons.append((source, str(error)))
        elif found is None:
            reasons.append((source, "not tried yet"))
        if found is None:
            raise DataUnavailableError(self._sentence(split, reasons), tuple(reasons))
        source += passed_over(self.name, reasons)
        return Split(found.content.images, found.content.labels, source, found.verified)

    def status(self) -> tuple[SplitStatus, ...]:
        """Tell what is here of each split: nothing is fetched, and no file is touched."""
        return tuple(self._status(split) for split in SPLITS)

    def add_files(self, files: Iterable[tuple[str, bytes]]) -> tuple[uploads.Stored, ...]:
        """Keep files that a person dropped into the app, in Keras's cache, where ``load`` looks.

        Args:
            files: names and bytes. Each file is recognised by its content: an IDX file (gzipped
                or not), Kaggle's CSV, its archive of both, or Keras's ``.npz``.

        Returns:
            What was kept, a record a file.

        Raises:
            UploadError: if a file is none of those expected; the others are kept nevertheless.
        """
        return uploads.store(
            files, settings.keras_folders()[0] / self.name, self.checksums, self.title
        )

    def _status(self, split: SplitName) -> SplitStatus:
        found, reasons = self._look(split, tidy=False)
        if found is None:
            return SplitStatus(split, 0, "", False, None, tuple(reasons))
        n, source = len(found.content.labels), found.source + passed_over(self.name, reasons)
        return SplitStatus(split, n, source, found.verified, found.path, tuple(reasons))

    def _look(self, split: SplitName, *, tidy: bool) -> tuple[FoundSplit | None, Reasons]:
        if split not in SPLITS:
            raise ValueError(f"Expected the split 'train' or 'test', received {split!r}.")
        sums, reasons = self.checksums[split], Reasons()
        for source in sources(self.name, self.debian_package):
            try:
                found = search(source, self.name, split, sums, self.class_names, tidy=tidy)
                return found, reasons
            except NotFoundHereError as error:
                reasons.append((source.title, str(error)))
        return None, reasons

    def _fetch(self, split: SplitName, progress: Progress | None) -> FoundSplit:
        folder = settings.keras_folders()[0]
        for download in self.downloads:
            wanted = any(piece[0] == split for piece in download.sha256)
            path = folder / download.file
            before = storage.stamp(path)
            # One file of a pair may have survived, or another process may have been quicker.
            if wanted and download.problem(path, self.checksums):
                with suppress(OSError):  # if the folder cannot be written, fetch says so
                    storage.set_aside(path, before)
                problem = partial(download.problem, checksums=self.checksums)
                fetch(download.address, path, problem, progress)
        source = Source("Keras's cache", folder / self.name)
        return search(source, self.name, split, self.checksums[split], tidy=False)

    def _publisher(self) -> str:
        """Return the address of the folder that the files are fetched from."""
        return self.downloads[0].address.rpartition("/")[0] + "/"

    def _sentence(self, split: SplitName, reasons: Iterable[tuple[str, str]]) -> str:
        tried = "\n".join(f"- {source[0].upper()}{source[1:]}: {why}." for source, why in reasons)
        package = (
            f"; or, on Debian, install the package: `sudo apt-get install {self.debian_package}`"
            if self.debian_package
            else ""
        )
        return (
            f"The {split} images of {self.title} are not on this machine. Tried were, in order:\n\n"
            f"{tried}\n\n"
            f"What to do: connect to the internet and try again{package}; or put the files into a "
            f"folder named {self.name} and set FMNIST_DATA_DIR to the folder above it; or drop "
            "them on the Images page."
        )
