import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from fmnist.__main__ import cli
from fmnist.datasets import Dataset, DataUnavailableError
from fmnist.models import ModelStore


@pytest.fixture(autouse=True)
def places(data: Path, models_folder: Path) -> Path:
    return models_folder


def evaluate(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["evaluate", *arguments])


def test_json_is_all_that_is_printed(places: Path) -> None:
    result = evaluate("dense", "--json")
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    card = ModelStore(places).card("dense")
    assert figures["model"] == "dense"
    assert figures["dataset"] == "fashion-mnist"
    assert figures["n"] == card.split["test"]
    assert figures["accuracy"] == pytest.approx(card.metrics["test_accuracy"], abs=1e-9)
    assert figures["loss"] == pytest.approx(card.metrics["test_loss"], abs=1e-5)
    assert 0 < figures["expected_calibration_error"] < 0.2
    assert 0 < figures["expected_calibration_error_untempered"] < 0.2
    assert figures["unfamiliar"] is None, "this model cannot tell"
    per_class = figures["per_class_accuracy"]
    assert list(per_class)[-1] == "Ankle boot"
    assert sum(per_class.values()) / 10 == pytest.approx(figures["accuracy"], abs=1e-3)


def test_people_get_lines(places: Path) -> None:
    result = evaluate("dense", "--dataset", "fashion-mnist")
    assert result.exit_code == 0, result.output
    assert "test images of Fashion-MNIST" in result.stdout
    assert "accuracy    0." in result.stdout
    temperature = ModelStore(places).card("dense").temperature
    assert f"before the temperature of {temperature:g})" in result.stdout
    assert "  Ankle boot   0." in result.stdout


def test_temperature_and_threshold_are_the_cards(places: Path) -> None:
    plain = json.loads(evaluate("dense", "--json").stdout)
    path = places / "dense" / "card.json"
    card = json.loads(path.read_text())
    path.write_text(json.dumps(card | {"temperature": 3, "ood_threshold": 0.3}))
    figures = json.loads(evaluate("dense", "--json", "--note").stdout)
    assert figures["accuracy"] == plain["accuracy"]
    before, after = "expected_calibration_error_untempered", "expected_calibration_error"
    assert figures[before] == pytest.approx(plain[before])
    assert figures[after] > 2 * figures[before], "a wrong temperature makes it worse"
    assert 0 < figures["unfamiliar"] < 1
    noted = ModelStore(places).card("dense")
    assert noted.metrics_of("class_accuracy") == figures["per_class_accuracy"]
    wanted = {
        "ece": figures[after],
        "ece_untempered": figures[before],
        "unfamiliar": figures["unfamiliar"],
    }
    assert noted.metrics.items() >= (card["metrics"] | wanted).items()


def test_other_classes_are_refused() -> None:
    result = evaluate("dense", "--dataset", "mnist")
    assert result.exit_code == 1
    assert "dense predicts the classes of Fashion-MNIST" in result.stderr
    assert result.stdout == ""


def test_digits_are_measured_on_digits_alone(digits_model: str) -> None:
    result = evaluate(digits_model, "--dataset", "mnist", "--json")
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    assert (figures["model"], figures["dataset"], figures["n"]) == ("digits", "mnist", 70)
    assert list(figures["per_class_accuracy"]) == list("0123456789")
    assert json.loads(evaluate(digits_model, "--json").stdout) == figures
    result = evaluate(digits_model, "--dataset", "fashion-mnist")
    assert result.exit_code == 1
    assert "digits predicts the classes of MNIST digits (0, 1," in result.stderr
    assert result.stdout == ""


def test_mistakes_are_sentences(places: Path) -> None:
    for arguments, code, sentence in (
        (["vgg"], 1, "The model vgg cannot be used: card.json is missing"),
        (["dense", "--dataset", "cifar"], 2, "'cifar' is no data set"),
    ):
        result = evaluate(*arguments)
        assert result.exit_code == code
        assert sentence in " ".join(result.stderr.split())
        assert "Traceback" not in result.output
    (places / "dense" / "model.keras").write_bytes(b"")
    result = evaluate("dense")
    assert result.exit_code == 1
    assert "is damaged" in result.stderr


def test_without_data_it_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(*_: object, **__: object) -> None:
        raise DataUnavailableError("The test images are not on this machine.", ())

    monkeypatch.setattr(Dataset, "load", unavailable)
    result = evaluate("dense")
    assert result.exit_code == 1
    assert result.stderr == "The test images are not on this machine.\n"
