import pytest

from fmnist.datasets import DATASETS
from fmnist.models.published import Published, published

FIGURES = [figure for name in DATASETS for figure in published(name)]


def test_there_are_figures_to_compare_with() -> None:
    accuracies = {figure.name: figure.accuracy for figure in published("fashion-mnist")}
    assert list(accuracies.values()) == sorted(accuracies.values())
    assert accuracies["People"] == 0.835
    assert published("mnist") == ()


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_a_figure_is_a_share_and_has_a_source(figure: Published) -> None:
    assert 0.8 < (figure.lowest or 0.8001) <= figure.accuracy < 1
    assert figure.parameters is None or figure.parameters > 10_000
    assert figure.source
    assert figure.url.startswith("https://")


def test_a_range_is_written_as_one() -> None:
    (kaggle,) = (figure for figure in FIGURES if figure.lowest)
    assert kaggle.written == "0.934–0.948"
