"""The outline of what was found in a photo."""

import cv2
import numpy as np

from fmnist.ui.charts import ACCENT
from fmnist.ui.photo.outline import outlined

PHOTO = np.full((400, 300, 3), 60, np.uint8)


def _shown(mask: np.ndarray) -> np.ndarray:
    picture = cv2.imdecode(np.frombuffer(outlined(PHOTO, mask), np.uint8), cv2.IMREAD_COLOR_RGB)
    return np.asarray(picture, int)


def test_a_line_of_the_accent_with_paper_beside_it_goes_around_what_was_found() -> None:
    mask = np.zeros((400, 300), np.uint8)
    mask[100:300, 100:200] = 255
    shown = _shown(mask)
    assert shown.shape == (720, 540, 3)
    row = shown[360, 140:220]  # across the left edge, at 180
    accent = np.array(tuple(bytes.fromhex(ACCENT[1:])))
    assert np.abs(row - accent).sum(axis=1).min() < 60
    assert row.min(axis=1).max() > 225, "white"
    assert np.abs(shown[360, 270] - 60).max() < 12, "the garment itself stays as it is"
    assert np.abs(shown[20, 20] - 60).max() < 12


def test_what_is_all_garment_has_no_line() -> None:
    assert np.abs(_shown(np.full((400, 300), 255, np.uint8)) - 60).max() < 12
