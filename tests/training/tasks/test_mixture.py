"""What is mixed into a data set."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from fmnist.models import ModelError, default_store
from fmnist.preprocessing import InputError
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run
from fmnist.training.synthetic.icons import Icons, load_icons
from fmnist.training.tasks import TASKS, mixture
from fmnist.training.tasks.mixture import gather
from tests.training.synthetic.test_material import (
    CLASS_NAMES,
    IMAGES,
    ROWS,
    drawings,
    ood_images,
)


def test_without_icons_a_mixture_is_not_made(cache_folder: Path, tmp_path: Path) -> None:
    """At once, before the photos take their minutes."""
    with pytest.raises(InputError, match="could not be fetched"):
        gather((IMAGES, ROWS), CLASS_NAMES, tmp_path / "no photos", 0)


def test_a_mixture_has_icons_in_drawings_and_other_things(
    small_icons: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Icons] = {}
    monkeypatch.setattr(mixture, "photo_material", lambda *_: (drawings(1), ood_images(1)))
    monkeypatch.setattr(mixture, "drawing_material", lambda *_, icons: given.update(a=icons))
    monkeypatch.setattr(mixture, "ood_material", lambda *_, icons: given.update(b=icons))
    gather((IMAGES, ROWS), CLASS_NAMES, tmp_path, 0)
    assert given == {"a": load_icons(), "b": load_icons()}


def test_teachers_say_what_the_images_of_the_data_set_show(
    new_run: Callable[..., Run], models_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mixture, "gather", lambda *_: {"ood images": ood_images(1)})
    values = {"task": "mixture", "photos": "photos", "limit": 300, "epochs": 2}
    data = TASKS["mixture"].prepare(new_run(**values, teacher="dense"), lambda _: None)
    plain = TASKS["mixture"].prepare(new_run(**values), lambda _: None)
    for epoch in range(2):
        images, said = data.batches(epoch)[0]
        shown, labels = plain.batches(epoch)[0]
        np.testing.assert_array_equal(images, shown)
        own = labels[:, 10] == 0
        dense = np.asarray(default_store().load_keras("dense")(shown[own]))
        assert (said[own, :10].argmax(axis=1) == dense.argmax(axis=1)).all()
        assert not (said[own] == labels[own]).all()
        np.testing.assert_array_equal(said[~own], labels[~own])


def test_a_mixture_has_no_teacher_that_is_not_there(models_folder: Path) -> None:
    values = {"task": "mixture", "photos": "photos", "teacher": "dense, gone"}
    with pytest.raises(ModelError, match="no model called gone to learn from"):
        TASKS["mixture"].check(Configuration.of(values))
