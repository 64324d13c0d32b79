"""A process that decodes: the same picture, and nobody else is hurt by what it meets."""

import importlib
import os
import signal
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from fmnist.preprocessing import InputError, decode
from fmnist.preprocessing import decoder_process as processes
from fmnist.preprocessing.decoder_process import DecoderProcess
from tests.preprocessing.pictures import encode, halves, heic

decoding = importlib.import_module("fmnist.preprocessing.decode")


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> Iterator[DecoderProcess]:
    """A process of this test's own; whatever is larger than a pixel is decoded in it."""
    process = DecoderProcess()
    monkeypatch.setattr(decoding, "_process", process)
    monkeypatch.setattr(decoding, "_LARGE", 1)
    yield process
    process.close()


def here(data: bytes) -> NDArray[np.uint8]:
    return decoding.reduced(decoding.open_image(data), 512)[..., :3]


@pytest.mark.parametrize("data", [heic(halves()), encode(halves(), "AVIF")], ids=["heic", "avif"])
def test_it_is_the_picture_that_would_be_decoded_here(data: bytes, process: DecoderProcess) -> None:
    np.testing.assert_array_equal(decode(data), here(data))
    assert process._process is not None
    first = process._process.pid
    decode(data)
    assert process._process.pid == first, "it waits for the next one"


def test_other_formats_stay_here(process: DecoderProcess) -> None:
    decode(encode(halves(), "PNG"))
    assert process._process is None


def test_a_damaged_picture_is_a_sentence_and_the_next_is_read(process: DecoderProcess) -> None:
    good = heic(halves())
    with pytest.raises(InputError, match=r"“cut\.heic” is damaged or was cut short"):
        decode(good[: int(len(good) * 0.9)], "cut.heic")
    np.testing.assert_array_equal(decode(good), here(good))


def test_a_process_that_dies_takes_nothing_with_it(
    process: DecoderProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = heic(halves())
    with monkeypatch.context() as patch:
        patch.setattr(processes, "_COMMAND", (sys.executable, "-c", "import os; os.abort()"))
        with pytest.raises(InputError, match="is damaged"):
            decode(good)
    np.testing.assert_array_equal(decode(good), here(good))
    assert process._process is not None
    os.kill(process._process.pid, signal.SIGKILL)
    process._process.wait()
    np.testing.assert_array_equal(decode(good), here(good))


def test_a_decoder_that_does_not_end_is_given_up(
    process: DecoderProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "_PATIENCE", 0.2)
    monkeypatch.setattr(processes, "_COMMAND", ("sleep", "60"))
    with pytest.raises(InputError, match="is damaged"):
        decode(heic(halves()))


def test_without_another_process_it_is_decoded_here(
    process: DecoderProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "_COMMAND", ("/no/such/program",))
    data = heic(halves())
    np.testing.assert_array_equal(decode(data), here(data))


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process's limits are seen")
def test_its_memory_is_limited(process: DecoderProcess) -> None:
    import resource

    decode(heic(halves()))
    assert process._process is not None
    assert resource.prlimit(process._process.pid, resource.RLIMIT_AS)[0] == processes._MEMORY
