"""The ways from what people bring to the form of a data set, one file each.

``Dataset.way`` names one. To add a way: write its file and add its line to ``WAYS``.
"""

from fmnist.preprocessing.clothes import CLOTHES
from fmnist.preprocessing.pipelines import Way
from fmnist.preprocessing.writing import WRITING

WAYS: dict[str, Way] = {
    "clothes": CLOTHES,
    "writing": WRITING,
}

__all__ = ["CLOTHES", "WAYS", "WRITING", "Way"]
