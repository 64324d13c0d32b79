from pathlib import Path

import pytest

from fmnist.models import ModelStore
from fmnist.ui.data.other_dataset import NETWORKS, networks_on_both

SHIPPED = ModelStore(Path(__file__).parents[3] / "models")


def test_networks_that_were_trained_on_both_are_told_with_what_they_learnt_from() -> None:
    pairs = [
        {name: SHIPPED.card(name) for name in names}
        for names in zip(*NETWORKS.values(), strict=True)
    ]
    clothes, digits = pairs
    found = networks_on_both(clothes, digits)
    assert [method.method for method, _ in found] == list(NETWORKS)
    for (method, note), (first, second) in zip(found, NETWORKS.values(), strict=True):
        assert list(method.accuracy.values()) == [
            clothes[first].metrics["test_accuracy"],
            digits[second].metrics["test_accuracy"],
        ]
        assert f"{clothes[first].split['train']:,} clothes" in note
        assert f"{digits[second].split['train']:,} digits" in note


@pytest.mark.parametrize("missing", [0, 1])
def test_one_that_is_missing_on_either_side_is_left_out(missing: int) -> None:
    sides = [{"dense": SHIPPED.card("dense")}, {"digits-dense": SHIPPED.card("digits-dense")}]
    sides[missing] = {}
    assert networks_on_both(*sides) == []
