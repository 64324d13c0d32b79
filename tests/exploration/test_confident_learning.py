import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from fmnist.exploration.confident_learning import find_label_issues

# What cleanlab 2.9.0 finds in ``made_up``: ``find_label_issues(labels, probabilities,
# filter_by="confident_learning", return_indices_ranked_by="normalized_margin")``.
ORACLE = Path(__file__).with_name("cleanlab.json")


def made_up(seed: int = 0) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Labels of 400 images, and probabilities that agree with most of them."""
    random = np.random.default_rng(seed)
    labels = random.integers(0, 5, 400).astype(np.uint8)
    scores = random.normal(size=(400, 5)) + 1.5 * np.eye(5)[labels]
    powers = np.exp(scores)
    return labels, (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)


def test_it_finds_and_ranks_what_cleanlab_does() -> None:
    found = find_label_issues(*made_up())
    assert len(found.images) > 30
    assert found.images.tolist() == json.loads(ORACLE.read_text())


@pytest.mark.parametrize("seed", range(3))
def test_it_agrees_with_the_cleanlab_that_is_here(seed: int) -> None:
    cleanlab = pytest.importorskip("cleanlab.filter", reason="pip install --group issues")
    labels, probabilities = made_up(seed)
    expected = cleanlab.find_label_issues(
        labels.astype(int),
        probabilities,
        filter_by="confident_learning",
        return_indices_ranked_by="normalized_margin",
    )
    assert find_label_issues(labels, probabilities).images.tolist() == expected.tolist()


def test_what_is_told_of_each() -> None:
    labels, probabilities = made_up()
    found = find_label_issues(labels, probabilities)
    np.testing.assert_array_equal(found.given, labels[found.images])
    np.testing.assert_array_equal(found.suggested, probabilities[found.images].argmax(axis=1))
    assert (found.suggested != found.given).all()
    given, suggested = found.probabilities.T
    np.testing.assert_array_equal(given, probabilities[found.images, found.given])
    np.testing.assert_array_equal(suggested, probabilities[found.images, found.suggested])
    assert (np.diff(given - suggested) >= 0).all(), "the most doubtful first"


def test_below_its_threshold_a_likelier_class_is_no_issue() -> None:
    """Images called 1 get 0.9 for it on average; 0.6 is not as sure as that."""
    labels = np.array([0, 0, 1, 1], np.uint8)
    probabilities = np.array([[0.9, 0.1], [0.4, 0.6], [0.1, 0.9], [0.1, 0.9]])
    assert not len(find_label_issues(labels, probabilities).images)
    probabilities[1] = 0.05, 0.95
    assert find_label_issues(labels, probabilities).images.tolist() == [1]


def test_a_class_without_images_is_never_suggested() -> None:
    labels = np.array([0, 0, 1, 1], np.uint8)
    probabilities = np.array([[0.8, 0.2, 0], [0.1, 0.1, 0.8], [0.2, 0.8, 0], [0.2, 0.8, 0]])
    assert not len(find_label_issues(labels, probabilities).images)


def test_those_of_a_class_keep_their_rank() -> None:
    found = find_label_issues(*made_up())
    some = found.chosen(given=2, suggested=1)
    assert 0 < len(some.images) < len(found.images)
    mask = (found.given == 2) & (found.suggested == 1)
    assert some.images.tolist() == found.images[mask].tolist()
    assert found.chosen().images.tolist() == found.images.tolist()
