"""The data sets one can learn from: a file each, and a line in the table below.

``Dataset.load`` reads a split from the first of its sources: the folder of ``FMNIST_DATA_DIR``,
Keras's cache, Debian's package, a download that is verified before it is kept.
"""

from fmnist.datasets.content import SplitName
from fmnist.datasets.dataset import Dataset, DataUnavailableError, Split, SplitStatus
from fmnist.datasets.download import Progress
from fmnist.datasets.fashion_mnist import FASHION_MNIST
from fmnist.datasets.mnist import MNIST
from fmnist.datasets.uploads import Stored, UploadError

DATASETS: dict[str, Dataset] = {
    FASHION_MNIST.name: FASHION_MNIST,
    MNIST.name: MNIST,
}

__all__ = [
    "DATASETS",
    "DataUnavailableError",
    "Dataset",
    "Progress",
    "Split",
    "SplitName",
    "SplitStatus",
    "Stored",
    "UploadError",
]
