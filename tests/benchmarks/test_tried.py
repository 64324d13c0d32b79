"""What was tried is told by cards, once each, and is not forgotten."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from benchmarks import tried
from benchmarks.figure import NotMeasuredError
from benchmarks.tried import Tried, measure
from fmnist.models import Card
from fmnist.training.status import State
from tests.finished_run import make_finished_run, make_run, over

_CARD = Card(
    "fashion-mnist",
    "dense",
    101_770,
    {"architecture": "dense", "epochs": 3},
    {},
    {"validation_accuracy": 0.8, "test_accuracy": 0.7, "training_seconds": 61.4},
    command="python -m fmnist train --recipe some",
    date="2026-11-29T06:25:49+00:00",
)
_ROW = Tried("dense", "python -m fmnist train dense --epochs 3", 0.8, 0.7, 61, "2026-11-29")


@pytest.fixture
def cards(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Card]:
    """The cards that there are; nothing was kept before."""
    found: list[Card] = []
    monkeypatch.setattr(tried, "_cards", lambda: iter(found))
    monkeypatch.setattr(tried, "_KEPT", tmp_path / "tried.json")
    return found


def test_a_configuration_is_told_in_the_options_of_today(cards: list[Card]) -> None:
    cards.append(_CARD)
    assert measure() == [_ROW]
    assert _ROW.cells() == ["dense", "0.8000", "0.7000", "1 min 01 s", "2026-11-29", "`--epochs 3`"]


def test_what_was_kept_stays_and_the_same_is_told_once(cards: list[Card]) -> None:
    worse = replace(_ROW, held_out=0.75)
    text = json.dumps({"figures": [asdict(each) for each in (worse, replace(_ROW, seconds=50))]})
    tried._KEPT.write_text(text)
    cards.append(_CARD)
    assert measure() == [_ROW, worse]


@pytest.mark.parametrize(
    "card",
    [
        replace(_CARD, configuration={"architecture": "dense", "limit": 2000}),
        replace(_CARD, configuration={"architecture": "gone"}),
        replace(_CARD, configuration={"architecture": "dense", "dataset": "mnist"}),
        replace(_CARD, metrics={"test_accuracy": 0.7}),
    ],
    ids=["some images", "an unknown network", "digits", "not measured"],
)
def test_what_does_not_compare_is_left_out(cards: list[Card], card: Card) -> None:
    cards.append(card)
    with pytest.raises(NotMeasuredError, match="no run on all"):
        measure()


def test_cards_are_those_of_models_and_of_runs_that_have_finished(
    models_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FMNIST_RUNS_DIR", str(tmp_path))
    before = len(list(tried._cards()))
    make_finished_run(tmp_path, models_folder / "dense")
    make_run(tmp_path, over(State.STOPPED))
    assert before
    assert len(list(tried._cards())) == before + 1
