from pathlib import Path

from fmnist.training import table

ROWS = [{"epoch": 1.0, "loss": 0.5}, {"epoch": 2.0, "loss": 0.25}]


def test_rows_come_back(tmp_path: Path) -> None:
    for row in ROWS:
        table.append(tmp_path / "t.csv", row)
    assert table.read(tmp_path / "t.csv") == ROWS


def test_no_table_has_no_rows(tmp_path: Path) -> None:
    assert table.read(tmp_path / "t.csv") == []


def test_half_a_row_is_not_read(tmp_path: Path) -> None:
    table.keep(tmp_path / "t.csv", ROWS)
    with (tmp_path / "t.csv").open("a") as file:
        file.write("3,0.")
    assert table.read(tmp_path / "t.csv") == ROWS


def test_a_table_is_made_anew(tmp_path: Path) -> None:
    table.keep(tmp_path / "t.csv", ROWS)
    table.keep(tmp_path / "t.csv", ROWS[:1])
    assert table.read(tmp_path / "t.csv") == ROWS[:1]
    table.keep(tmp_path / "t.csv", [])
    assert table.read(tmp_path / "t.csv") == []
