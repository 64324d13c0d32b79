"""The bundled example pictures."""

from pathlib import Path

import numpy as np
import pytest

from fmnist.inputs import decode, photo_to_seen

FOLDER = Path(__file__).parents[2] / "examples"
EXAMPLES = sorted(path for path in FOLDER.iterdir() if path.suffix in {".jpg", ".webp", ".png"})


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_example_is_small_and_becomes_a_bright_garment_on_black(path: Path) -> None:
    data = path.read_bytes()
    assert len(data) < 60_000
    picture = decode(data, path.name)
    assert picture.shape == (512, 512, 3)
    image = photo_to_seen(picture).image
    # Shoes touch the sides and the rest top and bottom: the other two edges are all ground.
    edges = sorted((image[0].mean(), image[-1].mean(), image[:, 0].mean(), image[:, -1].mean()))
    assert edges[0] < 30
    assert np.percentile(image, 80) > 90


def test_there_are_examples() -> None:
    assert 4 <= len(EXAMPLES) <= 6


def test_they_are_what_the_script_renders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    import render
    import studio

    assert set(render.SCENES) == {path.name for path in EXAMPLES}
    pieces, ground = render.SCENES["bag.jpg"]
    rendered = studio.photograph(pieces, ground, list(render.SCENES).index("bag.jpg"))
    committed = decode((FOLDER / "bag.jpg").read_bytes(), max_side=studio.SIDE)
    # JPEG changes single pixels a good deal, and the picture hardly at all.
    assert np.abs(np.asarray(rendered).astype(int) - committed).mean() < 2
