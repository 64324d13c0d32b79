import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fmnist.models import Card, ModelError
from fmnist.models.card import machine

CARD = Card(
    dataset="fashion-mnist",
    architecture="dense",
    parameters=101_770,
    configuration={"epochs": 1},
    split={"train": 55_000, "validation": 5_000, "test": 10_000},
    metrics={"test_accuracy": 0.9},
)


def test_it_survives_the_disk(tmp_path: Path) -> None:
    sources = ({"name": "Clothing dataset", "what": "people's own photos", "licence": "CC0"},)
    for card in (CARD, replace(CARD, shape=(192, 192, 3), sources=sources, weights=(0.2, 1.1))):
        card.write(tmp_path / "card.json")
        assert Card.read(tmp_path / "card.json") == card


def test_it_says_with_what_and_when_it_was_made() -> None:
    assert set(CARD.versions) == {"tensorflow", "keras", "numpy"}
    assert CARD.date.endswith("+00:00")


def test_an_older_card_was_not_made_on_the_machine_that_reads_it(tmp_path: Path) -> None:
    assert CARD.machine
    CARD.write(tmp_path / "card.json")
    values = json.loads((tmp_path / "card.json").read_text())
    del values["machine"]
    (tmp_path / "card.json").write_text(json.dumps(values))
    assert Card.read(tmp_path / "card.json").machine == ""


def test_an_older_card_s_threshold_is_read_under_its_new_name(tmp_path: Path) -> None:
    replace(CARD, ood_threshold=0.7).write(tmp_path / "card.json")
    text = (tmp_path / "card.json").read_text().replace("ood_threshold", "unfamiliar_above")
    (tmp_path / "card.json").write_text(text)
    assert Card.read(tmp_path / "card.json").ood_threshold == 0.7


def test_what_another_version_wrote_beside_it_is_passed_over(tmp_path: Path) -> None:
    CARD.write(tmp_path / "card.json")
    values = json.loads((tmp_path / "card.json").read_text()) | {"sets": [[0], [1]], "mood": "calm"}
    (tmp_path / "card.json").write_text(json.dumps(values))
    assert Card.read(tmp_path / "card.json") == CARD


def test_metrics_are_found_by_what_they_are_of() -> None:
    metrics = {"test_accuracy": 0.9, "class_accuracy/T-shirt/top": 0.8, "class_accuracy/Bag": 1.0}
    card = replace(CARD, metrics=metrics)
    assert card.metrics_of("class_accuracy") == {"T-shirt/top": 0.8, "Bag": 1.0}
    assert card.metrics_of("seed_accuracy") == {}


def test_a_card_that_is_missing_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"card\.json is missing"):
        Card.read(tmp_path / "card.json")


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", '{"colour": "red"}', "\x00", "[" * 200_000, '{"date":' * 100_000]
)
def test_a_file_that_is_no_card_is_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "card.json").write_text(text)
    with pytest.raises(ModelError, match="cannot be read"):
        Card.read(tmp_path / "card.json")


@pytest.mark.parametrize(
    "change",
    [
        {"dataset": ["mnist"]},
        {"metrics": None},
        {"metrics": {"test_accuracy": "high"}},
        {"metrics": {"test_accuracy": [0.9]}},
        {"sha256": "0"},
        {"sha256": {"model.keras": 7}},
        {"parameters": "many"},
        {"parameters": True},
        {"parameters": 1.5},
        {"split": {"train": "all"}},
        {"split": [1, 2]},
        {"versions": {"keras": 3}},
        {"versions": "3"},
        {"shape": [28, "28"]},
        {"weights": [1, 2, 3]},
        {"sources": ["CC0"]},
        {"sources": [{"name": 1}]},
        {"configuration": []},
        {"temperature": "warm"},
        {"temperature": 0},
        {"ood_threshold": "high"},
        {"command": None},
        {"machine": 2},
        {"date": "yesterday"},
        {"date": 2026},
        {"architecture": "x" * 10_000 + "y", "date": ["x" * 10_000]},
    ],
)
def test_a_card_with_something_else_in_a_field_is_a_sentence(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    CARD.write(tmp_path / "card.json")
    values = json.loads((tmp_path / "card.json").read_text())
    (tmp_path / "card.json").write_text(json.dumps(values | change))
    with pytest.raises(ModelError, match="is not a card: its") as told:
        Card.read(tmp_path / "card.json")
    assert len(str(told.value)) < 200


def test_a_figure_that_is_no_number_is_one_all_the_same(tmp_path: Path) -> None:
    # Of a run that diverged.
    replace(CARD, metrics={"test_loss": float("nan")}).write(tmp_path / "card.json")
    assert math.isnan(Card.read(tmp_path / "card.json").metrics["test_loss"])


def _pretend(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    command = folder / "nvidia-smi"
    command.write_text(f"#!/bin/sh\n{script}\n")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def test_cores_and_system() -> None:
    assert " cores, " in machine()


def test_a_gpu_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend(tmp_path, monkeypatch, "echo NVIDIA H100")
    assert machine().endswith(", NVIDIA H100")


def test_without_its_driver_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend(tmp_path, monkeypatch, "echo no driver; exit 9")
    assert "driver" not in machine()
