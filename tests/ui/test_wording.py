from dataclasses import replace

import pytest

from fmnist.datasets import DATASETS, Dataset
from fmnist.ui.wording import duration, percent, wording


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s"), (48, "48 s"), (59.6, "1 min 00 s"), (125, "2 min 05 s"), (3_780, "1 h 03 min")],
)
def test_two_units_at_most(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "0 %"),
        (0.0001, "<1 %"),
        (0.01, "1 %"),
        (0.972, "97 %"),
        (0.99, "99 %"),
        (0.9999, ">99 %"),
        (1.0, "100 %"),
    ],
)
def test_percent(share: float, words: str) -> None:
    assert percent(share) == words


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset.name)
def test_every_data_set_has_its_words(dataset: Dataset) -> None:
    words = wording(dataset)
    assert words.thing.isalpha() and words.thing.islower()
    assert words.examples[0].isupper()
    assert words.examples[-1].isalnum(), "a colon follows"
    assert words.left_out.endswith(".")


def test_a_data_set_whose_pipeline_nobody_has_words_for_has_those_of_clothes() -> None:
    dataset = replace(DATASETS["mnist"], pipeline="kitchen")
    assert wording(dataset) == wording(DATASETS["fashion-mnist"])
