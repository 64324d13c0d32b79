"""What was read from JSON, which anybody may have edited, checked by the types it should have."""

from collections.abc import Mapping
from types import UnionType
from typing import Any, get_args, get_origin

# What reading a file of another form can end in.
MALFORMED = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


def fits(value: object, kind: Any) -> bool:
    """Tell whether a value is of a type, as fields are annotated.

    Args:
        value: from JSON; lists may have been made tuples.
        kind: a class, ``Any``, ``Mapping[…, …]``, ``list[…]``, ``tuple[…]`` or a union of them.
    """
    origin, of = get_origin(kind), get_args(kind)
    if kind is Any:
        return True
    if origin is Mapping:
        return isinstance(value, dict) and all(
            fits(name, of[0]) and fits(each, of[1]) for name, each in value.items()
        )
    if origin is list:
        return isinstance(value, list) and all(fits(each, of[0]) for each in value)
    if origin is tuple and isinstance(value, tuple):
        kinds = of[:1] * len(value) if of[-1] is ... else of
        return len(kinds) == len(value) and all(map(fits, value, kinds))
    if origin is UnionType:
        return any(fits(value, each) for each in of)
    if kind in (int, float):  # to Python a bool is a number, and an int no float
        return isinstance(value, int | kind) and not isinstance(value, bool)
    return isinstance(value, origin or kind)
