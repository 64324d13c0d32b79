from fmnist.models.published import Classic
from fmnist.ui import charts
from fmnist.ui.classic_chart import classic_rows, classic_spec

METHODS = [
    Classic("Guessing", {"Clothes": 0.1, "Digits": 0.11}, 1.0),
    Classic("Knowing", {"Clothes": 0.99, "Digits": 1.0}, 2.0),
]


def test_there_is_a_row_for_each_method_and_data_set() -> None:
    rows = classic_rows(METHODS)
    assert rows["method"].tolist() == ["Guessing", "Guessing", "Knowing", "Knowing"]
    assert rows["dataset"].tolist() == ["Clothes", "Digits"] * 2
    assert rows["share"].tolist() == ["10.0 %", "11.0 %", "99.0 %", "100.0 %"]


def test_the_chart_uses_the_columns_of_its_rows() -> None:
    spec = classic_spec(("Clothes", "Digits"), 2, "#000000")
    assert spec["data"] == {"name": charts.ROWS}
    columns = set(classic_rows(METHODS).columns)
    for layer in spec["layer"]:
        encoding = layer["encoding"]
        fields = {encoding[name]["field"] for name in ("x", "y")}
        fields |= {tip["field"] for tip in encoding["tooltip"]}
        assert fields <= columns
