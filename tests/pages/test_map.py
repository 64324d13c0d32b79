"""The map of the Data page, without a browser: its words, and where there is none."""

from pathlib import Path

import numpy as np

from fmnist.datasets import DATASETS
from fmnist.exploration.regions import densities, overlaps
from tests.pages.conftest import Open
from tests.small_embedding import with_embedding


def _words(values: object) -> str:
    """What stands in some elements, with ordinary hyphens and spaces."""
    said = "\n".join(str(each.value) for each in values)  # type: ignore[attr-defined]
    return said.replace("\N{NON-BREAKING HYPHEN}", "-").replace("\N{NO-BREAK SPACE}", " ")


def test_it_says_how_much_it_tells_as_measured(
    data: Path, models_folder: Path, open_page: Open
) -> None:
    by_features, by_pixels = map(float, with_embedding(models_folder).agreement)
    app = open_page("data", view="Map")
    said = _words(app.caption)
    assert "UMAP" in said
    assert f"{by_features:.0%}".replace("%", " %") in said
    app.button_group(key="map").set_value("Pixels").run()
    assert not app.exception
    said = _words(app.caption)
    assert "principal components" in said
    assert f"{by_pixels:.0%}".replace("%", " %") in said


def test_the_words_name_who_lies_with_whom(
    data: Path, models_folder: Path, open_page: Open
) -> None:
    embedding = with_embedding(models_folder)
    app = open_page("data", view="Map", map="Pixels")
    said = _words(app.markdown)
    dataset = DATASETS["fashion-mnist"]
    labels = [*dataset.load("train").labels, *dataset.load("test").labels]
    together = overlaps(densities(embedding.pixels, np.array(labels, np.uint8), 10))
    for label, name in enumerate(dataset.class_names):
        nearest = dataset.class_names[int(together[label].argmax())]
        if together[label].max() >= 0.01:
            assert f"**{name}** with {nearest} " in said


def test_wrong_answers_are_those_of_the_chosen_model(
    data: Path, models_folder: Path, open_page: Open
) -> None:
    with_embedding(models_folder)
    app = open_page("data", view="Map", model="dense")
    assert app.toggle(key="wrong").label == "Ring the wrong answers of dense"
    app.toggle(key="wrong").set_value(True).run()
    assert not app.exception


def test_of_digits_there_is_none_and_it_says_how_to_make_one(
    digits_model: str, open_page: Open
) -> None:
    app = open_page("data", view="Map", model=digits_model)
    assert f"python -m fmnist embed {digits_model}" in app.info[0].value
