"""``python -m fmnist features``: index the training images by what a model makes of them."""

from typing import Annotated

import typer

from fmnist.commands import sentences
from fmnist.datasets import DATASETS
from fmnist.explanation import Network
from fmnist.explanation.neighbours import FeatureExtractor, Neighbours
from fmnist.inference.kept_outputs import OutputsKey
from fmnist.models import default_store
from fmnist.models.folder import FEATURES, TWIN


@sentences
def features(name: Annotated[str, typer.Argument(help="A model's name, see `models`.")]) -> None:
    """Index the training images by a model's features, which the app else does when asked why."""
    store = default_store()
    card = store.card(name)
    split = DATASETS[card.dataset].load("train")
    twin = store.twin(name)
    neighbours = Neighbours(FeatureExtractor(Network(twin)), split.images, split.labels)
    index = neighbours.build()
    path = store.own_folder(name) / FEATURES
    index.write(path, OutputsKey.of(card.sha256[TWIN], split.images))
    typer.echo(f"{path}: {len(split):,} images, {path.stat().st_size / 1e6:.1f} MB")
