"""MNIST: 70,000 handwritten digits (LeCun, Cortes and Burges, 1998).

Published at http://yann.lecun.com/exdb/mnist/; Keras keeps both splits in one archive.
"""

from fmnist.datasets.dataset import Dataset
from fmnist.datasets.download import KERAS_URL, Download
from fmnist.datasets.formats import Piece

# The training sums are those that projects pin for the files of LeCun's page and of its mirrors
# (storage.googleapis.com/cvdf-datasets, ossci-datasets.s3.amazonaws.com), once decompressed.
_SHA256: dict[Piece, str] = {
    ("train", "images"): "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    ("train", "labels"): "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    ("test", "images"): "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    ("test", "labels"): "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}

DATASET = Dataset(
    name="mnist",
    title="MNIST digits",
    class_names=("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
    pipeline="handwriting",
    downloads=(Download(f"{KERAS_URL}mnist.npz", "mnist.npz", _SHA256),),
    # For want of the files themselves there is no sum of the training rows, so a table in an order
    # of its own stays unverified; Kaggle's mnist_train.csv keeps the publisher's order.
    row_sums={"test": "0c7bc63f656fb2440dc2b5bea4ff3ac8632e305b73ec1dc88141a32d36204fac"},
)
