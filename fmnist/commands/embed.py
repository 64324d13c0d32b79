"""``python -m fmnist embed``: lay all images out in the plane, as a model sees them."""

from typing import Annotated

import numpy as np
import typer

from fmnist.commands import sentences, track
from fmnist.datasets import DATASETS
from fmnist.explanation import Network
from fmnist.explanation.neighbours import FeatureExtractor
from fmnist.exploration.embedding import Embedding, EmbeddingKey, umap
from fmnist.inference.kept_outputs import OutputsKey
from fmnist.models import ModelError, default_store
from fmnist.models.folder import EMBEDDING, TWIN

_BATCH = 1000


@sentences
def embed(name: Annotated[str, typer.Argument(help="A model's name, see `models`.")]) -> None:
    """Lay all images out in the plane by a model's features, for the map of the Data page."""
    store = default_store()
    card = store.card(name)
    if card.takes_photos:
        raise ModelError(f"{name} looks at photos alone, of which there are none in its data set.")
    train, test = (DATASETS[card.dataset].load(split) for split in ("train", "test"))
    images = np.concatenate([train.images, test.images])
    extract = FeatureExtractor(Network(store.twin(name)))
    starts = track(range(0, len(images), _BATCH), "Features")
    features = np.concatenate([extract(images[start : start + _BATCH]) for start in starts])
    try:
        reduced = umap(features)
    except ModuleNotFoundError:
        typer.echo("UMAP is not installed: pip install umap-learn", err=True)
        raise typer.Exit(1) from None
    labels = np.concatenate([train.labels, test.labels])
    embedding = Embedding.of(images, labels, len(train), reduced)
    twin = card.sha256[TWIN]
    digests = (OutputsKey.of(twin, split.images).images for split in (train, test))
    path = store.own_folder(name) / EMBEDDING
    embedding.write(path, EmbeddingKey(twin, *digests))
    by_features, by_pixels = embedding.agreement
    typer.echo(
        f"{path}: {len(images):,} images, {path.stat().st_size / 1e6:.1f} MB. By the nearest "
        f"training images in the plane, {by_features:.1%} of the test images get their label; "
        f"in the plane of pixels, {by_pixels:.1%}."
    )
