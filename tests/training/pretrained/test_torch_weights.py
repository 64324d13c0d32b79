"""Reading PyTorch's old files, and refusing what is none."""

import io
import pickle

import numpy as np
import pytest

from fmnist.training.pretrained import torch_weights
from tests.training.pretrained.torch_file import legacy_file

TENSORS = {
    "conv.weight": np.arange(24, dtype=np.float32).reshape(2, 3, 4),
    "conv.bias": np.array([0.5, -1], np.float32),
}


def read(content: bytes) -> dict[str, np.ndarray]:
    return torch_weights.read(io.BytesIO(content))


def test_tensors_are_what_was_written() -> None:
    found = read(legacy_file(TENSORS))
    assert list(found) == list(TENSORS)
    for name, array in TENSORS.items():
        assert found[name].dtype == np.float32
        np.testing.assert_array_equal(found[name], array)


@pytest.mark.parametrize("content", [b"", b"no pickle", pickle.dumps(7) * 5])
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="Expected weights in PyTorch's old file format"):
        read(content)


def test_code_is_not_called() -> None:
    with pytest.raises(ValueError, match=r"builtins\.print, which is no tensor"):
        read(pickle.dumps(print))


def test_another_magic_number_is_refused() -> None:
    with pytest.raises(ValueError, match="another magic number"):
        read(legacy_file(TENSORS, magic=1))


@pytest.mark.parametrize("missing", [1, 9, 60])
def test_a_file_that_is_cut_short_is_refused(missing: int) -> None:
    with pytest.raises(ValueError, match="got"):
        read(legacy_file(TENSORS)[:-missing])


@pytest.mark.parametrize("offset", [1, 1000, -1])
def test_a_tensor_keeps_to_its_numbers(offset: int) -> None:
    with pytest.raises(ValueError, match="within their storages"):
        read(legacy_file(TENSORS, offset=offset))
