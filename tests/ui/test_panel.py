"""The answer in words."""

import numpy as np
import pytest
from numpy.typing import NDArray

from fmnist.ui.panel import answer

NAMES = ("Sneaker", "Bag", "Ankle boot")


def _sure(label: int, share: float) -> NDArray[np.float64]:
    """Probabilities with this share for a label, and twice as much for the next as for the last."""
    probabilities = np.zeros(3)
    probabilities[label] = share
    probabilities[(label + 1) % 3] = (1 - share) * 2 / 3
    probabilities[(label + 2) % 3] = (1 - share) / 3
    return probabilities


def test_wrong_is_red_and_says_the_truth() -> None:
    assert (
        answer(_sure(0, 0.97), NAMES, "confident", 2)
        == ":red[Predicted 97 % Sneaker (true: Ankle boot)]"
    )


def test_right_is_blue() -> None:
    assert answer(_sure(1, 0.8), NAMES, "confident", 1) == ":blue[Predicted 80 % Bag (true: Bag)]"


def test_without_a_known_label_it_says_how_sure_it_is() -> None:
    assert answer(_sure(2, 0.8), NAMES, "confident") == "Ankle boot, 80 % sure"


def test_unsure_names_the_two_likeliest() -> None:
    assert answer(_sure(2, 0.4), NAMES, "unsure") == "Unsure: Ankle boot 40 %, or Sneaker 40 %"


def test_digits_are_set_off_from_shares() -> None:
    digits = ("7", "1", "9")
    assert answer(_sure(0, 0.98), digits, "confident") == "7, 98 % sure"
    assert answer(_sure(0, 0.4), digits, "unsure") == "Unsure: “7” 40 %, or “1” 40 %"
    assert answer(_sure(0, 0.97), digits, "confident", 2) == ":red[Predicted 97 % “7” (true: “9”)]"


@pytest.mark.parametrize("label", [0, 1, 2])
def test_the_likeliest_is_named(label: int) -> None:
    assert answer(_sure(label, 0.9), NAMES, "confident").startswith(NAMES[label])


def test_what_is_none_of_them_gets_no_name() -> None:
    said = answer(_sure(2, 0.97), NAMES, "unfamiliar")
    assert said == f"This does not look like any of the {len(NAMES)}; closest: Ankle boot"
