import altair as alt
import numpy as np

from fmnist.evaluation.significance import Comparison
from fmnist.ui.models.class_chart import class_rows, class_spec, difference_rows, difference_spec
from tests.ui.test_charts import fields


def test_a_bar_for_each_class() -> None:
    specification = class_spec(2, "#000000")
    alt.Chart.from_dict(specification, validate=True)
    rows = class_rows({"Coat": 0.8, "Bag": 0.991})
    assert fields(specification) <= set(rows.columns)
    assert rows["share"].tolist() == ["80.0 %", "99.1 %"]


def test_what_one_alone_gets_right_is_counted_by_class() -> None:
    specification = difference_spec("dense", "cnn", 3, "#000000")
    alt.Chart.from_dict(specification, validate=True)
    first = np.array([True, True, False, False, False])
    second = np.array([True, False, True, True, False])
    labels = np.array([0, 0, 0, 2, 2], np.uint8)
    names = ("dense", "cnn")
    rows = difference_rows(Comparison(first, second), labels, ("Coat", "Bag", "Hat"), names)
    assert fields(specification) <= set(rows.columns)
    assert rows["images"].tolist() == [1, 0, 0, 1, 0, 1]
    assert rows["place"].tolist() == [-1, 0, 0, 1, 0, 1]
    assert rows["only"].tolist() == ["dense"] * 3 + ["cnn"] * 3
