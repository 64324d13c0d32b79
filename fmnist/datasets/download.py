"""Downloads: a URL and the checksums of what it holds, a file each."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fmnist import settings
from fmnist.datasets.checksums import Checksums, recognise
from fmnist.datasets.formats import Piece, SplitName, idx
from fmnist.storage import replacing, sha256

if TYPE_CHECKING:
    import requests

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
        url: where it is published.
        file: where it is kept, a path in Keras's folder of data sets: an IDX file under the
            standard name, ``<data set>/train-images-idx3-ubyte.gz``, whatever it is called there.
        sha256: the SHA-256 of each piece in it, as a plain IDX file (``zcat FILE | sha256sum``):
            every distributor compresses the same content differently.
    """

    url: str
    file: str
    sha256: Mapping[Piece, str]

    @property
    def address(self) -> str:
        """The URL; what Keras keeps comes from ``FMNIST_DOWNLOAD_URL`` if that names a mirror."""
        mirror = settings.download_mirror()
        if mirror is None or not self.url.startswith(KERAS_URL):
            return self.url
        return f"{mirror.rstrip('/')}/{self.url.removeprefix(KERAS_URL)}"

    def problem(self, path: Path, checksums: Mapping[SplitName, Checksums]) -> str | None:
        """Return what is wrong with a copy of this file, or None if it is the publisher's."""
        try:
            with path.open("rb") as stream:
                held = recognise(stream, checksums).keys()
        except (OSError, ValueError) as error:
            return str(error)
        return None if held == self.sha256.keys() else "does not hold what its name says"


def idx_downloads(url: str, dataset: str, sha256: Mapping[Piece, str]) -> tuple[Download, ...]:
    """Describe the IDX files of a data set that lie in one folder under their usual names.

    Args:
        url: the address of the folder, with a slash at its end.
        dataset: the data set's name.
        sha256: of each piece, see ``Download``.
    """
    names = {piece: f"{idx.name(*piece)}.gz" for piece in sha256}
    return tuple(
        Download(f"{url}{name}", f"{dataset}/{name}", {piece: sha256[piece]})
        for piece, name in names.items()
    )


def fetch(
    url: str,
    path: Path,
    problem: Callable[[Path], str | None],
    progress: Progress | None = None,
    *,
    timeout: float = 10.0,
    retries: int = 2,
    pause: float = 0.5,
) -> None:
    """Fetch a file and move it into place once its content is verified.

    Args:
        url: where it is published.
        path: where it is to lie.
        problem: tells what is wrong with the file that arrived, or None if it is the publisher's.
        progress: called while the file arrives; if it raises, the download is given up.
        timeout: seconds to wait for the server each time it has nothing to say.
        retries: how often to try again.
        pause: seconds before the first retry, twice that before the second.

    Raises:
        DownloadError: if the file did not arrive, or is not what the publisher issued.
    """
    import pooch  # 0.1 s, which a machine that has its data need not wait
    import requests

    if urlsplit(url).scheme not in ("http", "https"):
        raise DownloadError(f"{url} is not an address that begins with https:// or http://")
    for attempt in range(1 + retries):
        if attempt:
            time.sleep(pause * 2 ** (attempt - 1))
        receive = pooch.HTTPDownloader(_Bar(url, progress), CHUNK, timeout=timeout)
        try:
            with replacing(path) as temporary:
                receive(url, temporary, None)
                if wrong := problem(temporary):
                    raise DownloadError(f"the file that {url} sent {wrong}")
            return
        except requests.RequestException as error:
            failure = _in_words(error, url)
            # What a server refuses now it refuses again.
            if error.response is not None and error.response.status_code < 500:
                break
        except OSError as error:
            failure = DownloadError(f"the file could not be stored ({error})")
        except DownloadError as error:
            failure = error
    raise failure


def fetch_once(
    url: str, path: Path, checksum: str, progress: Progress | None = None, *, timeout: float = 10.0
) -> Path:
    """Return a file that is kept on this machine; it is fetched if it is not there or is spoilt.

    Args:
        url: where it is published.
        path: where it is kept.
        checksum: its SHA-256.
        progress: as in ``fetch``.
        timeout: as in ``fetch``.

    Raises:
        DownloadError: if it cannot be fetched; its text says where else to put it.
    """

    def problem(path: Path) -> str | None:
        return None if sha256(path) == checksum else "is not the published one (SHA-256)"

    if path.exists() and problem(path) is None:
        return path
    try:
        fetch(url, path, problem, progress, timeout=timeout)
    except DownloadError as error:
        raise DownloadError(
            f"{error}. Connect to the internet, or get {url} in another way and put it into "
            f"{path.parent}."
        ) from error
    return path


class _Bar:
    """What Pooch calls a progress bar: here, a callback and a limit."""

    def __init__(self, url: str, progress: Progress | None) -> None:
        self.total = 0
        self._url, self._progress, self._done = url, progress, 0

    def update(self, n: int) -> None:
        # Pooch counts whole chunks, and all bytes once more at the end.
        done = min(self._done + n, self.total or LARGEST + 1)
        if done > LARGEST:
            raise DownloadError(f"{self._url} sent more than {LARGEST:,} bytes")
        if self._progress and done != self._done:
            self._progress(done, self.total)
        self._done = done

    def reset(self) -> None:
        pass

    def close(self) -> None:
        pass


def _in_words(error: "requests.RequestException", url: str) -> DownloadError:
    import requests

    host, response = urlsplit(url).netloc, error.response
    if response is not None:
        return DownloadError(f"{url} answered {response.status_code} ({response.reason})")
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return DownloadError(f"{url} broke off before the end")
    # A server that stalls in mid-file is, to requests, a connection error.
    if isinstance(error, requests.Timeout) or "timed out" in str(error):
        return DownloadError(f"{host} did not answer in time")
    return DownloadError(f"{host} could not be reached ({error})")
