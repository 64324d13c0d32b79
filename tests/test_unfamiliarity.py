import numpy as np
import pytest

from fmnist.inference.ood import answers_of, unfamiliarity


def test_the_less_certain_the_stranger() -> None:
    certain, torn, lost = unfamiliarity(np.array([[1.0, 0, 0], [0.5, 0.5, 0], [1 / 3] * 3]))
    assert certain == 0
    assert certain < torn < lost
    assert unfamiliarity(np.empty((0, 3))).shape == (0,)


def test_a_model_that_knows_none_of_them_says_how_probable_that_is() -> None:
    outputs = np.array([[0.3, 0.1, 0.6], [0.0, 0.0, 1.0]], np.float32)
    probabilities, strangeness = answers_of(outputs, 2)
    assert probabilities[0].tolist() == pytest.approx([0.75, 0.25])
    assert probabilities[1].tolist() == [0.5, 0.5], "nothing is left to choose by"
    assert strangeness.tolist() == pytest.approx([0.6, 1])


def test_a_model_that_knows_the_classes_alone_goes_by_its_best() -> None:
    probabilities, strangeness = answers_of(np.array([[0.3, 0.7]], np.float32), 2)
    assert probabilities[0].tolist() == pytest.approx([0.3, 0.7])
    assert strangeness.tolist() == pytest.approx([0.3])


def test_a_temperature_makes_answers_less_sure_and_changes_nothing_else() -> None:
    outputs = np.array([[0.64, 0.04, 0.32]], np.float32)
    (probabilities,), strangeness = answers_of(outputs, 2, 2.0)
    # Square roots, 0.8 and 0.2, already sum to 1.
    assert probabilities.tolist() == pytest.approx([0.8, 0.2])
    assert strangeness.tolist() == pytest.approx([0.32])
