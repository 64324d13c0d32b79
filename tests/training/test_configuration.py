from dataclasses import Field, fields
from typing import Any

import pytest

from fmnist.training.configuration import Configuration
from fmnist.training.option import kind_of, option_of


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
        (
            {"task": "mixture"},
            "photos: expected a folder of photos, with a sub-folder for each kind of garment, for "
            "the task mixture; got ''.",
        ),
        ({"task": "photos", "photos": "here"}, "architecture: expected one of photo; got 'cnn'."),
        (
            {"task": "photos", "photos": "here", "architecture": "photo", "limit": 9},
            "limit: expected nothing, for the task photos; got 9.",
        ),
        ({"architecture": "photo"}, "architecture: expected one of dense, course-cnn, cnn,"),
        (
            {"task": "mixture", "photos": "here", "dataset": "mnist"},
            "dataset: expected fashion-mnist, for the task mixture; got 'mnist'.",
        ),
        (
            {"task": "fine-tuning"},
            "start from: expected a model to go on from, with my images unless another task is "
            "named, for the task fine-tuning; got ''.",
        ),
        (
            {"start_from": "cnn"},
            "start from: expected nothing, for the task labels; got 'cnn'.",
        ),
        (
            {"teacher": "cnn", "task": "fine-tuning", "start_from": "cnn"},
            "teacher: expected nothing, for the task fine-tuning; got 'cnn'.",
        ),
        (
            {"cutmix": 0.5, "task": "fine-tuning", "start_from": "cnn"},
            "cutmix: expected nothing, for the task fine-tuning; got 0.5.",
        ),
        ({"task": "dreaming"}, "task: expected one of labels, distillation, "),
        ({"loss": "hinge"}, "loss: expected one of crossentropy, "),
        (
            {"architecture": "resnext"},
            "architecture: expected one of dense, course-cnn, cnn, ",
        ),
        ({"dataset": "cifar"}, "dataset: expected one of fashion-mnist, mnist"),
        (
            {"optimizer": "lion"},
            "optimizer: expected one of adamw, adam, rmsprop, sgd; got 'lion'.",
        ),
        ({"schedule": "linear"}, "schedule: expected one of constant, cosine"),
        ({"augmentation": "mixup"}, "augmentation: expected one of none, "),
        ({"augmentation": ["flip"]}, "augmentation: expected one of none, "),
        ({"units": 64}, "units: expected nothing, for the architecture cnn; got 64."),
        (
            {"architecture": "dense", "filters": "64-64"},
            "filters: expected nothing, for the architecture dense; got '64-64'.",
        ),
        ({"architecture": "dense", "scaling": 0}, "scaling: expected true or false; got 0."),
        (
            {"label_noise": 0.1, "task": "mixture", "photos": "here"},
            "label noise: expected nothing, for the task mixture; got 0.1.",
        ),
        ({"epochs": 0}, "epochs: expected a whole number of 1 to 1,000; got 0."),
        ({"epochs": 2.5}, "epochs: expected a whole number"),
        ({"epochs": True}, "epochs: expected a whole number"),
        ({"batch_size": 1025}, "batch size: expected a whole number of 1 to 1,024"),
        ({"learning_rate": 0}, "learning rate: expected a number above 0 and at most 1"),
        ({"learning_rate": float("nan")}, "learning rate: expected a number above 0 and at most 1"),
        (
            {"weight_decay": -0.1},
            "weight decay: expected a number of at least 0 and at most 1; got",
        ),
        ({"ema": 1}, "ema: expected a number of at least 0 and below 1; got 1."),
        ({"learning_rate": "fast"}, "learning rate: expected a number above 0 and at most 1"),
        ({"validation_share": 1}, "validation share: expected a number of at least 0 and below 1"),
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


def test_yes_and_no_are_flags_on_the_command_line() -> None:
    configuration = Configuration("dense", normalisation=True, scaling=False)
    assert configuration.command() == "python -m fmnist train dense --normalisation --no-scaling"


def test_an_option_that_is_named_is_refused_though_it_changes_nothing() -> None:
    configuration = Configuration("cnn")
    with pytest.raises(ValueError, match="dropout: expected nothing, for the architecture cnn"):
        configuration.refuse_foreign(["epochs", "dropout"])
    Configuration("dense").refuse_foreign(["epochs", "dropout"])


@pytest.mark.parametrize(
    ("values", "task"),
    [
        ({}, "labels"),
        ({"teacher": "cnn"}, "distillation"),
        ({"start_from": "cnn"}, "fine-tuning"),
        ({"extras": "none"}, "labels"),
        ({"extras": "none", "teacher": "cnn"}, "distillation"),
        ({"extras": "mine", "start_from": "cnn"}, "fine-tuning"),
        ({"extras": "everyday", "photos": "here"}, "mixture"),
        ({"extras": "photos", "photos": "here", "architecture": "photo"}, "photos"),
    ],
)
def test_a_task_that_is_not_named_is_told_by_its_option(values: dict[str, Any], task: str) -> None:
    assert Configuration.of(values).task == task


def test_extras_that_nobody_knows_are_a_sentence() -> None:
    with pytest.raises(ValueError, match="extras: expected one of none, everyday, mine, photos"):
        Configuration.of({"extras": "more"})


@pytest.mark.parametrize("each", fields(Configuration), ids=lambda each: each.name)
def test_an_option_says_what_it_is_and_holds_its_default(each: Field) -> None:
    option, kind = option_of(each), kind_of(each)
    assert option.help.endswith(".")
    assert each.default is None or option.holds(each.default, kind)
    assert all(value is None or option.holds(value, kind) for value in option.offered)
    assert all(option.holds(choice, kind) for choice in option.choices)
