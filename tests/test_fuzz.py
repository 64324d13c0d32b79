"""Hostile files in bounded form; ``make fuzz`` tries many more."""

import pytest

from tests.fuzz import KINDS, fuzz, spoil


@pytest.mark.parametrize("kind", KINDS)
def test_a_spoilt_file_is_answered_or_refused(kind: str) -> None:
    outcome = fuzz(kind, range(12))
    assert outcome.crashes == []
    assert outcome.counts["refused"] > 0


def test_a_seed_spoils_a_file_in_one_way() -> None:
    good = bytes(range(256)) * 4
    assert spoil(good, 7) == spoil(good, 7)
    assert len({spoil(good, seed) for seed in range(50)}) == 50
