import numpy as np
import pytest

from fmnist.inference.judgement import Judgement, fit_judgement


def test_without_images_outputs_are_taken_as_they_are() -> None:
    assert fit_judgement(np.empty((0, 3), np.float32), np.empty(0, int), 3) == Judgement(1.0, None)


def test_a_model_too_sure_of_itself_is_tempered() -> None:
    # Nine times in ten by its own account, and right three times in four.
    outputs = np.tile(np.array([[0.9, 0.1]], np.float32), (400, 1))
    judgement = fit_judgement(outputs, np.arange(400) % 4 // 3, 2)
    assert judgement.temperature == pytest.approx(2, rel=0.02)
    assert judgement.unfamiliar_above is None, "it has no output for none of them"


@pytest.mark.parametrize(("strangest", "wanted"), [(0.8, 0.764), (0.01, 0.5)])
def test_one_in_twenty_at_most_is_called_unfamiliar(strangest: float, wanted: float) -> None:
    strangeness = np.linspace(0, strangest, 1001)
    outputs = np.stack([1 - strangeness, 0 * strangeness, strangeness], axis=1).astype(np.float32)
    judgement = fit_judgement(outputs, np.zeros(1001, int), 2)
    assert judgement.unfamiliar_above == pytest.approx(wanted)
    assert judgement.unfamiliar_above is not None
    assert np.mean(strangeness > judgement.unfamiliar_above) <= 0.05
