"""Images in the plane: alike ones near each other, bound to the model and the images."""

from pathlib import Path

import numpy as np
import pytest

from fmnist.explanation.neighbours import Neighbour
from fmnist.exploration.embedding import (
    SIDE,
    Embedding,
    EmbeddingKey,
    neighbour_accuracy,
    principal_components,
)
from tests.small_dataset import make_split

N_TRAIN = 150
IMAGES, LABELS = make_split(200, seed=5)
KEY = EmbeddingKey("a" * 64, "b" * 64, "c" * 64)
# Each class at a place of its own, and every image a little beside it.
_ANGLES = LABELS * (2 * np.pi / 10)
REDUCED = 7 * np.stack([np.cos(_ANGLES), np.sin(_ANGLES)], axis=1)
REDUCED += np.random.default_rng(0).normal(0, 0.1, REDUCED.shape)


@pytest.fixture(scope="module")
def embedding() -> Embedding:
    return Embedding.of(IMAGES, LABELS, N_TRAIN, REDUCED)


def test_the_plane_is_filled_and_keeps_its_proportions(embedding: Embedding) -> None:
    for points in (embedding.features, embedding.pixels):
        assert (points.shape, points.dtype) == ((200, 2), np.uint16)
        extent = np.ptp(points.astype(int), axis=0)
        assert extent.max() == pytest.approx(0.94 * SIDE, abs=2)
    made = np.ptp(embedding.features.astype(float), axis=0)
    wanted = np.ptp(REDUCED, axis=0)
    assert made[0] / made[1] == pytest.approx(wanted[0] / wanted[1], rel=1e-3)


def test_the_components_are_those_of_a_singular_value_decomposition() -> None:
    components, centre = principal_components(IMAGES)
    flat = IMAGES.reshape(200, -1).astype(float)
    np.testing.assert_allclose(centre, flat.mean(axis=0), rtol=1e-5)
    _, _, directions = np.linalg.svd(flat - flat.mean(axis=0), full_matrices=False)
    cosines = np.abs(np.sum(components.T * directions[:2], axis=1))
    np.testing.assert_allclose(cosines, 1, atol=1e-4)


def test_an_image_is_placed_by_its_pixels_where_it_lies(embedding: Embedding) -> None:
    for number in (0, 17, 199):
        placed = embedding.place_by_pixels(IMAGES[number])
        np.testing.assert_allclose(placed, embedding.pixels[number], atol=SIDE * 1e-4)


def test_what_leads_out_of_the_plane_stays_at_its_edge(embedding: Embedding) -> None:
    for image in (np.full((28, 28), 255, np.uint8), np.zeros((28, 28), np.uint8)):
        assert all(0 <= value <= SIDE for value in embedding.place_by_pixels(image))


def test_an_image_is_placed_among_its_nearest_and_closer_to_the_nearer(
    embedding: Embedding,
) -> None:
    one, other = (embedding.features[n].astype(float) for n in (3, 4))
    between = embedding.place_by_features([Neighbour(3, 0.2), Neighbour(4, 0.2)])
    np.testing.assert_allclose(between, (one + other) / 2)
    nearer = embedding.place_by_features([Neighbour(3, 0.1), Neighbour(4, 0.2)])
    np.testing.assert_allclose(nearer, (2 * one + other) / 3)
    np.testing.assert_allclose(
        embedding.place_by_features([Neighbour(3, 0.0), Neighbour(4, 0.2)]), one, atol=SIDE * 1e-3
    )


def test_how_much_a_map_tells_is_measured_on_the_test_images_alone(embedding: Embedding) -> None:
    assert embedding.agreement[0] == 1, "each class lies by itself"
    labels = LABELS.copy()
    labels[N_TRAIN:] = (labels[N_TRAIN:] + 1) % 10
    assert neighbour_accuracy(embedding.features, labels, N_TRAIN) == 0
    labels[N_TRAIN : N_TRAIN + 10] = LABELS[N_TRAIN : N_TRAIN + 10]
    assert neighbour_accuracy(embedding.features, labels, N_TRAIN) == pytest.approx(10 / 50)


def test_it_is_read_for_its_model_and_its_images(embedding: Embedding, tmp_path: Path) -> None:
    path = tmp_path / "embedding.npz"
    embedding.write(path, KEY)
    again = Embedding.read(path, KEY)
    assert again
    for name, array in vars(embedding).items():
        np.testing.assert_array_equal(getattr(again, name), array)
    for field in EmbeddingKey._fields:
        assert Embedding.read(path, KEY._replace(**{field: "d" * 64})) is None
    assert Embedding.read(tmp_path / "gone.npz", KEY) is None
    path.write_bytes(path.read_bytes()[:500])
    assert Embedding.read(path, KEY) is None
