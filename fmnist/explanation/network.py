"""A network, read from its compiled twin: its layers, and what each of them makes of an image.

TensorFlow is not needed: a LiteRT file holds the layers with their weights, and its interpreter
keeps what each of them computes if asked to.
"""

import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fmnist.explanation.layers import WITH_WEIGHTS, Floats, Layer, read_layers
from fmnist.explanation.litert_file import constant, parsed

if TYPE_CHECKING:
    from ai_edge_litert.interpreter import Interpreter


class Network:
    """The layers of a network, in the order in which they are computed.

    Args:
        twin: the LiteRT file, or its bytes.

    Attributes:
        twin: as above.
    """

    def __init__(self, twin: Path | bytes) -> None:
        self.twin = twin
        self._lock = threading.Lock()

    @property
    def content(self) -> bytes:
        """The LiteRT file's bytes; those of a path are read when asked for, and not kept."""
        return self.twin if isinstance(self.twin, bytes) else self.twin.read_bytes()

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
            return [interpreter.get_tensor(int(each.outputs[0]))[0] for each in self._operators]

    @cached_property
    def head(self) -> int:
        """The number of the last layer before the softmax that has weights: it gives the logits."""
        numbers = [n for n, layer in enumerate(self.layers) if layer.kind in WITH_WEIGHTS]
        if not numbers:
            raise ValueError("Expected a network with weights; this one has none.")
        return numbers[-1]

    def with_features(self) -> bytes:
        """Return a LiteRT file that gives what the head takes in the place of its first output."""
        content = bytearray(self.content)
        graph = parsed(content).subgraphs[0]
        graph.outputs[0] = self._operators[self.head].inputs[0]
        return bytes(content)

    def shuffled(self, seed: int = 0) -> "Network":
        """Return the same network with the weights of every layer in a random order.

        It has learnt nothing, yet its weights are as large as before (Adebayo et al., "Sanity
        Checks for Saliency Maps", NeurIPS 2018).
        """
        content, random = bytearray(self.content), np.random.default_rng(seed)
        model = parsed(content)
        for layer, operator in self._read:
            if layer.kernel is not None:
                weights = constant(model, operator.inputs[1]).reshape(-1)
                weights[:] = random.permutation(weights)
        return Network(bytes(content))

    @cached_property
    def _interpreter(self) -> "Interpreter":
        from ai_edge_litert.interpreter import Interpreter, OpResolverType

        of_bytes = isinstance(self.twin, bytes)
        interpreter = Interpreter(
            model_content=self.twin if of_bytes else None,
            model_path=None if of_bytes else str(self.twin),
            experimental_preserve_all_tensors=True,
            # The delegate that predicts quickly keeps nothing.
            experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
        )
        interpreter.allocate_tensors()
        return interpreter

    @property
    def _operators(self) -> list[Any]:
        return [operator for _, operator in self._read]

    @cached_property
    def _read(self) -> list[tuple[Layer, Any]]:
        """The layers, each with the operator that it is in the file.

        Raises:
            ValueError: if the file is no LiteRT model.
        """
        # Weights stay in the file until they are looked at.
        twin = self.twin if isinstance(self.twin, bytes) else np.memmap(self.twin, mode="r")
        return list(read_layers(parsed(twin)))
