"""How often a photo is seen."""

from pathlib import Path

import numpy as np
import pytest

from fmnist.labelled_photos import LabelledPhoto
from fmnist.training.photos.sampling import (
    BLANK,
    BLANK_SHARE,
    PEOPLE,
    SHARES,
    draw,
    frequencies,
    in_order,
)


def photos(source: str, n: int, *classes: int, held_out: bool = False) -> list[LabelledPhoto]:
    right = frozenset(classes)
    names = (f"{source}/{classes}/{place}/{held_out}" for place in range(n))
    return [LabelledPhoto(Path(), name, source, "", right, held_out) for name in names]


def test_of_a_source_sets_share_by_the_root_of_their_photos() -> None:
    often = frequencies([*photos("train", 100, 0), *photos("train", 1, 9)])
    assert often[100] == pytest.approx(10 * often[0])
    assert often[:100].sum() / often[100] == pytest.approx(10)


def test_each_source_has_its_share_and_all_are_one() -> None:
    everything = [*photos("train", 3, 1), *photos("more", 4, 2), *photos("my own", 5, 3)]
    everything += [each for source in SHARES if source != PEOPLE for each in photos(source, 7, 4)]
    often, sources = frequencies(everything), np.array([each.source for each in everything])
    assert often.sum() == pytest.approx(1)
    assert often[-1] == BLANK_SHARE
    for source, share in SHARES.items():
        those = [s == source or (source == PEOPLE and s not in SHARES) for s in sources]
        assert often[:-1][those].sum() == pytest.approx(share)


def test_what_is_held_out_is_never_seen_and_counts_for_nothing() -> None:
    training = photos("train", 4, 1)
    often = frequencies([*training, *photos("train", 50, 1, held_out=True)])
    assert (often[4:-1] == 0).all()
    np.testing.assert_array_equal(often[:4], frequencies(training)[:4])


def test_whole_photos_of_the_street_are_alike_whatever_is_worn() -> None:
    often = frequencies([*photos("street", 9, 1, 2), *photos("street", 1, 4, 5)])
    assert len(set(often[:-1])) == 1


def test_a_photo_comes_as_often_as_it_is_due_give_or_take_one() -> None:
    often = np.array([1.3, 0.4, 5.0, 0.0, 1.3])
    chosen = draw(often, 80, np.random.default_rng(0))
    counts = np.bincount(np.where(chosen == BLANK, 4, chosen), minlength=5)
    assert (np.abs(counts - often * 10) < 1).all()
    assert (np.diff(chosen) != 0).mean() > 0.4, "in no order"
    np.testing.assert_array_equal(draw(often, 80, np.random.default_rng(0)), chosen)


def test_the_order_in_which_a_seed_draws_is_by_source() -> None:
    mixed = [*photos("zoo", 1), *photos("things", 2), *photos("validation", 1), *photos("train", 2)]
    sources = [photo.source for photo in in_order(mixed)]
    assert sources == ["train", "train", "validation", "things", "things", "zoo"]
    assert [p.name for p in in_order(mixed)][:2] == [p.name for p in mixed[-2:]]
