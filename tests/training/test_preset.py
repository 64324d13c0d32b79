"""What each preset claims, by short runs on few images."""

from dataclasses import replace

import keras
import pytest

from fmnist.datasets import DATASETS, Split
from fmnist.evaluation.dead_units import dead_units
from fmnist.training.overfitting import memorising_from
from fmnist.training.preset import PRESETS, presets
from fmnist.training.tasks.task import outputs_of
from fmnist.training.trainer import train
from tests.training.conftest import labelled


@pytest.fixture
def images(data: object) -> Split:
    return DATASETS["fashion-mnist"].load("train")


def trained(name: str, split: Split, **other: object) -> keras.Model:
    """Train a preset on so many images, for so many epochs, and without changing anything else."""
    configuration = replace(presets()[name].configuration, **other)  # type: ignore[arg-type]
    return train(configuration, labelled(configuration, split))


def curve(model: keras.Model) -> list[dict[str, float]]:
    logs = model.history.history
    epochs = range(len(logs["loss"]))
    return [{"epoch": n + 1, **{name: logs[name][n] for name in logs}} for n in epochs]


@pytest.mark.parametrize("name", PRESETS)
def test_each_says_why_in_a_sentence(name: str) -> None:
    preset = presets()[name]
    assert preset.why.endswith(".")
    assert 40 < len(preset.why) < 170
    assert len(preset.title) < 16


def test_they_are_told_apart() -> None:
    for of in ("title", "why", "configuration"):
        assert len({getattr(preset, of) for preset in presets().values()}) == len(PRESETS)


@pytest.mark.parametrize(
    ("name", "differs"),
    [
        ("too-few-units", {"units"}),
        ("rate-too-high", {"optimizer", "learning_rate"}),
        ("dead-relus", {"learning_rate"}),
        ("no-scaling", {"scaling"}),
    ],
)
def test_a_bad_one_is_the_course_s_network_but_for_what_is_bad(
    name: str, differs: set[str]
) -> None:
    first, second = (vars(presets()[each].configuration) for each in ("course-dense", name))
    assert {key for key in first if first[key] != second[key]} == differs


def test_the_course_s_network_learns_and_two_units_hardly(images: Split) -> None:
    good = curve(trained("course-dense", images, limit=2000, epochs=2))[-1]
    few = curve(trained("too-few-units", images, limit=2000, epochs=2))[-1]
    assert good["val_accuracy"] > 0.6
    assert few["accuracy"] < 0.5
    assert few["val_accuracy"] < good["val_accuracy"] - 0.2


def test_the_one_that_memorises_ends_with_a_gap(images: Split) -> None:
    rows = curve(trained("memorises", images, limit=600, epochs=15))
    assert rows[-1]["accuracy"] > rows[-1]["val_accuracy"] + 0.1
    assert memorising_from(rows)


def test_with_nothing_held_out_it_memorises_too_and_nothing_tells(images: Split) -> None:
    model = trained("no-validation", images, limit=300, epochs=15)
    rows = curve(model)
    assert not any(name.startswith("val_") for name in model.history.history)
    assert memorising_from(rows) is None
    unseen = DATASETS["fashion-mnist"].load("test")
    right = (outputs_of(model, unseen.images).argmax(axis=1) == unseen.labels).mean()
    assert rows[-1]["accuracy"] > right + 0.1


def test_it_is_the_one_that_memorises_but_for_what_is_held_out() -> None:
    first, second = (presets()[name].configuration for name in ("memorises", "no-validation"))
    assert replace(first, validation_share=0.0, limit=2000) == second
    assert first.limit and second.limit == first.limit * (1 - first.validation_share)


def test_the_rate_that_is_too_high_does_not_learn(images: Split) -> None:
    model = trained("rate-too-high", images, limit=2000, epochs=2)
    assert curve(model)[-1]["val_accuracy"] < 0.3


def test_many_relus_are_dead(images: Split) -> None:
    model = trained("dead-relus", images, limit=4000, epochs=2)
    dead, units = dead_units(model, images.images[:2000])
    assert units == 128
    assert dead > 40


def test_without_scaling_the_loss_starts_high(images: Split) -> None:
    model = trained("no-scaling", images, limit=2000, epochs=1)
    scaled = trained("course-dense", images, limit=2000, epochs=1)
    assert curve(model)[0]["loss"] > 3 * curve(scaled)[0]["loss"]


@pytest.mark.figures
def test_the_course_s_cnn_gets_more_right_than_its_dense_network(images: Split) -> None:
    unseen = DATASETS["fashion-mnist"].load("test")
    right = {}
    for name in ("course-dense", "course-cnn"):
        answers = outputs_of(trained(name, images, limit=6000, epochs=2), unseen.images)
        right[name] = (answers.argmax(axis=1) == unseen.labels).mean()
    assert right["course-cnn"] > right["course-dense"] + 0.01


@pytest.mark.figures
def test_the_one_for_ten_minutes_learns_from_mixed_images_at_a_rate_that_rises_and_falls(
    images: Split,
) -> None:
    model = trained("ten-minutes", images, limit=1000, epochs=3)
    losses = [row["loss"] for row in curve(model)]
    assert losses == sorted(losses, reverse=True)
    rate = model.optimizer._learning_rate
    steps = int(model.optimizer.iterations)
    start, middle, end = (float(rate(step)) for step in (0, steps // 3, steps))
    assert start < middle > end
