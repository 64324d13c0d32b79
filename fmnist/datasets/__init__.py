"""The data sets one can learn from: a file each, with ``DATASET``, and a line in the table below.

``Dataset.load`` reads a split from the first of its sources: the folder of ``FMNIST_DATA_DIR``,
Keras's cache, Debian's package, a download that is verified before it is kept.
"""

from importlib import import_module

from fmnist.datasets.dataset import Dataset, DataUnavailableError, Split, SplitStatus
from fmnist.datasets.download import Progress
from fmnist.datasets.formats import SplitName
from fmnist.datasets.uploads import Stored, UploadError

# In the order in which people are offered them; with underscores, the name is the file's.
_NAMES = (
    "fashion-mnist",
    "mnist",
)
DATASETS: dict[str, Dataset] = {
    name: import_module(f"{__name__}.{name.replace('-', '_')}").DATASET for name in _NAMES
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
