"""What is mixed into a data set."""

from pathlib import Path

import pytest

from fmnist.preprocessing import InputError
from fmnist.training.synthetic.icons import Icons, load_icons
from fmnist.training.tasks import mixture
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
