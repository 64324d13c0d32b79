from dataclasses import replace

import numpy as np
import pytest

from fmnist.preprocessing.segmentation import GARMENT, GROUND, Outline, Segmentation
from fmnist.preprocessing.segmentation.guided import guided_filter
from fmnist.preprocessing.segmentation.outlined import reconciled, segment_outlined


def picture() -> np.ndarray:
    """A dark garment on a light ground, with the noise that real cloth has."""
    noise = np.random.default_rng(0).normal(0, 4, (200, 200, 3))
    photo = np.full((200, 200, 3), 210.0)
    photo[50:150, 60:140] = 60
    return np.clip(photo + noise, 0, 255).astype(np.uint8)


def rough() -> np.ndarray:
    mask = np.zeros((200, 200), np.uint8)
    mask[53:148, 57:143] = 255
    return mask


def iou(mask: np.ndarray) -> float:
    truth = np.zeros((200, 200), bool)
    truth[50:150, 60:140] = True
    return ((mask > 127) & truth).sum() / ((mask > 127) | truth).sum()


def test_a_rough_outline_is_snapped_to_the_edges() -> None:
    found = segment_outlined(picture(), rough())
    assert iou(rough()) < 0.93 < iou(found.mask)
    assert found.confidence > 0.85 and found.left_out == 0


def test_what_a_person_paints_is_so() -> None:
    hints = np.zeros((200, 200), np.uint8)
    hints[50:60, 60:140], hints[10:20, 10:20] = GROUND, GARMENT
    found = segment_outlined(picture(), rough(), hints).mask
    assert found[53:57, 70:130].max() < 128 and found[15, 15] > 127


def test_without_an_edge_the_outline_stays() -> None:
    flat = np.full((200, 200, 3), 128, np.uint8)
    assert iou(segment_outlined(flat, rough()).mask) > 0.85
    nothing = segment_outlined(flat, np.zeros((200, 200), np.uint8))
    assert not nothing.mask.any() and nothing.confidence == 0


def test_the_guided_filter_moves_an_edge_to_the_photos() -> None:
    plane = (rough() > 0).astype(np.float32)
    filtered = guided_filter(picture(), plane, 6, 1e-3)
    assert iou(np.where(filtered > 0.5, 255, 0)) > iou(rough())
    both = guided_filter(picture(), np.dstack([plane, 1 - plane]), 6, 1e-3)
    np.testing.assert_allclose(both[..., 0], filtered, atol=1e-4)
    np.testing.assert_allclose(both.sum(axis=-1), 1, atol=1e-4)


def outline_of(mask: np.ndarray) -> Outline:
    where = np.where(mask > 0, 0.9, 0).astype(np.float32)
    return Outline(np.full(11, 1 / 11, np.float32), where, (0, 0, 1, 1), float(where.mean()))


def standing_out(rows: slice, columns: slice) -> Segmentation:
    mask = np.zeros((200, 200), np.uint8)
    mask[rows, columns] = 255
    return Segmentation(mask, 0.7, 2)


@pytest.mark.parametrize(
    ("rows", "columns", "confidence"),
    [
        (slice(80, 110), slice(80, 120), 0.7),  # a print on it
        (slice(80, 110), slice(80, 120), 0.97),
        (slice(40, 160), slice(50, 150), 0.7),  # and its shadow, which is not clear
    ],
)
def test_the_outline_of_the_one_garment_settles_what_it_is(
    rows: slice, columns: slice, confidence: float
) -> None:
    other = replace(standing_out(rows, columns), confidence=confidence)
    found = reconciled(picture(), other, [outline_of(rough())])
    assert iou(found.mask) > 0.93
    agreement = segment_outlined(picture(), rough()).confidence
    assert found.confidence == min(confidence, agreement), "two ways are no surer than either"


@pytest.mark.parametrize(
    ("found", "masks"),
    [
        (standing_out(slice(50, 150), slice(62, 138)), [rough()]),  # they agree
        (standing_out(slice(80, 110), slice(80, 120)), []),
        (standing_out(slice(80, 110), slice(80, 120)), [rough(), rough()]),
        (standing_out(slice(20, 190), slice(10, 190)), [rough()]),  # more than the garment
        (standing_out(slice(80, 110), slice(80, 120)), [np.full((200, 200), 255, np.uint8)]),
        (replace(standing_out(slice(40, 160), slice(50, 150)), confidence=0.97), [rough()]),
    ],
)
def test_otherwise_what_stands_out_stays(found: Segmentation, masks: list[np.ndarray]) -> None:
    assert reconciled(picture(), found, [outline_of(mask) for mask in masks]) is found
