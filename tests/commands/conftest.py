"""What the tests of data sets and of training have: an empty machine, a server, quick runs."""

from tests.datasets.conftest import keras, published, server
from tests.training.conftest import in_this_process

__all__ = ["in_this_process", "keras", "published", "server"]
