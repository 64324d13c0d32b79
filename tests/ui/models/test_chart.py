from dataclasses import replace

import altair as alt
import pytest

from fmnist.models.published import Published, published
from fmnist.ui.charts import INK
from fmnist.ui.models.chart import model_rows, model_spec
from tests.models.test_card import CARD
from tests.ui.test_charts import fields


def test_models_and_published_figures_are_rows() -> None:
    cards = {"mine": CARD, "untested": replace(CARD, metrics={})}
    rows = model_rows(cards, published("fashion-mnist")).set_index("name")
    assert "untested" not in rows.index
    mine = rows.loc["mine"]
    assert mine["ours"]
    assert mine["low"] < mine["accuracy"] == 0.9 < mine["high"]
    people = rows.loc["People"]
    assert not people["ours"]
    assert people["size"] == "–"
    assert rows.loc["ResNet-20", "size"] == "270,000"


@pytest.mark.parametrize("cards", [{}, {"mine": CARD}])
def test_the_specification_fits_its_rows(cards: dict) -> None:
    specification = model_spec(INK)
    alt.Chart.from_dict(specification, validate=True)
    assert fields(specification) <= set(model_rows(cards, ()).columns)


def test_models_of_digits_differ_by_tenths_of_a_percent() -> None:
    axis = next(layer["encoding"]["y"]["axis"] for layer in model_spec(INK)["layer"])
    assert axis["format"] == ".1~%", "a tick at 99.5 % is not called 100 %"


def test_the_name_of_the_lesser_of_two_alike_stands_below() -> None:
    better, worse, small = (
        replace(CARD, parameters=n, metrics={"test_accuracy": accuracy})
        for n, accuracy in ((1_000_000, 0.95), (1_100_000, 0.94), (100_000, 0.94))
    )
    rows = model_rows({"better": better, "worse": worse, "small": small}, ()).set_index("name")
    assert rows["below"].to_dict() == {"better": False, "worse": True, "small": False}
    other = Published("theirs", 1_300_000, 0.95, None, "A paper", "https://example.org", "")
    beside = model_rows({"worse": worse}, [other]).iloc[0]
    assert beside["below"] and not beside["below_ours"], "theirs has no name on a phone"
