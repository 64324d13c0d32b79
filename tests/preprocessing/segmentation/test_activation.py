"""One garment among others: a shirt on a person who wears trousers, too."""

import cv2
import numpy as np

from fmnist.preprocessing.segmentation.activation import seeds_of, shows_more
from fmnist.preprocessing.segmentation.garment import segment_garment

SHIRT, TROUSERS, FACE = (180, 40, 40), (40, 60, 140), (110, 72, 52)


def person() -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """A picture of a person on pale ground, and the mask of each part."""
    parts = {name: np.zeros((144, 96), np.uint8) for name in ("face", "shirt", "trousers")}
    cv2.circle(parts["face"], (48, 20), 13, (1,), -1)
    cv2.rectangle(parts["shirt"], (28, 34), (68, 84), (1,), -1)
    cv2.rectangle(parts["trousers"], (32, 85), (64, 138), (1,), -1)
    picture = np.full((144, 96, 3), (232, 230, 226), np.uint8)
    for name, colour in (("face", FACE), ("shirt", SHIRT), ("trousers", TROUSERS)):
        picture[parts[name] == 1] = colour
    noise = np.random.default_rng(0).normal(0, 3, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8), parts


def where(mask: np.ndarray) -> np.ndarray:
    """What a photo model that names the part would say: rough, and highest in its middle."""
    rough = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 9)
    return np.asarray(rough / rough.max(), np.float32)


def overlap(mask: np.ndarray, part: np.ndarray) -> float:
    return float(((mask > 127) & (part == 1)).sum() / ((mask > 127) | (part == 1)).sum())


def test_what_the_photo_model_names_is_found_and_nothing_else() -> None:
    picture, parts = person()
    assert overlap(segment_garment(picture).mask, parts["shirt"]) < 0.6, "without it, all of them"
    found = segment_garment(picture, None, where(parts["shirt"]))
    assert overlap(found.mask, parts["shirt"]) > 0.9


def test_more_is_shown_only_where_the_top_is_something_else() -> None:
    picture, parts = person()
    everything = np.maximum.reduce(list(parts.values()))
    named = where(parts["shirt"])
    assert shows_more(picture, everything, named)
    assert not shows_more(picture, parts["shirt"], named)
    assert not shows_more(picture, np.zeros_like(everything), named)
    # A tall boot: the foot names it, the shaft is of the same leather.
    boot = np.full_like(picture, SHIRT)
    boot[everything == 0] = 235
    assert not shows_more(boot, everything, where(parts["trousers"]))


def test_a_garment_that_lies_flat_is_found_as_without() -> None:
    picture, parts = person()
    flat = np.full_like(picture, 230)
    flat[parts["shirt"] == 1] = SHIRT
    named = where(parts["shirt"])
    np.testing.assert_array_equal(
        segment_garment(flat, None, named).mask, segment_garment(flat).mask
    )


def test_what_a_person_paints_goes_before() -> None:
    picture, parts = person()
    hints = np.zeros((144, 96), np.uint8)
    hints[34:60] = 1  # the upper half of the shirt is ground, they say
    found = segment_garment(picture, hints, where(parts["shirt"]))
    assert not found.mask[36:58].any()
    assert found.mask[70, 48] == 255


def test_seeds_are_sure_in_the_middle_and_far_away() -> None:
    picture, parts = person()
    labels = seeds_of(picture, where(parts["shirt"]))
    assert labels[58, 48] == cv2.GC_FGD
    assert labels[138, 2] == cv2.GC_BGD
    assert labels[120, 48] in (cv2.GC_BGD, cv2.GC_PR_BGD), "the trousers"
