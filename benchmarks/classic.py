"""Methods from before deep learning, on clothes and on digits, as the data set's makers had them.

Needs scikit-learn and scikit-image, which nothing else does: ``pip install --group classic``.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from benchmarks.figure import NotMeasuredError
from benchmarks.row import Row
from fmnist.datasets import DATASETS, DataUnavailableError
from fmnist.models.published import CLASSIC_TRAINED_ON as TRAINED_ON

if TYPE_CHECKING:
    from sklearn.base import ClassifierMixin

Images = NDArray[np.uint8]
# Takes (n, 28, 28) and returns float (n, n_features).
Features = Callable[[Images], NDArray[np.float32]]


# The digits, and what was made to replace them.
_DATASETS = (DATASETS["fashion-mnist"], DATASETS["mnist"])


@dataclass(frozen=True)
class ClassicRow(Row):
    """A method on digits and on clothes.

    Attributes:
        method: in words.
        accuracy: on the test images, 0–1, by the title of each data set.
        seconds: to train and to answer, on both together.
    """

    NOTE: ClassVar[str] = (
        f"Test accuracy after {TRAINED_ON:,} training images of each, with scikit-learn's own "
        "settings where no other is named; the time is that of both, training and answers."
    )
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "method",
        *(dataset.title for dataset in _DATASETS),
        "time",
    )

    method: str
    accuracy: Mapping[str, float]
    seconds: float

    def cells(self) -> list[str]:
        """Return the method, its accuracy on each data set and the time it took."""
        shares = [f"{self.accuracy[dataset.title]:.4f}" for dataset in _DATASETS]
        return [self.method, *shares, f"{self.seconds:.0f} s"]


def measure() -> list[ClassicRow]:
    """Train every method on both data sets.

    Raises:
        NotMeasuredError: if scikit-learn or a data set is missing.
    """
    if not find_spec("sklearn") or not find_spec("skimage"):
        raise NotMeasuredError("scikit-learn is not here: pip install --group classic")
    return [_measure(method, *METHODS[method]) for method in METHODS]


def _measure(method: str, features: Features, build: "Callable[[], ClassifierMixin]") -> ClassicRow:
    accuracy, started = {}, time.perf_counter()
    for dataset in _DATASETS:
        try:
            train, test = dataset.load("train"), dataset.load("test")
        except DataUnavailableError as error:
            raise NotMeasuredError(str(error)) from None
        classifier = build()
        classifier.fit(features(train.images[:TRAINED_ON]), train.labels[:TRAINED_ON])
        accuracy[dataset.title] = float(classifier.score(features(test.images), test.labels))
    return ClassicRow(method, accuracy, round(time.perf_counter() - started, 1))


def pixels(images: Images) -> NDArray[np.float32]:
    """Return every pixel, 0–1: ``(n, 784)``."""
    return np.divide(images.reshape(len(images), -1), 255, dtype=np.float32)


def gradients(images: Images) -> NDArray[np.float32]:
    """Return histograms of oriented gradients: 9 directions in 3×3 blocks of 2×2 cells, (n, 324).

    Source: Dalal and Triggs, "Histograms of Oriented Gradients for Human Detection", CVPR 2005.
    """
    from skimage.feature import hog

    return np.stack(
        [hog(image, pixels_per_cell=(7, 7), cells_per_block=(2, 2)) for image in images],
        dtype=np.float32,
    )


def _logistic_regression() -> "ClassifierMixin":
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(max_iter=300)


def _nearest_neighbours() -> "ClassifierMixin":
    from sklearn.neighbors import KNeighborsClassifier

    return KNeighborsClassifier(5, weights="distance")


def _random_forest() -> "ClassifierMixin":
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(200, n_jobs=-1, random_state=0)


def _gradient_boosting() -> "ClassifierMixin":
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(max_iter=50, random_state=0)


def _support_vectors() -> "ClassifierMixin":
    from sklearn.svm import SVC

    return SVC(C=10)


METHODS: dict[str, tuple[Features, "Callable[[], ClassifierMixin]"]] = {
    "Logistic regression": (pixels, _logistic_regression),
    "5 nearest neighbours": (pixels, _nearest_neighbours),
    "Random forest, 200 trees": (pixels, _random_forest),
    "Gradient boosting, 50 rounds": (pixels, _gradient_boosting),
    "Support vectors on HOG, C = 10": (gradients, _support_vectors),
}
