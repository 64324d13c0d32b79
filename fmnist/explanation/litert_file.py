"""A LiteRT file, taken apart by the schema that LiteRT publishes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def schema() -> Any:
    """Import the schema of LiteRT's files when it is needed: it takes a quarter of a second."""
    from ai_edge_litert import schema_py_generated

    return schema_py_generated


def parsed(content: bytes | bytearray | NDArray[np.uint8]) -> Any:
    """Read a LiteRT file as the schema's objects.

    Arrays among them are views: they take no memory of their own, and what is written to them
    changes ``content``, if it may be changed.

    Raises:
        ValueError: if it is none.
    """
    try:
        return schema().ModelT.InitFromPackedBuf(content, 0)
    except Exception as error:  # whatever reading bytes as offsets may end in
        raise ValueError(f"Expected a LiteRT model: {error!r}") from error


def operator_name(model: Any, operator: Any) -> str:
    """Return the name of an operator in the schema, such as CONV_2D."""
    code = model.operatorCodes[operator.opcodeIndex].builtinCode
    names = schema().BuiltinOperator.__dict__
    return next(name for name, value in names.items() if value == code)


def constant(model: Any, tensor: int) -> NDArray[np.float16] | NDArray[np.float32]:
    """Return the values of a tensor that does not depend on the image: weights, and the like.

    Raises:
        ValueError: if they are kept in whole numbers, or it is no constant.
    """
    graph = model.subgraphs[0]
    for operator in graph.operators:
        # Weights of half precision are made single again before they are used.
        if tensor in operator.outputs and operator_name(model, operator) == "DEQUANTIZE":
            (tensor,) = operator.inputs
    found = graph.tensors[tensor]
    types = schema().TensorType
    kinds = {types.FLOAT16: np.float16, types.FLOAT32: np.float32}
    data = model.buffers[found.buffer].data
    if data is None or found.type not in kinds:
        raise ValueError("Expected a network whose weights are floating-point numbers.")
    return np.frombuffer(data, kinds[found.type]).reshape(found.shape)
