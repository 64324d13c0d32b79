"""Specifications that Vega-Lite accepts, and the rows that fill them."""

from typing import Any

import altair as alt
import jsonschema
import numpy as np
import pandas as pd
import pytest

from fmnist.ui import charts
from fmnist.ui.confusion import confusion_rows, confusion_spec
from fmnist.ui.train.charts import curve_spec

NAMES = ("Coat", "Bag", "Dress")
SPECIFICATIONS = {
    "probabilities": charts.probabilities_spec(3, "#000000"),
    "accuracy": curve_spec("accuracy", 5),
    "loss": curve_spec("loss", 5),
    "confusion": confusion_spec(NAMES, "#000000"),
}
ROWS = {
    "probabilities": charts.probabilities_rows(np.array([0.2, 0.7, 0.1]), NAMES),
    "accuracy": pd.DataFrame({"epoch": [1.0], "value": [0.5], "data": ["Training"]}),
    "loss": pd.DataFrame({"epoch": [1.0], "value": [0.5], "data": ["Training"]}),
    "confusion": confusion_rows(np.eye(3, dtype=int).tolist(), NAMES),
}


def fields(part: Any) -> set[str]:
    """All the columns a specification draws from."""
    if isinstance(part, list):
        return set().union(*map(fields, part))
    if not isinstance(part, dict):
        return set()
    own = {part["field"]} if isinstance(part.get("field"), str) else set()
    return own.union(*map(fields, part.values()))


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_vega_lite_accepts_the_specification(name: str) -> None:
    # from_dict validates against Vega-Lite's schema; validate=False in charts only saves time.
    alt.Chart.from_dict(SPECIFICATIONS[name], validate=True)


def test_the_schema_would_notice_a_mistake() -> None:
    broken = SPECIFICATIONS["loss"] | {"layer": [{"mark": "no such mark"}]}
    with pytest.raises(jsonschema.ValidationError):
        alt.Chart.from_dict(broken, validate=True)


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_the_rows_have_the_columns_that_are_drawn(name: str) -> None:
    wanted = fields(SPECIFICATIONS[name])
    assert wanted
    assert wanted <= set(ROWS[name].columns)


def test_a_specification_is_built_once() -> None:
    assert curve_spec("loss", 5) is SPECIFICATIONS["loss"]


def test_without_a_true_label_only_the_prediction_stands_out() -> None:
    rows = charts.probabilities_rows(np.array([0.2, 0.7, 0.1]), NAMES)
    assert rows["role"].tolist() == ["other", "predicted", "other"]
    assert rows["share"].tolist() == ["20 %", "70 %", "10 %"]
    assert rows["rank"].tolist() == [1, 0, 2]


def test_in_label_order_the_rank_is_the_label() -> None:
    rows = charts.probabilities_rows(np.array([0.2, 0.7, 0.1]), NAMES, by_probability=False)
    assert rows["rank"].tolist() == [0, 1, 2]


def test_a_right_answer_is_marked_as_both() -> None:
    rows = charts.probabilities_rows(np.array([0.2, 0.7, 0.1]), NAMES, true_label=1)
    assert rows["role"].tolist() == ["other", "predicted", "other"]
    assert "true" in rows["share"][1]
    assert rows["note"][1] == "Predicted and true"


def test_a_wrong_answer_is_red_and_the_truth_is_marked() -> None:
    rows = charts.probabilities_rows(np.array([0.2, 0.7, 0.1]), NAMES, true_label=0)
    assert rows["role"].tolist() == ["other", "wrong", "other"]
    assert "true" in rows["share"][0]
    assert "true" not in rows["share"][1]
    assert rows["note"].tolist() == ["True", "Predicted", ""]


def test_confusion_has_a_row_a_cell() -> None:
    rows = confusion_rows([[3, 1, 0], [0, 0, 0], [0, 2, 2]], NAMES)
    assert len(rows) == 9
    cell = rows[(rows["true"] == "Coat") & (rows["predicted"] == "Bag")].iloc[0]
    assert (cell["images"], cell["share"]) == (1, 0.25)
    # A class without images has no shares, rather than 0 / 0.
    assert rows[rows["true"] == "Bag"]["share"].tolist() == [0, 0, 0]
