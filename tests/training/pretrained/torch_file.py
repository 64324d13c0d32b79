"""Files as PyTorch wrote them before 1.6, made without it."""

import io
import pickle
import struct
import sys
import zipfile
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from fmnist.training.pretrained.torch_weights import MAGIC, VERSION


class _Storage:
    def __init__(self, key: str, size: int) -> None:
        self.key, self.size = key, size


class _Tensor:
    """Pickled as a call of PyTorch's function that makes one: float32, rows before columns."""

    def __init__(self, key: str, array: NDArray[np.float32]) -> None:
        steps = tuple(stride // 4 for stride in np.ascontiguousarray(array).strides)
        self.parts: tuple[Any, ...] = (
            _Storage(key, array.size),
            0,
            array.shape,
            steps,
            False,
            OrderedDict(),
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return sys.modules["torch._utils"]._rebuild_tensor_v2, self.parts


class _Pickler(pickle.Pickler):
    def persistent_id(self, obj: Any) -> Any:
        if isinstance(obj, _Storage):
            kind = sys.modules["torch"].FloatStorage
            return "storage", kind, obj.key, "cpu", obj.size, None
        return None


def legacy_file(
    tensors: Mapping[str, NDArray[np.float32]], magic: int = MAGIC, offset: int = 0
) -> bytes:
    """Write tensors as ``torch.save`` did; ``offset`` shifts what they show of their storages."""
    with pytest.MonkeyPatch.context() as patch:
        torch, utils = ModuleType("torch"), ModuleType("torch._utils")

        def _rebuild_tensor_v2() -> None: ...

        class FloatStorage: ...

        for thing, module in ((_rebuild_tensor_v2, utils), (FloatStorage, torch)):
            thing.__module__, thing.__qualname__ = module.__name__, thing.__name__
            setattr(module, thing.__name__, thing)
            patch.setitem(sys.modules, module.__name__, module)
        file = io.BytesIO()
        made = OrderedDict(
            (name, _Tensor(str(key), array)) for key, (name, array) in enumerate(tensors.items())
        )
        for tensor in made.values():
            storage, _, *rest = tensor.parts
            tensor.parts = storage, offset, *rest
        keys = [str(key) for key in range(len(tensors))]
        for part in (magic, VERSION, {"little_endian": True}, made, keys):
            _Pickler(file, protocol=2).dump(part)
        for array in tensors.values():
            file.write(struct.pack("<q", array.size) + array.astype("<f4").tobytes())
        return file.getvalue()


def package(path: Path, weights: bytes) -> Path:
    """Pack weights as a package of the Python Package Index does."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model/__init__.py", "raise SystemExit")
        archive.writestr("model/weights.pth", weights)
    return path
