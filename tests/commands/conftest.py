"""The empty machine, the small data set and the server of the data sets' own tests."""

from tests.datasets.conftest import keras, published, server

__all__ = ["keras", "published", "server"]
