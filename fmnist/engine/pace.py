"""Pace: how far work is, how quickly it goes, and how much longer it takes."""

import time


class Pace:
    """Counts what gets done of a total; what was done before says nothing of how quickly.

    Args:
        total: how many there are.
        done: how many of them were done before.

    Attributes:
        began: by the monotonic clock, in seconds.
        now: when something got done last, likewise.
    """

    def __init__(self, total: int, done: int = 0) -> None:
        self._total, self._before, self._done = total, done, done
        self.began = self.now = time.monotonic()

    def add(self, n: int) -> None:
        """Count so many more."""
        self._done, self.now = self._done + n, time.monotonic()

    @property
    def per_second(self) -> float | None:
        """How many get done in a second; None while nothing has."""
        seconds, done = self.now - self.began, self._done - self._before
        return done / seconds if done and seconds else None

    def __str__(self) -> str:
        words = [f"{self._done:,} of {self._total:,}"]
        if rate := self.per_second:
            words += [_often(rate), f"{_duration((self._total - self._done) / rate)} left"]
        return ", ".join(words)


def _often(per_second: float) -> str:
    """Say how often, by the unit of time in which it is at least once, or an hour."""
    units = ("second", 1), ("minute", 60), ("hour", 3600)
    unit, seconds = next((u for u in units if per_second * u[1] >= 1), units[-1])
    return f"{per_second * seconds:,.1f} a {unit}"


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds:.0f} s"
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
