"""How far a measured share may be from the true one."""

import math

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
    return middle - half, middle + half
