"""A network's layers, read from its compiled twin, and what each of them makes of an image.

TensorFlow is not needed: a LiteRT file holds the layers with their weights, and its interpreter
keeps what each of them computes if asked to. Batch normalisation is part of the convolution before
it there, and ReLU of the layer it follows; the numbers are the same.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from fmnist.explanation.litert_file import operator_name, packed, parsed, schema

if TYPE_CHECKING:
    from ai_edge_litert.interpreter import Interpreter

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
    "SOFTMAX": "softmax",
}
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


class Network:
    """The layers of a network, in the order in which they are computed.

    Args:
        twin: the LiteRT file.

    Attributes:
        content: the LiteRT file's bytes.

    Raises:
        ValueError: if it is none.
    """

    def __init__(self, twin: Path | bytes) -> None:
        self.content = twin if isinstance(twin, bytes) else twin.read_bytes()
        self._lock = threading.Lock()

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """What the network computes, step by step."""
        return tuple(layer for layer, _ in self._read)

    def run(self, image: NDArray[np.uint8]) -> list[Floats]:
        """Return what each layer makes of an image, uint8 as the model takes it, one by one."""
        with self._lock:
            interpreter = self._interpreter
            (source,) = interpreter.get_input_details()
            interpreter.set_tensor(source["index"], image[None].astype(np.float32))
            interpreter.invoke()
            return [interpreter.get_tensor(tensor)[0] for _, tensor in self._read]

    @cached_property
    def head(self) -> int:
        """The number of the last layer before the softmax that has weights: it gives the logits."""
        numbers = [n for n, layer in enumerate(self.layers) if layer.kernel is not None]
        if not numbers:
            raise ValueError("Expected a network with weights; this one has none.")
        return numbers[-1]

    def with_features(self) -> bytes:
        """Return a LiteRT file that has what the head takes as a second output, after the first."""
        model = parsed(self.content)
        graph = model.subgraphs[0]
        operator = next(
            each for each in graph.operators if self._read[self.head][1] in list(each.outputs)
        )
        graph.outputs = np.append(graph.outputs, operator.inputs[0]).astype(np.int32)
        model.signatureDefs = None  # which names the outputs there were
        return packed(model)

    def shuffled(self, seed: int = 0) -> "Network":
        """Return the same network with the weights of every layer in a random order.

        It has learnt nothing, yet its weights are as large as before (Adebayo et al., "Sanity
        Checks for Saliency Maps", NeurIPS 2018).
        """
        model, random = parsed(self.content), np.random.default_rng(seed)
        for operator in model.subgraphs[0].operators:
            if operator_name(model, operator) in (
                "CONV_2D",
                "DEPTHWISE_CONV_2D",
                "FULLY_CONNECTED",
            ):
                tensor = model.subgraphs[0].tensors[operator.inputs[1]]
                buffer = model.buffers[tensor.buffer]
                if buffer.data is not None and tensor.type == schema().TensorType.FLOAT32:
                    weights = np.frombuffer(bytes(buffer.data), np.float32)
                    buffer.data = np.frombuffer(random.permutation(weights).tobytes(), np.uint8)
        return Network(packed(model))

    @cached_property
    def _interpreter(self) -> "Interpreter":
        from ai_edge_litert.interpreter import Interpreter, OpResolverType

        interpreter = Interpreter(
            model_content=self.content,
            experimental_preserve_all_tensors=True,
            # The delegate that predicts quickly keeps nothing.
            experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
        )
        interpreter.allocate_tensors()
        return interpreter

    @cached_property
    def _read(self) -> list[tuple[Layer, int]]:
        """The layers, each with the number of the tensor that it fills."""
        return list(self._layers())

    def _layers(self) -> Iterator[tuple[Layer, int]]:
        model = parsed(self.content)
        graph = model.subgraphs[0]
        # The layer that fills a tensor; what is constant is filled by none.
        made = {int(graph.inputs[0]): _IMAGE}
        for operator in graph.operators:
            name = operator_name(model, operator)
            if name in _BESIDE:
                continue
            (output,) = map(int, operator.outputs)
            sources = tuple(made[int(each)] for each in operator.inputs if int(each) in made)
            shape = tuple(map(int, graph.tensors[output].shape[1:]))
            kind = _KINDS.get(name, "other")
            if kind == "flatten" and len(shape) > 1:
                # The channel that gray images lack, which is no layer of anybody's.
                made[output] = sources[0]
                continue
            yield self._layer(kind, operator, sources, shape), output
            made[output] = max((n for n in made.values()), default=_IMAGE) + 1

    def _layer(
        self, kind: Kind, operator: Any, sources: tuple[int, ...], shape: tuple[int, ...]
    ) -> Layer:
        options = operator.builtinOptions
        stride = getattr(options, "strideH", 1)
        window = getattr(options, "filterHeight", 1), getattr(options, "filterWidth", 1)
        # 1 is ReLU and 3 is ReLU6, in the schema's ActivationFunctionType.
        relu = getattr(options, "fusedActivationFunction", 0) in (1, 3)
        kernel = bias = None
        if kind in ("convolution", "depthwise convolution", "dense"):
            kernel = self._interpreter.get_tensor(int(operator.inputs[1])).astype(np.float32)
            # LiteRT has the filters first.
            kernel = kernel.T if kind == "dense" else kernel.transpose(1, 2, 3, 0)
            if kind == "depthwise convolution":
                kernel = kernel.transpose(0, 1, 3, 2)
            has_bias = len(operator.inputs) > 2 and operator.inputs[2] >= 0
            bias = (
                self._interpreter.get_tensor(int(operator.inputs[2])).astype(np.float32)
                if has_bias
                else np.zeros(shape[-1], np.float32)
            )
        return Layer(kind, sources, shape, kernel, bias, relu, stride, window)
