"""The contract: what work is, and what whoever does it for many items promises."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item", contravariant=True)
Result = TypeVar("Result", covariant=True)
AnyItem = TypeVar("AnyItem")
AnyResult = TypeVar("AnyResult")

# Workers that die one after another before any of them gets something done die of something that
# the next one will die of too. One picture is given fewer, see ``attempts.HOPELESS``.
DEATHS = 8


class EngineError(Exception):
    """Work cannot begin or go on; the text is a sentence to show."""


def as_sentence(error: Exception) -> EngineError:
    """Return what a worker met as what can be sent to the driver and shown."""
    return EngineError(str(error) or type(error).__name__)


class Work(Protocol[Item, Result]):
    """What is done with each of many items. It can be pickled, and so can items and results."""

    def open(self) -> Callable[[Item], Result]:
        """Load what all items need, once in each worker, and return what does one item.

        Raises:
            EngineError: if the worker's machine lacks something.
        """


class Executor(Protocol):
    """Does work for many items, several at once."""

    def map(self, work: Work[AnyItem, AnyResult], items: Sequence[AnyItem]) -> Iterator[AnyResult]:
        """Do every item, and yield the results in the order in which they come.

        A worker that dies is replaced and its item is done again: so to do an item twice must come
        to the same as to do it once. Whoever closes the iterator ends the workers.

        Raises:
            EngineError: if workers cannot begin, or die one after another.
        """
