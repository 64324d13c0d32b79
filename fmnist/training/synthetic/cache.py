"""What is mixed in, on disk: it takes minutes to make, and a run may be started twice."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fmnist.storage import replacing
from fmnist.training.synthetic.material import Material, balanced


def write(path: Path, materials: Mapping[str, Material]) -> None:
    """Write materials as one ``.npz`` file, in one step."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for name, material in materials.items():
        arrays[f"{name}/images"], arrays[f"{name}/targets"] = material.images, material.targets
    with replacing(path) as temporary, temporary.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]


def read(path: Path) -> dict[str, Material]:
    """Read what ``write`` wrote."""
    with np.load(path) as arrays:
        names = dict.fromkeys(key.partition("/")[0] for key in arrays)
        return {
            name: balanced(arrays[f"{name}/images"], arrays[f"{name}/targets"]) for name in names
        }
