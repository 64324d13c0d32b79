"""The layers of a network, read from its compiled twin.

Batch normalisation is part of the convolution before it there, and ReLU of the layer it follows;
the numbers are the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from fmnist.explanation.litert_file import constant, operator_name

Floats = NDArray[np.float32]
Kind = Literal[
    "rescaling",
    "convolution",
    "depthwise convolution",
    "max pooling",
    "average pooling",
    "global average pooling",
    "add",
    "flatten",
    "dense",
    "sigmoid",
    "tanh",
    "elu",
    "softmax",
    "other",
]

_IMAGE = -1
_KINDS: dict[str, Kind] = {
    "MUL": "rescaling",
    "CONV_2D": "convolution",
    "DEPTHWISE_CONV_2D": "depthwise convolution",
    "MAX_POOL_2D": "max pooling",
    "AVERAGE_POOL_2D": "average pooling",
    "MEAN": "global average pooling",
    "ADD": "add",
    "RESHAPE": "flatten",
    "FULLY_CONNECTED": "dense",
    "LOGISTIC": "sigmoid",
    "TANH": "tanh",
    "ELU": "elu",
    "SOFTMAX": "softmax",
}
# Activations that are layers of their own, number by number, and bend everywhere.
CURVED = ("sigmoid", "tanh", "elu")
WITH_WEIGHTS = ("convolution", "depthwise convolution", "dense")
# What computes the shape that a flatten has, or makes weights of half precision single again.
_BESIDE = {"SHAPE", "STRIDED_SLICE", "PACK", "DEQUANTIZE", "CAST"}


@dataclass(frozen=True)
class Layer:
    """One layer of a network.

    Attributes:
        kind: what it computes.
        inputs: the numbers of the layers it takes from; -1 is the image.
        shape: of what comes out, without the batch: ``(height, width, channels)`` or ``(units,)``.
        kernel: its weights: ``(height, width, inputs, filters)`` of a convolution, where a
            depthwise one has 1 input, or ``(inputs, units)`` of a dense layer; else None.
        bias: float32 ``(filters,)`` or ``(units,)``; None as above.
        relu: whether what would be below zero is zero.
        stride: by how many pixels it moves.
        window: height and width in pixels of what pooling sees at once.
    """

    kind: Kind
    inputs: tuple[int, ...]
    shape: tuple[int, ...]
    kernel: Floats | None = None
    bias: Floats | None = None
    relu: bool = False
    stride: int = 1
    window: tuple[int, int] = (1, 1)

    @property
    def parameters(self) -> int:
        """How many weights it has, biases among them; of a convolution after normalisation."""
        return sum(part.size for part in (self.kernel, self.bias) if part is not None)


def read_layers(model: Any) -> Iterator[tuple[Layer, Any]]:
    """Go through the layers of a parsed LiteRT file, each with the operator that it is there.

    What only tells where something is, and is not on the way to the probabilities, is left out.
    """
    graph = model.subgraphs[0]
    wanted = _leading_to_probabilities(graph)
    # The layer that fills a tensor; what is constant is filled by none.
    made = {int(graph.inputs[0]): _IMAGE}
    for operator in graph.operators:
        name = operator_name(model, operator)
        if name in _BESIDE or not wanted & set(map(int, operator.outputs)):
            continue
        (output,) = map(int, operator.outputs)
        sources = tuple(made[int(each)] for each in operator.inputs if int(each) in made)
        shape = tuple(map(int, graph.tensors[output].shape[1:]))
        kind = _KINDS.get(name, "other")
        if kind == "flatten" and len(shape) > 1:
            # The channel that gray images lack, which is no layer of anybody's.
            made[output] = sources[0]
            continue
        yield _layer(model, kind, operator, sources, shape), operator
        made[output] = max(made.values()) + 1


def _leading_to_probabilities(graph: Any) -> set[int]:
    """Return the tensors from which the one output of two dimensions is computed, and it."""
    wanted = {int(each) for each in graph.outputs if len(graph.tensors[each].shape) == 2}
    # Of a model that was changed to give its features, it is none of the outputs.
    wanted = wanted or set(map(int, graph.outputs))
    for operator in reversed(graph.operators):  # each comes after what it needs
        if wanted & set(map(int, operator.outputs)):
            wanted |= set(map(int, operator.inputs))
    return wanted


def _layer(
    model: Any, kind: Kind, operator: Any, sources: tuple[int, ...], shape: tuple[int, ...]
) -> Layer:
    options = operator.builtinOptions
    stride = getattr(options, "strideH", 1)
    window = getattr(options, "filterHeight", 1), getattr(options, "filterWidth", 1)
    # 1 is ReLU and 3 is ReLU6, in the schema's ActivationFunctionType.
    relu = getattr(options, "fusedActivationFunction", 0) in (1, 3)
    if kind not in WITH_WEIGHTS:
        return Layer(kind, sources, shape, None, None, relu, stride, window)
    kernel, bias = (_single(model, tensor) for tensor in (*operator.inputs[1:], -1)[:2])
    if kernel is None:
        raise ValueError(f"Expected weights in every {kind}; one has none.")
    # LiteRT has the filters first.
    order = {"dense": (1, 0), "convolution": (1, 2, 3, 0), "depthwise convolution": (1, 2, 0, 3)}
    if bias is None:
        bias = np.zeros(shape[-1], np.float32)
    return Layer(kind, sources, shape, kernel.transpose(order[kind]), bias, relu, stride, window)


def _single(model: Any, tensor: int) -> Floats | None:
    return None if tensor < 0 else constant(model, tensor).astype(np.float32, copy=False)
