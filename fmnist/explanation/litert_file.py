"""A LiteRT file, taken apart and put together again, by the schema that LiteRT publishes."""

from typing import Any

_IDENTIFIER = b"TFL3"


def schema() -> Any:
    """Import the schema of LiteRT's files when it is needed: it takes a quarter of a second."""
    from ai_edge_litert import schema_py_generated

    return schema_py_generated


def parsed(content: bytes) -> Any:
    """Read a LiteRT file as the schema's objects.

    Raises:
        ValueError: if it is none.
    """
    try:
        return schema().ModelT.InitFromPackedBuf(content, 0)
    except Exception as error:  # whatever reading bytes as offsets may end in
        raise ValueError(f"Expected a LiteRT model: {error!r}") from error


def packed(model: Any) -> bytes:
    """Write the schema's objects as a LiteRT file."""
    import flatbuffers

    builder = flatbuffers.Builder(1 << 20)
    builder.Finish(model.Pack(builder), file_identifier=_IDENTIFIER)
    return bytes(builder.Output())


def operator_name(model: Any, operator: Any) -> str:
    """Return the name of an operator in the schema, such as CONV_2D."""
    code = model.operatorCodes[operator.opcodeIndex].builtinCode
    names = schema().BuiltinOperator.__dict__
    return next(name for name, value in names.items() if value == code)
