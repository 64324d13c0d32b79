"""A small data set of our own, for tests: ten simple silhouettes in Fashion-MNIST's files.

The images are rendered, moved, dimmed and speckled at random. They are nothing like as hard as the
real ones: a model learns them in an epoch, and an eye tells them apart.
"""

import gzip
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# For each class the rectangles that it is made of: top, bottom, left, right, brightness.
Rectangle = tuple[int, int, int, int, int]
SILHOUETTES: tuple[tuple[Rectangle, ...], ...] = (
    # T-shirt/top, Trouser, Pullover, Dress, Coat
    ((4, 24, 9, 19, 200), (4, 10, 4, 24, 200)),
    ((3, 25, 9, 13, 220), (3, 25, 15, 19, 220), (3, 8, 9, 19, 220)),
    ((4, 24, 9, 19, 150), (4, 25, 3, 7, 150), (4, 25, 21, 25, 150), (4, 8, 3, 25, 150)),
    ((3, 14, 11, 17, 230), (14, 20, 9, 19, 230), (20, 26, 6, 22, 230)),
    ((3, 26, 7, 13, 120), (3, 26, 15, 21, 120), (3, 22, 2, 5, 120), (3, 22, 23, 26, 120)),
    # Sandal, Shirt, Sneaker, Bag, Ankle boot
    ((20, 23, 2, 26, 250), (12, 20, 6, 8, 250), (12, 20, 13, 15, 250), (12, 20, 20, 22, 250)),
    ((4, 26, 8, 20, 90), (4, 20, 3, 6, 90), (4, 20, 22, 25, 90), (4, 26, 13, 15, 255)),
    ((16, 22, 2, 26, 180), (12, 16, 12, 26, 180), (20, 22, 2, 26, 255)),
    ((11, 25, 3, 25, 160), (4, 6, 8, 20, 255), (4, 11, 8, 10, 255), (4, 11, 18, 20, 255)),
    ((3, 24, 15, 24, 210), (16, 24, 4, 24, 210), (22, 25, 4, 25, 255)),
)


def draw(label: int, generator: np.random.Generator) -> NDArray[np.uint8]:
    """Return one image of a class, uint8 (28, 28)."""
    image = np.zeros((28, 28))
    for top, bottom, left, right, brightness in SILHOUETTES[label]:
        image[top:bottom, left:right] = brightness
    image = np.roll(image, generator.integers(-2, 3, size=2), axis=(0, 1))
    speckled = image * generator.uniform(0.7, 1.0) + generator.normal(0, 12, (28, 28)) * (image > 0)
    return speckled.clip(0, 255).astype(np.uint8)


def make_split(n: int, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return n images, uint8 (n, 28, 28), and their labels, uint8 (n,), all classes in turn."""
    generator = np.random.default_rng(seed)
    labels = generator.permutation(np.arange(n) % 10).astype(np.uint8)
    return np.stack([draw(label, generator) for label in labels]), labels


def idx_bytes(array: NDArray[np.uint8]) -> bytes:
    """Return an array as a plain IDX file, written as its description has it."""
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.tobytes()


def make_idx_dataset(
    folder: Path, n_train: int = 600, n_test: int = 200, seed: int = 0, name: str = "fashion-mnist"
) -> Path:
    """Write a small data set for ``FMNIST_DATA_DIR`` and return that folder.

    The four gzipped IDX files lie in the sub-folder ``name``. ``Dataset.load`` finds them sound and
    unverified.
    """
    (folder / name).mkdir(parents=True, exist_ok=True)
    for prefix, n, split_seed in (("train", n_train, seed), ("t10k", n_test, seed + 1)):
        images, labels = make_split(n, split_seed)
        for stem, array in (("images-idx3", images), ("labels-idx1", labels)):
            path = folder / name / f"{prefix}-{stem}-ubyte.gz"
            path.write_bytes(gzip.compress(idx_bytes(array), 1, mtime=0))
    return folder
