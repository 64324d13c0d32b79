"""The executors that the contract is held for; Ray where it is installed."""

from importlib.util import find_spec

import pytest

without_ray = pytest.mark.skipif(
    find_spec("ray") is None, reason="Ray is not installed: pip install 'ray[data]'"
)
# By the address that the commands take.
EXECUTORS = [pytest.param(None, id="local"), pytest.param("local", id="ray", marks=without_ray)]
