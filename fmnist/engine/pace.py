"""Pace: how far work is, how quickly it goes, and how much longer it takes."""

import time
from collections.abc import Callable


class Pace:
    """How much of a total is done; what was done before says nothing of how quickly.

    Args:
        total: how many there are.
        done: how many of them were done before.
        in_hand: tells how much is done of what is under way, 1 being one of them.
        clock: tells the time in seconds.

    Attributes:
        done: how many are.
    """

    def __init__(
        self,
        total: int,
        done: int = 0,
        in_hand: Callable[[], float] = lambda: 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.done = done
        self._total, self._in_hand, self._clock = total, in_hand, clock
        self._before, self._began = done + in_hand(), clock()

    def __str__(self) -> str:
        words, reached = [f"{self.done:,} of {self._total:,}"], self.done + self._in_hand()
        seconds, gained = self._clock() - self._began, reached - self._before
        if gained > 0 and seconds > 0:
            rate = gained / seconds
            words += [_often(rate), f"{_duration((self._total - reached) / rate)} left"]
        return ", ".join(words)


def _often(per_second: float) -> str:
    """Say how often, in the unit of time in which it is at least once, or an hour."""
    units = ("a second", 1), ("a minute", 60), ("an hour", 3600)
    unit, seconds = next((each for each in units if per_second * each[1] >= 1), units[-1])
    return f"{per_second * seconds:,.1f} {unit}"


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds:.0f} s"
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
