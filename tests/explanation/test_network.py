"""The layers that are read from a twin are Keras's, in what they are and in what they compute."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from fmnist.architectures import ARCHITECTURES, build
from fmnist.explanation import Network
from fmnist.inference.classifier import Classifier
from fmnist.models.file import export_twin
from tests.small_dataset import make_split

IMAGES = make_split(4, seed=3)[0]
GRAY = [name for name, each in ARCHITECTURES.items() if len(each.shape) == 2]


Compiled = Callable[[str], tuple[keras.Model, Path]]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """Build a network of an architecture and compile its twin, once; neither is to be changed."""
    folder = tmp_path_factory.mktemp("twins")

    @cache
    def compiled(name: str) -> tuple[keras.Model, Path]:
        keras.utils.set_random_seed(0)
        model = build(name, 10)
        export_twin(model, folder / f"{name}.tflite")
        return model, folder / f"{name}.tflite"

    return compiled


@pytest.mark.parametrize(
    ("name", "options", "kinds"),
    [
        ("dense", {"activation": "tanh", "units": 9}, "rescaling flatten dense tanh dense"),
        (
            "dense",
            {"hidden_layers": 2, "activation": "sigmoid", "normalisation": True, "units": 9},
            "rescaling flatten dense sigmoid dense sigmoid dense",
        ),
        ("dense", {"scaling": False, "dropout": 0.5, "units": 9}, "flatten dense dense"),
        (
            "course-cnn",
            {"filters": "16", "activation": "elu", "units": 9},
            "convolution elu max pooling flatten dense elu dense",
        ),
        (
            "course-cnn",
            {"filters": "16-16", "normalisation": True, "scaling": False, "units": 9},
            "convolution max pooling convolution max pooling flatten dense dense",
        ),
    ],
)
def test_what_the_course_s_exercises_build_is_read_too(
    name: str, options: dict[str, Any], kinds: str, tmp_path: Path
) -> None:
    model = build(name, 10, **options)
    export_twin(model, tmp_path / "twin.tflite")
    network = Network(tmp_path / "twin.tflite")
    assert " ".join(layer.kind for layer in network.layers) == f"{kinds} softmax"
    images = IMAGES[:1].astype(np.float32)
    expected = np.asarray(model(images, training=False))[0]
    np.testing.assert_allclose(network.run(IMAGES[0])[-1], expected, atol=1e-5)


@pytest.mark.parametrize("name", GRAY)
def test_the_layers_compute_what_keras_does(name: str, compiled: Compiled) -> None:
    model, twin = compiled(name)
    network = Network(twin)
    outputs = network.run(IMAGES[0])
    expected = np.asarray(model(IMAGES[:1].astype(np.float32)))[0]
    np.testing.assert_allclose(outputs[-1], expected, atol=1e-5)
    assert [output.shape for output in outputs] == [layer.shape for layer in network.layers]
    assert network.layers[-1].kind == "softmax"
    assert "other" not in {layer.kind for layer in network.layers}
    for number, layer in enumerate(network.layers):
        assert all(-1 <= source < number for source in layer.inputs)
        if layer.relu:
            assert outputs[number].min() >= 0


def test_a_convolution_is_what_its_kernel_says(compiled: Compiled) -> None:
    _, twin = compiled("cnn")
    network = Network(twin)
    outputs, (first, *_) = network.run(IMAGES[1]), network.layers
    assert (first.kind, first.inputs, first.shape, first.stride) == (
        "convolution", (-1,), (28, 28, 32), 1
    )  # fmt: skip
    assert first.kernel is not None and first.bias is not None
    window = IMAGES[1][9:12, 13:16].astype(np.float32)
    sums = np.einsum("hw,hwf->f", window, first.kernel[:, :, 0]) + first.bias
    np.testing.assert_allclose(outputs[0][10, 14], np.maximum(sums, 0), rtol=1e-4, atol=1e-5)


def test_the_head_gives_the_logits_and_takes_the_features(
    compiled: Compiled, tmp_path: Path
) -> None:
    _, twin = compiled("cnn")
    network = Network(twin)
    head, outputs = network.layers[network.head], network.run(IMAGES[2])
    assert (head.kind, head.shape) == ("dense", (10,))
    assert head.kernel is not None and head.bias is not None
    features = outputs[network.head - 1]
    np.testing.assert_allclose(features @ head.kernel + head.bias, outputs[network.head], atol=1e-4)
    path = tmp_path / "features.tflite"
    path.write_bytes(network.with_features())
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(str(path))
    interpreter.allocate_tensors()
    interpreter.set_tensor(
        interpreter.get_input_details()[0]["index"], IMAGES[2:3].astype(np.float32)
    )
    interpreter.invoke()
    (told,) = (interpreter.get_tensor(each["index"]) for each in interpreter.get_output_details())
    np.testing.assert_allclose(told[0], features, atol=1e-4)


def test_shuffled_it_has_the_same_weights_and_has_learnt_nothing(
    compiled: Compiled, tmp_path: Path
) -> None:
    _, twin = compiled("cnn")
    network = Network(twin)
    shuffled = network.shuffled()
    for before, after in zip(network.layers, shuffled.layers, strict=True):
        if before.kernel is not None and after.kernel is not None:
            assert not np.array_equal(before.kernel, after.kernel)
            np.testing.assert_array_equal(
                np.sort(before.kernel.ravel()), np.sort(after.kernel.ravel())
            )
    path = tmp_path / "shuffled.tflite"
    path.write_bytes(shuffled.content)
    told = Classifier(path, 10).predict_proba(IMAGES)
    assert not np.allclose(told, Classifier(twin, 10).predict_proba(IMAGES), atol=1e-3)
    np.testing.assert_allclose(told.sum(axis=1), 1, atol=1e-5)


def test_other_bytes_are_a_sentence() -> None:
    with pytest.raises(ValueError, match="Expected a LiteRT model"):
        Network(b"no model at all").layers  # noqa: B018 - reads it
