"""What it takes when thirty people show a photo each, at once: as phones take them, 24 megapixels.

Each visits over a websocket of its own and uploads as a browser does.
"""

import io
import statistics
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
from PIL import Image
from pillow_heif import register_heif_opener
from streamlit.proto.Common_pb2 import FileUploaderState, FileURLs, UploadedFileInfo

from benchmarks.figure import Figure
from benchmarks.folders import folder_of
from tests.browser.server import serving
from tests.visitor import Visitor

_PEOPLE, _SIZE, _MOST_MB = 30, (6000, 4000), 900
_PATIENCE = 600  # seconds


def measure() -> list[Figure]:
    """Let them come to an app that is served for them; JPEG first, then HEIC.

    Raises:
        NotMeasuredError: if there are no photos.
    """
    root = folder_of("FMNIST_TEST_PHOTOS", "validation")
    photos = sorted(root.rglob("*.jpg"))[:: max(1, len(list(root.rglob("*.jpg"))) // _PEOPLE)]
    register_heif_opener()
    figures = []
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder, "log.txt"), {}) as served:
        served.wait()
        process = psutil.Process(served.process.pid)
        for format_, kind in (("JPEG", "jpg"), ("HEIF", "heic")):
            files = [_file(path, format_) for path in photos[:_PEOPLE]]
            waits, memory = _at_once(served.url, files, kind, process)
            what = f"{_PEOPLE} photos of 24 megapixels at once, .{kind}"
            answered = sum(1 for wait in waits if wait)
            figures += [
                Figure(f"{what}: answered", answered, "people", _PEOPLE, better="high"),
                Figure(f"{what}: web process at its peak", memory, "MB", _MOST_MB),
                Figure(f"{what}: median wait", statistics.median(waits), "s", None, tuple(waits)),
            ]
    return figures


def _file(path: Path, format_: str) -> bytes:
    file = io.BytesIO()
    with Image.open(path) as picture:
        picture.convert("RGB").resize(_SIZE).save(file, format_, quality=80)
    return file.getvalue()


def _at_once(
    url: str, files: list[bytes], kind: str, process: psutil.Process
) -> tuple[list[float], float]:
    """Return how long each waited, 0 without an answer, and the most memory, in megabytes."""
    peak, over = 0.0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.02):
            peak = max(peak, process.memory_info().rss / 1e6)

    watcher = threading.Thread(target=watch)
    watcher.start()
    barrier = threading.Barrier(len(files))
    try:
        with ThreadPoolExecutor(len(files)) as pool:
            come = (pool.submit(_show, url, data, kind, barrier.wait) for data in files)
            waits = [each.result() for each in list(come)]
    finally:
        over.set()
        watcher.join()
    return [round(wait, 1) for wait in waits], peak


def _show(url: str, data: bytes, kind: str, ready: Callable[[], int]) -> float:
    """Upload a photo, and wait for what the app says of it; seconds, 0 if it says nothing."""
    with Visitor(url) as visitor:
        visitor.open()
        visitor.open("photo")
        uploader = visitor.widget("file_uploader", "Photos")
        ready()
        began = time.monotonic()
        path = f"/_stcore/upload_file/{visitor.session}/photo"
        boundary = "of-one-file"
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; '
            f'filename="photo.{kind}"\r\nContent-Type: image/{kind}\r\n\r\n'
        )
        request = urllib.request.Request(
            url + path,
            head.encode() + data + f"\r\n--{boundary}--\r\n".encode(),
            {"Content-Type": f"multipart/form-data; boundary={boundary}", **visitor.headers()},
            method="PUT",
        )
        with urllib.request.urlopen(request, timeout=_PATIENCE):
            pass
        info = UploadedFileInfo(
            file_id="photo",
            name=f"photo.{kind}",
            size=len(data),
            file_urls=FileURLs(file_id="photo", upload_url=path, delete_url=path),
        )
        state = FileUploaderState(uploaded_file_info=[info])
        visitor.set(uploader, file_uploader_state_value=state)
        headings = [element.body for what, element in visitor.elements if what == "heading"]
        asked = any(body.startswith("Show it") for body in headings)
        return 0.0 if asked else time.monotonic() - began
