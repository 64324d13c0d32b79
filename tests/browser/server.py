"""The app served by a process of its own, as ``streamlit run app.py`` does it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PATIENCE = 60  # seconds


@dataclass(frozen=True)
class Served:
    """An app that is being served.

    Attributes:
        url: where, without a slash at the end.
        process: the server.
        log: the file with what it prints.
        started: when the process was started, ``time.perf_counter()``.
    """

    url: str
    process: "subprocess.Popen[bytes]"
    log: Path
    started: float

    def wait(self) -> None:
        """Wait until it answers."""
        while True:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                waited = time.perf_counter() - self.started
                if self.process.poll() is not None or waited > _PATIENCE:
                    raise RuntimeError(f"The app does not start:\n{self.log.read_text()}") from None
                time.sleep(0.02)


# Wherever it is started, see where ``serving`` does that.
_COMMAND = (sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"))


@contextmanager
def serving(
    log: Path, environment: Mapping[str, str], command: Sequence[str] = _COMMAND
) -> Iterator[Served]:
    """Serve the app on a free port, with these environment variables on top of our own.

    It is started from another folder than its own, as people do.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [f"--server.port={port}", "--server.headless=true"]
    with log.open("wb") as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            [*command, *options],
            cwd=log.parent,
            env={**os.environ, **environment},
            stdout=out,
            stderr=out,
        )
    try:
        yield Served(f"http://127.0.0.1:{port}", process, log, started)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
