"""What was kept is read for the same model and the same images, and for no others."""

from pathlib import Path

import numpy as np
import pytest

from fmnist.inference.kept_outputs import OutputsKey, halved, read_outputs, write_outputs

IMAGES = np.arange(3 * 28 * 28).astype(np.uint8).reshape(3, 28, 28)
KEY = OutputsKey.of("a" * 64, IMAGES)
OUTPUTS = np.random.default_rng(0).dirichlet(np.ones(11), 3)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "outputs.npz"
    write_outputs(path, KEY, halved(OUTPUTS, 10))
    return path


def test_what_was_kept_is_read_in_half_precision(kept: Path) -> None:
    outputs = read_outputs(kept, KEY)
    assert outputs is not None
    assert outputs.dtype == np.float16
    np.testing.assert_allclose(outputs, OUTPUTS, atol=3e-4)


def test_another_model_or_another_pixel_has_none(kept: Path) -> None:
    changed = IMAGES.copy()
    changed[2, 27, 27] += 1
    assert read_outputs(kept, OutputsKey.of("b" * 64, IMAGES)) is None
    assert read_outputs(kept, OutputsKey.of("a" * 64, changed)) is None
    assert read_outputs(kept.parent / "gone.npz", KEY) is None


@pytest.mark.parametrize("end", [0, 30, 500, -30])
def test_a_spoilt_file_is_as_none(kept: Path, end: int) -> None:
    kept.write_bytes(kept.read_bytes()[:end])
    assert read_outputs(kept, KEY) is None


def test_objects_are_never_unpickled(tmp_path: Path) -> None:
    path = tmp_path / "outputs.npz"
    np.savez(path, outputs=np.array([print], dtype=object), twin=KEY.twin, images=KEY.images)
    assert read_outputs(path, KEY) is None


def test_the_most_probable_class_stays_so_however_narrowly() -> None:
    outputs = np.array([[0.40006, 0.4001, 0.2], [0.4001, 0.40006, 0.2], [0.3, 0.1, 0.6]])
    assert len(set(outputs[0].astype(np.float16))) == 2, "a tie, once rounded"
    rounded = halved(outputs, 2)
    assert rounded[:, :2].argmax(1).tolist() == [1, 0, 0]
    np.testing.assert_allclose(rounded, outputs, atol=5e-4)
