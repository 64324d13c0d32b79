"""Weights in PyTorch's old file format (before 1.6), read without PyTorch and without its risks.

Such a file is a row of pickles – a magic number, a version, facts of the machine, the dictionary of
tensors, the keys of the storages – and then each storage as a count and raw little-endian numbers.
A pickle may call anything; this reader lets it make tensors and ordered dictionaries, nothing else.
"""

import pickle
import struct
from collections import OrderedDict
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

MAGIC, VERSION = 0x1950A86A20F9469CFC6C, 1001
_TYPES = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}


def read(file: BinaryIO) -> dict[str, NDArray[Any]]:
    """Return the tensors of a file of PyTorch's old format by their names, as numpy arrays.

    Source: ``torch.serialization._legacy_save``.

    Args:
        file: what ``torch.save(module.state_dict(), file)`` wrote.

    Returns:
        float32 or int64 arrays with the shapes they had in PyTorch (kernels: out, in, high, wide).

    Raises:
        ValueError: if it is of another format, damaged, or holds what is no tensor.
    """
    try:
        return _read(file)
    except (pickle.UnpicklingError, EOFError, struct.error, TypeError, LookupError) as error:
        raise ValueError(f"Expected weights in PyTorch's old file format; got {error}.") from error


class _Storage(NamedTuple):
    """Numbers of which a tensor shows a part: their key in the file, their type, their number."""

    key: str
    dtype: np.dtype
    size: int


class _Tensor(NamedTuple):
    """A view of a storage; offset and strides count numbers, not bytes."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    def array(self, numbers: NDArray[Any]) -> NDArray[Any]:
        """Return a copy of what the tensor shows of its storage's numbers.

        Raises:
            ValueError: if it would reach beyond them.
        """
        steps = zip(self.shape, self.strides, strict=True)
        last = self.offset + sum((size - 1) * stride for size, stride in steps)
        if min((*self.shape, *self.strides, self.offset)) < 0 or last >= len(numbers):
            raise ValueError("Expected tensors within their storages; got one that reaches beyond.")
        strides = tuple(stride * numbers.itemsize for stride in self.strides)
        return np.lib.stride_tricks.as_strided(numbers[self.offset :], self.shape, strides).copy()


class _TensorUnpickler(pickle.Unpickler):
    """An unpickler that finds no class or function but the few that tensors need."""

    def find_class(self, module: str, name: str) -> Any:
        """Return what stands for a class or function of PyTorch's."""
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _tensor
        if module == "torch" and name in _TYPES:
            return _TYPES[name]
        raise pickle.UnpicklingError(f"{module}.{name}, which is no tensor")

    def persistent_load(self, pid: Any) -> _Storage:
        """Return what stands for a storage, whose numbers come later in the file."""
        kind, dtype, key, _device, count, view = pid
        if kind != "storage" or view is not None:
            raise pickle.UnpicklingError(f"{kind!r}, which is no storage")
        return _Storage(str(key), dtype, int(count))


def _tensor(storage: _Storage, offset: int, shape: tuple, strides: tuple, *_: object) -> _Tensor:
    return _Tensor(storage, offset, tuple(shape), tuple(strides))


def _read(file: BinaryIO) -> dict[str, NDArray[Any]]:
    magic, version, _machine = (_TensorUnpickler(file).load() for _ in range(3))
    if (magic, version) != (MAGIC, VERSION):
        raise pickle.UnpicklingError("another magic number")
    tensors: dict[str, _Tensor] = _TensorUnpickler(file).load()
    storages = {tensor.storage.key: tensor.storage for tensor in tensors.values()}
    numbers = {}
    for key in _TensorUnpickler(file).load():
        storage = storages[key]
        (count,) = struct.unpack("<q", file.read(8))
        raw = file.read(count * storage.dtype.itemsize)
        if count != storage.size or len(raw) != count * storage.dtype.itemsize:
            raise EOFError(f"a storage, {key}, that is cut short")
        numbers[key] = np.frombuffer(raw, storage.dtype)
    return {name: tensor.array(numbers[tensor.storage.key]) for name, tensor in tensors.items()}
