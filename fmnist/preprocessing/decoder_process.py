"""A process that decodes pictures, for formats whose decoders take much memory or may crash.

What it takes is given back or is its own, and whatever a damaged file does to it, nobody else
notices. It waits for the next picture and ends with whoever started it, whose pipe it reads:

- to it: how many bytes of a file follow and ``max_side``, then those bytes
- from it: height and width of the picture, then its RGBA pixels; a height of 0 if it cannot be read
"""

import atexit
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO, Any

import numpy as np

from fmnist import settings
from fmnist.preprocessing.picture import Picture

_COMMAND = (
    sys.executable,
    "-c",
    "from fmnist.preprocessing.decoder_process import serve; serve()",
)
_QUESTION, _ANSWER = struct.Struct("<QQ"), struct.Struct("<II")
# Seconds that a picture may take: of 50 megapixels those of a slow machine.
_PATIENCE = 60
# Bytes: what the largest picture takes, and what Python and its libraries do.
_MEMORY = 2 * 2**30
# Buffers of a picture are given back at once, and threads do not each keep some.
_FRUGAL = {
    "MALLOC_MMAP_THRESHOLD_": str(2**20),
    "MALLOC_ARENA_MAX": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


class DecoderProcess:
    """Decodes pictures in a process, started with the first and anew if it has died.

    One thread at a time may use it.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.close)

    def decode(self, data: bytes, max_side: int) -> Picture:
        """Decode a file as ``decode.decode_rgba`` does.

        Raises:
            ValueError: if it cannot be read, or the process has died of it or was given up.
            OSError: if no process can be started.
        """
        process = self._ready()
        assert process.stdin and process.stdout
        alarm = threading.Timer(_PATIENCE, process.kill)
        alarm.start()
        try:
            with suppress(BrokenPipeError):  # it has died, as reading will tell
                process.stdin.write(_QUESTION.pack(len(data), max_side))
                process.stdin.write(data)
                process.stdin.flush()
            height, width = _ANSWER.unpack(_exactly(process.stdout, _ANSWER.size))
            if not height:
                raise ValueError("The picture cannot be read.")
            pixels = _exactly(process.stdout, height * width * 4)
        except EOFError:
            self.close()
            raise ValueError("The process that decoded it has died.") from None
        finally:
            alarm.cancel()
        return np.frombuffer(pixels, np.uint8).reshape(height, width, 4)

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _ready(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(
                _COMMAND,
                env=settings.subprocess_environment() | _FRUGAL,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # a Ctrl-C in the terminal is its starter's affair
            )
        return self._process


def _exactly(stream: IO[bytes], n: int) -> bytes:
    data = stream.read(n)
    if len(data) < n:
        raise EOFError
    return data


def serve() -> None:
    """Answer until there are no more questions: what the process does."""
    from fmnist.preprocessing.decode import open_image, reduced

    _limit_memory()
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            n, max_side = _QUESTION.unpack(_exactly(questions, _QUESTION.size))
            data = _exactly(questions, n)
        except EOFError:
            return
        try:
            picture = reduced(open_image(data), max_side)
        except Exception:  # whatever a decoder makes of a damaged file
            answers.write(_ANSWER.pack(0, 0))
        else:
            answers.write(_ANSWER.pack(*picture.shape[:2]))
            answers.write(np.ascontiguousarray(picture).tobytes())
        answers.flush()


def _limit_memory() -> None:
    resource: Any
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
