"""Fetching a data set's files from where Keras fetches them, or from a mirror."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from fmnist.datasets.checksums import Checksums
from fmnist.datasets.content import Piece, SplitName
from fmnist.datasets.recognition import recognise
from fmnist.storage import replacing

# Called with (bytes so far, bytes in all) while a file is downloaded, a split's images first;
# the second is 0 if the server does not say.
Progress = Callable[[int, int], None]

KERAS_URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
LARGEST = 64 * 1024 * 1024
CHUNK = 256 * 1024


class DownloadError(Exception):
    """A file could not be fetched; its text is a sentence that says why."""


@dataclass(frozen=True)
class Download:
    """A file that can be fetched.

    Attributes:
        file: its path in Keras's folder of data sets; its name is also its name on the server.
        holds: the pieces that must be in it.
    """

    file: str
    holds: frozenset[Piece]

    @property
    def url(self) -> str:
        """The address, in ``FMNIST_DOWNLOAD_URL`` if that names a mirror."""
        return f"{base_url()}{Path(self.file).name}"

    def problem(self, path: Path, checksums: Mapping[SplitName, Checksums]) -> str | None:
        """Return what is wrong with a copy of this file, or None if it is the publisher's."""
        try:
            with path.open("rb") as stream:
                held = recognise(stream, checksums).keys()
        except (OSError, ValueError) as error:
            return str(error)
        return None if held == self.holds else "does not hold what its name says"


def base_url() -> str:
    """Return the folder of the server, with a slash at its end."""
    return (os.environ.get("FMNIST_DOWNLOAD_URL") or KERAS_URL).rstrip("/") + "/"


def fetch(
    download: Download,
    folder: Path,
    checksums: Mapping[SplitName, Checksums],
    progress: Progress | None = None,
    *,
    timeout: float = 10.0,
    retries: int = 2,
    pause: float = 0.5,
) -> None:
    """Fetch a file and move it into place once its content is verified.

    Args:
        download: which file.
        folder: Keras's folder of data sets.
        checksums: the sums of each split of the data set.
        progress: called while the file arrives; if it raises, the download is given up.
        timeout: seconds to wait for the server each time it has nothing to say.
        retries: how often to try again.
        pause: seconds before the first retry, twice that before the second.

    Raises:
        DownloadError: if the file did not arrive, or is not what the publisher issued.
    """
    if urlsplit(download.url).scheme not in ("http", "https"):
        raise DownloadError(
            f"{download.url} is not an address that begins with https:// or http://"
        )
    for attempt in range(1 + retries):
        if attempt:
            time.sleep(pause * 2 ** (attempt - 1))
        try:
            with replacing(folder / download.file) as temporary:
                _receive(download.url, temporary, progress, timeout)
                if problem := download.problem(temporary, checksums):
                    raise DownloadError(f"the file that {download.url} sent {problem}")
            return
        except HTTPError as error:
            failure = DownloadError(f"{download.url} answered {error.code} ({error.reason})")
            if error.code < 500:  # what a server refuses now it refuses again
                break
        except (OSError, HTTPException) as error:
            failure = _in_words(error, download.url)
        except DownloadError as error:
            failure = error
    raise failure


def _receive(url: str, path: Path, progress: Progress | None, timeout: float) -> None:
    with urlopen(url, timeout=timeout) as response, path.open("xb") as file:
        total = response.length or 0
        received = 0
        while chunk := response.read(CHUNK):
            received += len(chunk)
            if received > LARGEST:
                raise DownloadError(f"{url} sent more than {LARGEST:,} bytes")
            file.write(chunk)
            if progress:
                progress(received, total)
        if received < total:
            raise DownloadError(f"{url} broke off after {received:,} of {total:,} bytes")


def _in_words(error: OSError | HTTPException, url: str) -> DownloadError:
    reason = error.reason if isinstance(error, URLError) else error
    host = urlsplit(url).netloc
    if isinstance(reason, TimeoutError):
        return DownloadError(f"{host} did not answer in time")
    if isinstance(error, URLError | HTTPException | ConnectionError):
        return DownloadError(f"{host} could not be reached ({reason})")
    return DownloadError(f"the file could not be stored ({error})")
