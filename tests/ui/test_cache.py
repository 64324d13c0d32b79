"""What every session shares, and what the garbage collector sees of it."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from fmnist.ui import cache
from fmnist.ui.cache import freeze_garbage_collector


class Circle:
    """Garbage that only the collector finds, once nothing else holds it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    cache._collect_garbage.clear()
    yield
    gc.unfreeze()


def test_what_is_in_memory_is_not_looked_through_at_every_rerun() -> None:
    freeze_garbage_collector()
    circle = Circle()
    freeze_garbage_collector()
    found = weakref.ref(circle)
    del circle
    gc.collect()
    assert found()


def test_once_a_minute_all_garbage_is_found() -> None:
    circle = Circle()
    freeze_garbage_collector()
    found = weakref.ref(circle)
    del circle
    cache._collect_garbage.clear()  # as its minute does
    freeze_garbage_collector()
    assert found() is None
