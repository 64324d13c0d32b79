"""Issues of a data set: its doubtful labels and near-duplicates, kept in a file.

The file is made once, by ``python -m fmnist issues``, and says of which data it is.
"""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets import SplitName
from fmnist.exploration.confident_learning import LabelIssues
from fmnist.exploration.near_duplicates import NearDuplicates
from fmnist.storage import replacing


@dataclass(frozen=True)
class Made:
    """How issues were found.

    Attributes:
        command: that finds them again.
        network: that learnt from the other folds, in words.
        folds: how many.
        accuracy: of the cross-validated networks on the images they had not learnt from, 0–1.
        model: the name of the model that answered the test images; it has learnt from none.
        machine: on what.
        date: when, as ISO 8601.
    """

    command: str
    network: str
    folds: int
    accuracy: float
    model: str
    machine: str
    date: str


@dataclass(frozen=True)
class Issues:
    """What is doubtful in a data set.

    Attributes:
        labels: the doubtful labels of each half.
        near: the test images that differ little from a training image.
        exact: how many of all images are byte by byte another one.
        made: how this was found.
    """

    labels: Mapping[SplitName, LabelIssues]
    near: NearDuplicates
    exact: int
    made: Made


def data_digest(halves: Mapping[SplitName, tuple[str, NDArray[np.uint8]]]) -> str:
    """Return the SHA-256 of a data set.

    Args:
        halves: of each, the SHA-256 of its images, as in ``OutputsKey``, and its labels.
    """
    digest = hashlib.sha256()
    for split in sorted(halves):
        images, labels = halves[split]
        digest.update(f"{split} {images} ".encode() + labels.tobytes())
    return digest.hexdigest()


def write_issues(path: Path, digest: str, issues: Issues) -> None:
    """Keep issues in a file, with the ``data_digest`` of the data they are of."""
    about = {"digest": digest, "exact": issues.exact, "made": asdict(issues.made)}
    arrays = {f"near_{name}": column for name, column in issues.near._asdict().items()}
    for split, found in issues.labels.items():
        arrays |= {f"{split}_{name}": column for name, column in found._asdict().items()}
    with replacing(path) as temporary, temporary.open("wb") as file:
        np.savez_compressed(file, about=np.array(json.dumps(about)), **arrays)


def read_issues(path: Path, digest: str) -> Issues | None:
    """Read what ``write_issues`` kept; None if it is not there, or of other data."""
    try:
        with np.load(path) as file:
            about = json.loads(str(file["about"]))
            if about["digest"] != digest:
                return None
            labels: dict[SplitName, LabelIssues] = {
                split: LabelIssues(*(file[f"{split}_{name}"] for name in LabelIssues._fields))
                for split in ("train", "test")
            }
            near = NearDuplicates(*(file[f"near_{name}"] for name in NearDuplicates._fields))
            return Issues(labels, near, about["exact"], Made(**about["made"]))
    except (OSError, LookupError, ValueError, EOFError, TypeError, zipfile.BadZipFile):
        return None
