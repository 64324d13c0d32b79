import json
from dataclasses import asdict
from pathlib import Path

import pytest

from fmnist.datasets import DATASETS
from fmnist.models.published import Classic, classic


def test_what_was_measured_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "classic.json"
    monkeypatch.setattr("fmnist.settings.CLASSIC_BENCHMARK", table)
    assert classic() == ()
    rows = (Classic("Guessing", {"Clothes": 0.1}, 1.5),)
    table.write_text(json.dumps({"machine": "", "figures": [asdict(row) for row in rows]}))
    assert classic() == rows


def test_every_method_was_tried_on_every_data_set() -> None:
    measured = {tuple(each.accuracy) for each in classic()}
    assert len(measured) == 1
    assert set(*measured) <= {dataset.title for dataset in DATASETS.values()}
    for each in classic():
        assert all(0.5 < accuracy < 1 for accuracy in each.accuracy.values())
