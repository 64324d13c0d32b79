import json
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks.figure import Figure, NotMeasuredError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def missing() -> list[Figure]:
        raise NotMeasuredError("there is no sun.")

    table = {"sundial": missing, "shade": lambda: [Figure("at noon", 0.5, "m", None)]}
    monkeypatch.setattr(command, "BENCHMARKS", table)
    monkeypatch.setattr(command, "_HERE", tmp_path)
    return tmp_path


def test_what_cannot_be_measured_is_said_and_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "sundial.md").write_text("of yesterday")
    command.main([])
    assert capsys.readouterr().err == "sundial: there is no sun.\n"
    assert (folder / "sundial.md").read_text() == "of yesterday"
    table = (folder / "shade.md").read_text()
    assert "`python -m benchmarks shade`, " in table
    assert "| at noon | 0.5 m |  |  |" in table
    assert json.loads((folder / "shade.json").read_text())["figures"][0]["value"] == 0.5


def test_an_unknown_name_is_a_sentence(folder: Path) -> None:
    with pytest.raises(SystemExit, match="Expected among sundial, shade; got moon"):
        command.main(["moon"])


def test_a_picture_stands_above_the_table(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Figure, "picture", lambda _: "<svg/>")
    command.main(["shade"])
    assert (folder / "shade.svg").read_text() == "<svg/>"
    before, _, after = (folder / "shade.md").read_text().partition("![Shade](shade.svg)")
    assert before.startswith("# Shade") and "| at noon |" in after
