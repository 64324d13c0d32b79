"""Sampling: how often each photo is seen, by where it is from and by what is rare there."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fmnist.labelled_photos import LabelledPhoto

# How much of an epoch is of which source; every other one, and "train" and "validation", has photos
# of people's own, which are the truest, and the fewest. What a folder lacks, the others share.
PEOPLE = "people"
SHARES = {
    PEOPLE: 0.45,
    "catalogue": 0.27,
    "street boxes": 0.13,
    "street": 0.03,
    "things": 0.10,
}
BLANK_SHARE = 0.02  # of squares that show nothing, made up
BLANK = -1  # in the place of a photo's index

# A seed draws by places in a list, so the list's order is a part of what makes a model again.
_ORDER = ("train", "validation", "more", "catalogue", "things", "street", "street boxes")


def in_order(photos: Sequence[LabelledPhoto]) -> list[LabelledPhoto]:
    """Sort photos by where they are from, in the order that a seed draws by; other sources last."""
    places = {source: place for place, source in enumerate(_ORDER)}
    return sorted(photos, key=lambda photo: places.get(photo.source, len(places)))


def kind_of_source(photo: LabelledPhoto) -> str:
    """Return the key of ``SHARES`` that a photo counts as."""
    return photo.source if photo.source in SHARES else PEOPLE


def frequencies(photos: Sequence[LabelledPhoto]) -> NDArray[np.float64]:
    """Return how often each photo is to be seen, and last how often a blank square is.

    Of a source, the sets of right classes share by the square root of their photos: 36 ankle boots
    beside 1,025 T-shirts come a fifth as often, not a twenty-eighth, and each boot five times as
    often as each T-shirt. What is held out is never seen.

    Returns:
        float64 ``(n + 1,)``, in proportion; the sum is 1 if no source is missing.
    """
    groups = [_group(photo) for photo in photos]
    counts = Counter(
        group for group, photo in zip(groups, photos, strict=True) if not photo.held_out
    )
    totals: dict[str, float] = defaultdict(float)
    for (source, _), count in counts.items():
        totals[source] += count**0.5
    often = [
        0.0
        if photo.held_out
        else SHARES[group[0]] * counts[group] ** 0.5 / totals[group[0]] / counts[group]
        for group, photo in zip(groups, photos, strict=True)
    ]
    return np.array([*often, BLANK_SHARE])


def draw(often: NDArray[np.float64], n: int, random: np.random.Generator) -> NDArray[np.intp]:
    """Choose what is seen in an epoch.

    It is systematic sampling: a photo that is due 1.3 times comes once or twice, never not at all.

    Args:
        often: what ``frequencies`` returned.
        n: how many to choose.
        random: decides which and in which order.

    Returns:
        int ``(n,)``, indices of photos, and ``BLANK``.
    """
    shuffled = random.permutation(len(often))
    ends = np.cumsum(often[shuffled])
    points = (np.arange(n) + random.random()) * ends[-1] / n
    chosen = shuffled[np.searchsorted(ends, points, side="right")]
    chosen[chosen == len(often) - 1] = BLANK
    return random.permutation(chosen)


def _group(photo: LabelledPhoto) -> tuple[str, frozenset[int]]:
    """Return the source and the set of right classes that a photo is balanced by."""
    source = kind_of_source(photo)
    # Of whole street photos hardly two have the same set.
    return source, frozenset() if source == "street" else photo.classes
