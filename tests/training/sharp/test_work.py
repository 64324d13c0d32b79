"""A run on photos alone, from its start to a model that looks at photos beside another."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from fmnist.models import ModelStore
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run
from fmnist.training.status import State
from tests.training.conftest import wait_until_over


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Two photos of trousers, and two of hats."""
    random = np.random.default_rng(0)
    for number, kind in enumerate(["pants", "pants", "hat", "hat"]):
        picture = np.full((90, 60, 3), 235, np.uint8)
        picture[20:70, 15:45] = random.integers(0, 120, 3)
        (tmp_path / "photos" / kind).mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(tmp_path / "photos" / kind / f"{number}.png"), picture)
    return tmp_path / "photos"


def test_photos_alone_make_a_sharper_look(photos: Path, runs_folder: Path) -> None:
    configuration = Configuration(
        "sharp",
        epochs=1,
        batch_size=4,
        validation_share=0.5,
        extras="photos",
        photos=str(photos),
    )
    run = Run.create(configuration, runs_folder)
    run.start()
    status = wait_until_over(run)
    assert status.state is State.FINISHED, run.log()
    assert {"val_accuracy", "val_loss"} < set(run.history()[0])
    card = ModelStore(run.folder).card("model")
    assert (card.sharp, card.shape, card.unfamiliar_above) == (True, (64, 64, 3), 0.5)
    assert card.split == {"train": 12, "validation": 2}
    assert card.sets == ((1,),)
    assert card.configuration["photos"] == "PHOTOS"
    assert not (run.folder / "extras.npz").exists(), "other people's photos are not kept"
