import os
from pathlib import Path
from unittest.mock import Mock

import cv2
import numpy as np
import pytest

from fmnist.datasets import DATASETS
from fmnist.inference.ensemble import Ensemble
from fmnist.labelled_photos import LabelledPhoto, labelled_photos
from fmnist.models import default_store
from fmnist.preprocessing import InputError, decode, preprocess_photo
from fmnist.training.augmentation.photometric import distort
from fmnist.training.batches import SHARES, MixtureBatches
from fmnist.training.configuration import Configuration
from fmnist.training.synthetic import material
from fmnist.training.synthetic.icons import Icon, Icons, load_icons
from fmnist.training.synthetic.material import (
    SOURCES,
    Material,
    balanced,
    cached,
    drawing_material,
    gather,
    ood_material,
    photo_material,
    targets,
)
from fmnist.training.synthetic.ood_symbols import OOD_SYMBOLS
from fmnist.training.synthetic.pen import sketch
from fmnist.training.synthetic.photos import VIEWS, read_views, some_of_each
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


def test_without_icons_a_mixture_is_not_made(cache_folder: Path, tmp_path: Path) -> None:
    """At once, before the photos take their minutes."""
    with pytest.raises(InputError, match="could not be fetched"):
        gather((IMAGES, ROWS), CLASS_NAMES, tmp_path / "no photos", 0)


def test_a_mixture_has_icons_in_drawings_and_other_things(
    small_icons: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Icons] = {}
    monkeypatch.setattr(material, "photo_material", lambda *_: (drawings(1), ood_images(1)))
    monkeypatch.setattr(material, "drawing_material", lambda *_, icons: given.update(a=icons))
    monkeypatch.setattr(material, "ood_material", lambda *_, icons: given.update(b=icons))
    gather((IMAGES, ROWS), CLASS_NAMES, tmp_path, 0)
    assert given == {"a": load_icons(), "b": load_icons()}


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


def test_the_shares_are_those_that_everyday_was_trained_with() -> None:
    """Of a batch of 128; whoever changes one trains another model than the one that is shipped."""
    counts = {name: round(share * 128) for name, share in SHARES.items()}
    assert counts == {
        "photos": 24,
        "other photos": 6,
        "drawings": 13,
        "ood images": 9,
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


def photo(path: Path) -> Path:
    picture = np.full((90, 60, 3), 250, np.uint8)
    picture[20:70, 15:45] = (30, 40, 90)
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), picture)
    return path


def labelled(path: Path, source: str = "", group: str = "pants") -> LabelledPhoto:
    return LabelledPhoto(path, path.name, source, group, frozenset({1}), False)


def test_a_photo_is_seen_as_the_app_sees_it_and_disturbed(tmp_path: Path) -> None:
    one = labelled(photo(tmp_path / "pants" / "a.png"))
    views = read_views(one)
    assert views.shape == (VIEWS, 28, 28)
    pipeline = Ensemble.load(default_store(), "everyday").pipeline
    as_the_app = preprocess_photo(decode(one.path.read_bytes()), pipeline).model_inputs.image
    np.testing.assert_array_equal(views[0], as_the_app)
    np.testing.assert_array_equal(views, read_views(one))
    (tmp_path / "notes.txt").write_text("no picture")
    assert not len(read_views(labelled(tmp_path / "notes.txt")))


def test_of_a_folder_with_many_photos_some_are_taken_evenly() -> None:
    many = [labelled(Path(f"{n}.png"), "shop") for n in range(10)]
    few = [labelled(Path(f"{n}.png"), "shop", "bags") for n in range(2)]
    chosen = list(some_of_each([*many, *few], most=4))
    assert [photo.path.stem for photo in chosen] == ["0", "3", "6", "9", "0", "1"]


def test_folders_of_photos_become_sets(tmp_path: Path) -> None:
    for name in ("pants/a.png", "shoes/b.png", "hat/c.png", "unheard-of/d.png"):
        photo(tmp_path / name)
    familiar, other = photo_material(tmp_path, CLASS_NAMES)
    assert len(familiar.images) == 2 * VIEWS
    assert len(other.images) == VIEWS
    assert familiar.targets[0].tolist() == targets([frozenset({1})], 10)[0].tolist()
    assert familiar.targets[-1].tolist() == targets([frozenset({5, 7, 9})], 10)[0].tolist()
    with pytest.raises(InputError, match="There is no folder"):
        photo_material(tmp_path / "nowhere", CLASS_NAMES)


def test_each_source_has_its_share_and_what_is_held_out_none(tmp_path: Path) -> None:
    for name in ("train/pants/a.png", "train/hat/b.png", "validation/pants/c.png"):
        photo(tmp_path / name)
    for kind in ("skirts", "jeans", "dresses"):
        for number in range(12):
            photo(tmp_path / "catalogue" / kind / f"{number}.png")
    familiar, other = photo_material(tmp_path, CLASS_NAMES)
    share = SOURCES["catalogue"] / (1 + SOURCES["catalogue"])
    trousers, dresses = familiar.targets[:, 1] == 1, familiar.targets[:, 3] == 1
    assert familiar.weights[dresses].sum() == pytest.approx(share / 2)
    assert familiar.weights[trousers].sum() == pytest.approx(1 - share / 2)
    assert other.weights.sum() == pytest.approx(1)
    listed = labelled_photos(tmp_path, CLASS_NAMES)
    learnt = [each for each in listed if not each.held_out]
    assert len(familiar.images) + len(other.images) == VIEWS * len(learnt) < VIEWS * len(listed)


def test_real_photos_become_garments() -> None:
    root = os.environ.get("FMNIST_TEST_PHOTOS")
    if not root:
        pytest.skip("needs real photos: set FMNIST_TEST_PHOTOS to a folder of them")
    paths = sorted(Path(root).glob("validation/t-shirt/*"))[:5]
    views = np.stack([read_views(labelled(path)) for path in paths])
    assert views.shape == (5, VIEWS, 28, 28)
    # A T-shirt fills most of its square, and no view of it has lost more than half of it.
    filled = (views > 20).mean(axis=(2, 3))
    assert (filled[:, 1:] > 0.5 * filled[:, :1]).all()
