"""Significance: whether two models differ, and how far a measured share may be off."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Comparison:
    """Who is right, image by image.

    Attributes:
        first: bool ``(n,)``, where the first model is right.
        second: bool ``(n,)``, where the second one is.
    """

    first: NDArray[np.bool_]
    second: NDArray[np.bool_]

    @property
    def only_first(self) -> NDArray[np.bool_]:
        """Where the first is right and the second is not, bool ``(n,)``."""
        return self.first & ~self.second

    @property
    def only_second(self) -> NDArray[np.bool_]:
        """Where the second is right and the first is not, bool ``(n,)``."""
        return self.second & ~self.first

    @property
    def neither(self) -> NDArray[np.bool_]:
        """Where both are wrong, bool ``(n,)``."""
        return ~(self.first | self.second)

    @property
    def p_value(self) -> float:
        """How often chance alone makes them differ at least as much, see ``mcnemar``."""
        return mcnemar(int(self.only_first.sum()), int(self.only_second.sum()))


def compare(
    labels: NDArray[np.integer], first: NDArray[np.floating], second: NDArray[np.floating]
) -> Comparison:
    """Compare the predictions of two models.

    Args:
        labels: the true classes, integers ``(n,)``.
        first: the probabilities of one model, float ``(n, num_classes)``.
        second: those of the other.
    """
    return Comparison(first.argmax(axis=1) == labels, second.argmax(axis=1) == labels)


def mcnemar(only_first: int, only_second: int) -> float:
    """Test whether two models are equally good: the exact, two-sided McNemar test.

    Were they, an image that one alone gets right would be either's with equal chance, as the fall
    of a coin. Images that both get right, or both wrong, tell nothing.

    Source: McNemar, "Note on the sampling error of the difference between correlated proportions
    or percentages", Psychometrika 1947; exact by the binomial distribution.

    Args:
        only_first: how many images the first alone gets right.
        only_second: how many the second alone does.

    Returns:
        The chance, 0–1, of counts at least as far apart.
    """
    n, fewer = only_first + only_second, min(only_first, only_second)
    # In whole numbers, which Python has without limit, and divided once: nothing is rounded away.
    outcomes = sum(math.comb(n, k) for k in range(fewer + 1))
    return min(1.0, 2 * outcomes / 2**n)


# Of a normal distribution, 95 % lies within so many standard deviations.
_Z = 1.959964


def wilson_interval(share: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share that was counted in n trials.

    Unlike the share plus and minus two standard errors it stays within 0–1, and it holds near
    both ends.

    Source: Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA
    1927.

    Args:
        share: 0–1.
        n: how many were counted, at least 1.
    """
    z2 = _Z**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z * math.sqrt(share * (1 - share) / n + z2 / (4 * n**2)) / (1 + z2 / n)
    # Of none or of all, rounding leaves a hair beyond the end.
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Share:
    """A share that was counted, or a mean of such shares, and how far it may be off.

    Attributes:
        value: 0–1.
        n: how many were counted, at least 1.
        low: where its 95 % interval begins.
        high: where it ends.
    """

    value: float
    n: int
    low: float
    high: float

    @classmethod
    def of(cls, hits: NDArray[np.bool_]) -> "Share | None":
        """Count hits, bool ``(n,)``, with Wilson's interval; None if there is nothing to count."""
        if not len(hits):
            return None
        value = float(hits.mean())
        return cls(value, len(hits), *wilson_interval(value, len(hits)))


def mean_share(shares: Sequence[Share]) -> Share | None:
    """Average shares, each counting the same however many it was counted in.

    The interval is by the method of variance estimates recovery: how far each share's own Wilson
    interval reaches, squared and added. Unlike a bootstrap over the counted things it leaves room
    where a few were all right, and needs no seed.

    Source: Zou and Donner, "Construction of confidence intervals about effect measures: a general
    approach", Statistics in Medicine 2008; for a difference of two shares Newcombe, ibid. 1998.

    Returns:
        The mean, with the sum of the counts as ``n``; None without any share.
    """
    if not shares:
        return None
    k = len(shares)
    value = sum(share.value for share in shares) / k
    down = math.hypot(*(share.value - share.low for share in shares)) / k
    up = math.hypot(*(share.high - share.value for share in shares)) / k
    return Share(value, sum(share.n for share in shares), value - down, value + up)
