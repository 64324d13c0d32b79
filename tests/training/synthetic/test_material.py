from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest

from fmnist.datasets import DATASETS
from fmnist.training.augmentation.photometric import distort
from fmnist.training.batches import SHARES, MixtureBatches
from fmnist.training.configuration import Configuration
from fmnist.training.synthetic import material
from fmnist.training.synthetic.icons import Icon, Icons
from fmnist.training.synthetic.material import (
    Material,
    balanced,
    cached,
    drawing_material,
    ood_material,
    targets,
)
from fmnist.training.synthetic.ood_symbols import OOD_SYMBOLS
from fmnist.training.synthetic.pen import sketch
from fmnist.training.synthetic.symbols import GARMENTS
from tests.small_dataset import make_split

IMAGES, LABELS = make_split(60, seed=4)
ROWS = targets([frozenset([int(label)]) for label in LABELS], 10)
CLASS_NAMES = DATASETS["fashion-mnist"].class_names


def drawings(seed: int) -> Material:
    return drawing_material((IMAGES, ROWS), np.random.default_rng(seed), (20, 18))


def ood_images(seed: int) -> Material:
    return ood_material(IMAGES, 10, np.random.default_rng(seed), 40)


def test_sets_become_rows_and_nothing_is_the_last_column() -> None:
    rows = targets([frozenset({1}), frozenset({0, 2}), frozenset()], 3)
    assert rows.tolist() == [[0, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 1]]


def test_each_set_is_drawn_as_often_as_any_other() -> None:
    rows = targets([frozenset({0})] * 3 + [frozenset()], 2)
    weighed = balanced(np.zeros((4, 28, 28), np.uint8), rows)
    assert weighed.weights.tolist() == pytest.approx([1 / 6, 1 / 6, 1 / 6, 1 / 2])


@pytest.mark.parametrize("make", [drawings, ood_images])
def test_what_is_made_depends_on_the_seed_alone(make: type) -> None:
    once, again, other = make(1), make(1), make(2)
    assert once.images.dtype == np.uint8
    assert once.images.shape == (len(once.targets), 28, 28)
    assert once.targets.shape == (len(once.images), 11)
    assert once.weights.sum() == pytest.approx(1)
    np.testing.assert_array_equal(once.images, again.images)
    assert once.images.shape != other.images.shape or (once.images != other.images).any()
    # Blank ones teach nothing; a few may be all but so.
    assert np.mean(once.images.reshape(len(once.images), -1).max(axis=1) > 60) > 0.9


def test_drawings_are_of_the_classes_and_ood_images_of_none() -> None:
    assert not drawings(1).targets[:, -1].any()
    assert set(drawings(1).targets.argmax(axis=1)) >= set(range(6))
    assert ood_images(1).targets[:, -1].all()


def test_icons_are_a_quarter_of_the_symbols_and_half_of_other_things() -> None:
    box = Icon("a/box", '<path fill="none" stroke="#000" d="M2 2h20v20h-20z"/>', 24, 24)
    icons = Mock(wraps=Icons({frozenset({3, 6}): (box,)}, (box,)))
    random = np.random.default_rng(0)
    drawn = drawing_material((IMAGES, ROWS), random, (0, 200), icons)
    assert 0.15 * 200 < icons.garment.call_count < 0.35 * 200
    assert len(drawn.images) == 200
    boxes = (drawn.targets[:, [3, 6]] == 1).all(axis=1)
    assert boxes.sum() == icons.garment.call_count
    assert not icons.other.called
    others = ood_material(IMAGES, 10, random, 40, icons)
    assert icons.other.call_count == 20
    assert len(others.images) == 40
    assert others.targets[:, -1].all()


@pytest.mark.parametrize("symbol", [*(symbol for symbol, _ in GARMENTS), *OOD_SYMBOLS])
def test_every_symbol_can_be_sketched(symbol) -> None:  # type: ignore[no-untyped-def]
    random = np.random.default_rng(0)
    image = sketch(symbol(random), random)
    assert image is not None
    assert image.shape == (28, 28)
    assert image.max() > 100


def test_a_distorted_image_is_another_of_the_same_shape() -> None:
    once = distort(IMAGES, np.random.default_rng(0))
    assert once.shape == IMAGES.shape
    assert once.dtype == np.uint8
    assert (once != IMAGES).any(axis=(1, 2)).mean() > 0.9
    np.testing.assert_array_equal(once, distort(IMAGES, np.random.default_rng(0)))


def test_a_batch_has_the_data_sets_images_and_a_share_of_each_other() -> None:
    materials = {"drawings": drawings(1), "ood images": ood_images(1)}
    configuration = Configuration(batch_size=64)
    mixture = MixtureBatches(configuration, (IMAGES, ROWS), materials)
    images, rows = mixture[0]
    guests = {name: round(SHARES[name] * 64) for name in materials}
    own = 64 - sum(guests.values())
    assert len(mixture) == -(-60 // own)
    assert images.shape == (64, 28, 28)
    assert images.dtype == np.float32
    assert rows.shape == (64, 11)
    assert rows[:own, -1].sum() == 0
    assert rows[64 - guests["ood images"] :, -1].all()
    again = MixtureBatches(configuration, (IMAGES, ROWS), materials)
    np.testing.assert_array_equal(images, again[0][0])
    again.on_epoch_begin()
    again.on_epoch_begin()
    resumed = MixtureBatches(configuration, (IMAGES, ROWS), materials, epoch=1)
    np.testing.assert_array_equal(again[0][0], resumed[0][0])


def test_images_of_the_data_set_alone_get_a_piece_of_another() -> None:
    materials = {"drawings": drawings(1), "ood images": ood_images(1)}
    whole, mixed = (
        MixtureBatches(Configuration(batch_size=64, cutmix=share), (IMAGES, ROWS), materials)[0]
        for share in (0.0, 1.0)
    )
    own = 64 - sum(round(SHARES[name] * 64) for name in materials)
    of_two = (mixed[1] > 0).sum(axis=1) == 2
    assert of_two[:own].mean() > 0.5
    assert not of_two[own:].any()
    np.testing.assert_allclose(mixed[1].sum(axis=1), whole[1].sum(axis=1), atol=1e-6)
    changed = (mixed[0] != whole[0])[:own].any(axis=(1, 2))
    assert changed[of_two[:own]].mean() > 0.8  # a piece of ground may be as it was


def test_the_shares_are_those_that_everyday_was_trained_with() -> None:
    """Of a batch of 128; whoever changes one trains another model than the one that is shipped."""
    counts = {name: round(share * 128) for name, share in SHARES.items()}
    assert counts == {
        "photos": 8,
        "other photos": 2,
        "drawings": 13,
        "ood images": 10,
        "my images": 19,
    }


def test_what_is_made_up_is_as_much_as_everyday_was_trained_with() -> None:
    assert (material.DRAWINGS, material.SYMBOLS, material.OOD_IMAGES) == (12_000, 24_000, 36_000)


def test_materials_can_be_kept(tmp_path: Path) -> None:
    made = {"drawings": drawings(1), "other photos": ood_images(1)}
    cached(tmp_path / "material.npz", lambda: made)
    read = cached(tmp_path / "material.npz", lambda: pytest.fail("made twice"))
    assert list(read) == ["drawings", "other photos"]
    for name, each in (("drawings", drawings(1)), ("other photos", ood_images(1))):
        np.testing.assert_array_equal(read[name].images, each.images)
        np.testing.assert_array_equal(read[name].targets, each.targets)
        np.testing.assert_allclose(read[name].weights, each.weights)
