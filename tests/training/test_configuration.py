from typing import Any

import pytest

from fmnist.training.configuration import MAX_BATCH_SIZE, Configuration


def test_it_survives_json() -> None:
    configuration = Configuration("dense", epochs=3, learning_rate=0.01, limit=500, seed=7)
    assert Configuration.from_json(configuration.to_json()) == configuration


def test_fields_left_out_have_their_default() -> None:
    assert Configuration.from_json('{"epochs": 3}') == Configuration(epochs=3)


@pytest.mark.parametrize("text", ['{"epoch": 3}', "[3]", "{", "null"])
def test_json_that_is_no_configuration_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Configuration.from_json(text)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"extras": "everyday"}, "photos: expected a folder of photos, for the extras; got ''."),
        ({"extras": "photos", "photos": "here"}, "architecture: expected one of sharp; got 'cnn'."),
        ({"architecture": "sharp"}, "architecture: expected one of dense, cnn,"),
        (
            {"extras": "everyday", "photos": "here", "dataset": "mnist"},
            "dataset: expected fashion-mnist, for the extras; got 'mnist'.",
        ),
        (
            {"extras": "mine"},
            "start from: expected the name of a model that goes on with my images; got ''.",
        ),
        (
            {"extras": "mine", "start_from": "cnn", "dataset": "mnist"},
            "dataset: expected fashion-mnist, for the extras; got 'mnist'.",
        ),
        (
            {"start_from": "cnn"},
            "extras: expected mine, where a model goes on; got 'none'.",
        ),
        (
            {"teacher": "cnn", "extras": "everyday", "photos": "here"},
            "extras: expected none, where a teacher answers; got 'everyday'.",
        ),
        (
            {"architecture": "resnext"},
            "architecture: expected one of dense, cnn, ",
        ),
        ({"dataset": "cifar"}, "dataset: expected one of fashion-mnist, mnist"),
        ({"optimizer": "lion"}, "optimizer: expected one of adamw, sgd; got 'lion'."),
        ({"schedule": "linear"}, "schedule: expected one of constant, cosine"),
        ({"augmentation": "mixup"}, "augmentation: expected one of none, "),
        ({"augmentation": ["flip"]}, "augmentation: expected one of none, "),
        ({"epochs": 0}, "epochs: expected a whole number of 1 to 1,000; got 0."),
        ({"epochs": 2.5}, "epochs: expected a whole number"),
        ({"epochs": True}, "epochs: expected a whole number"),
        ({"batch_size": MAX_BATCH_SIZE + 1}, "batch size: expected a whole number of 1 to 1,024"),
        ({"learning_rate": 0}, "learning rate: expected a number above 0"),
        ({"learning_rate": float("nan")}, "learning rate: expected a number above 0"),
        ({"weight_decay": -0.1}, "weight decay: expected a number of 0 to 1; got -0.1."),
        ({"learning_rate": "fast"}, "learning rate: expected a number above 0"),
        ({"validation_share": 1}, "validation share: expected a share"),
        ({"limit": 0}, "limit: expected a whole number"),
        ({"seed": -1}, "seed: expected a whole number of 0"),
    ],
)
def test_values_out_of_range_are_a_sentence(values: dict[str, Any], expected: str) -> None:
    with pytest.raises(ValueError, match="expected") as error:
        Configuration(**values)
    assert str(error.value).startswith(expected)


def test_the_command_line_says_what_is_not_the_default() -> None:
    configuration = Configuration("cnn", epochs=20, learning_rate=0.002, augmentation="flip")
    command = "python -m fmnist train cnn --epochs 20 --learning-rate 0.002 --augmentation flip"
    assert configuration.command() == command
