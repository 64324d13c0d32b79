"""The task "garments": a decoder on a photo model, of the network's first blocks and few photos."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from fmnist.architectures import efficientnet_lite
from fmnist.architectures.efficientnet_lite import photo, with_activation
from fmnist.datasets import DATASETS
from fmnist.inference.classifier import Classifier
from fmnist.labelled_photos.masks import masked_photos
from fmnist.models import Card, ModelStore, default_store
from fmnist.training.configuration import Configuration
from fmnist.training.photos import masked_batches
from fmnist.training.run import Run
from fmnist.training.status import State
from fmnist.training.tasks.garments import MASKED, START
from fmnist.training.worker import work
from tests.labelled_photos.tree import WORDS, street

CLASS_NAMES = DATASETS["fashion-mnist"].class_names


def people(root: Path, n: int = 12) -> Path:
    """Photos of people in red trousers on gray, with masks, and flat trousers on white."""
    mask = np.zeros((60, 40), np.uint8)
    mask[20:50, 10:30] = WORDS.index("jeans")
    stems = [f"{number:04}" for number in range(n)]
    street(root / "street", dict.fromkeys(stems, "jeans"), dict.fromkeys(stems, mask))
    for stem in stems:
        picture = np.full((60, 40, 3), 128, np.uint8)
        picture[mask > 0] = (200, 20, 20)
        Image.fromarray(picture).save(root / "street" / "photos" / f"{stem}.jpg")
    (root / "train" / "pants").mkdir(parents=True)
    flat = np.full((120, 90, 3), 250, np.uint8)
    flat[20:100, 25:65] = (200, 20, 20)
    for number in range(3):
        Image.fromarray(flat).save(root / "train" / "pants" / f"{number}.jpg")
    return root


def photos_of(run: Run) -> Path:
    return Path(run.configuration.photos)


@pytest.fixture
def run(
    tmp_path: Path, runs_folder: Path, models_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """A run from a photo model with random weights."""
    monkeypatch.setattr(os, "nice", lambda _: None)
    monkeypatch.setattr(masked_batches, "STREET", 12)
    monkeypatch.setattr(masked_batches, "OUTLINED", 4)
    monkeypatch.setattr(masked_batches, "BESIDE", 4)
    # A block of each size, and narrow.
    stages = [stage._replace(blocks=1, filters=8) for stage in efficientnet_lite._STAGES]
    stages = [stage for stage in stages if stage.stride == 2]
    monkeypatch.setattr(efficientnet_lite, "_STAGES", stages)
    monkeypatch.setattr(efficientnet_lite, "_FEATURES", 8)
    shape = (192, 192, 3)
    model = with_activation(photo((None, None, 3), 11), shape)
    card = Card("fashion-mnist", "photo", 1, {}, {"train": 5}, {"photo_n/more": 7}, shape=shape)
    ModelStore(models_folder).save("whole", model, card)
    values = {"task": "garments", "photos": str(people(tmp_path / "photos"))}
    values |= {"start_from": "whole", "epochs": 1, "batch_size": 4, "learning_rate": 0.01}
    return Run.create(Configuration.complete(values), runs_folder)


def test_a_photo_model_learns_where_garments_are_and_says_of_photos_what_it_said(run: Run) -> None:
    work(run)
    assert run.status().state is State.FINISHED, run.status().message
    after = ModelStore(run.folder)
    card = after.card("model")
    assert card.split == {"train": 5}, "of which it says what it said"
    assert card.metrics["photo_n/more"] == 7
    held_out = [each for each in masked_photos(photos_of(run), CLASS_NAMES) if each.held_out]
    assert card.metrics["pixel_n"] == len(held_out) > 0
    assert 0 <= card.metrics["pixel_iou_garment"] <= 1
    assert not (run.folder / MASKED).exists() and not (run.folder / START).exists()
    pixels = np.random.default_rng(0).integers(0, 256, (192, 192, 3), dtype=np.uint8)
    looked = Classifier(after.twin("model"), 10).look(pixels)
    assert looked.pixels is not None and looked.pixels.shape == (96, 96, 12)
    np.testing.assert_allclose(looked.pixels.sum(axis=-1), 1, atol=1e-3)
    before = Classifier(default_store().twin("whole"), 10).look(pixels)
    np.testing.assert_allclose(looked.outputs, before.outputs, atol=1e-5)
    np.testing.assert_allclose(looked.activation, before.activation, atol=1e-4)
