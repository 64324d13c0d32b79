"""Going on from a model with my images: what is mixed in, and what that has changed."""

import shutil
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fmnist.datasets import DATASETS, Split
from fmnist.evaluation.metrics import evaluate
from fmnist.inference.judgement import Judgement
from fmnist.inference.ood import answers_of
from fmnist.inference.verdict import right_answers
from fmnist.models import ModelStore, default_store
from fmnist.my_images import CollectionError, default_collection
from fmnist.training.run import Run
from fmnist.training.synthetic.material import (
    Material,
    balanced,
    drawing_material,
    stranger_material,
    targets,
)

if TYPE_CHECKING:
    import keras

# The copy of the model that a run goes on from: the run needs it again if it is started twice.
_START = "start"
# What keeps a model that knows drawings and other things from forgetting them.
_DRAWINGS, _STRANGERS = (500, 500), 1000


def start_model(run: Run) -> "keras.Model":
    """Load the model that a run goes on from; the first time, it is copied into the run's folder.

    Raises:
        ModelError: if it cannot be used.
    """
    inside = ModelStore(run.folder)
    if not (run.folder / _START).exists():
        inside.adopt(default_store().root / run.configuration.start_from, _START)
    return inside.load_keras(_START)


def gather_mine(
    run: Run, images: NDArray[np.uint8], labels: NDArray[np.uint8], outputs: int
) -> dict[str, Material]:
    """Collect my images and, for a model that knows "none", drawings and other things.

    Args:
        run: what is to be trained.
        images: uint8 ``(n, 28, 28)``, the data set's images that it trains on.
        labels: ``(n,)``, their classes.
        outputs: how many probabilities the model gives. One that has none for "none of them"
            cannot learn from images of none of the classes, which are left out.

    Raises:
        CollectionError: if there is nothing to learn from.
    """
    configuration = run.configuration
    dataset = DATASETS[configuration.dataset]
    num_classes = len(dataset.class_names)
    knows_none = outputs > num_classes
    items, _ = default_collection(dataset).read()
    items = [item for item in items if knows_none or item.label is not None]
    if not items:
        raise CollectionError(
            f"There are no images of yours that {configuration.start_from} could learn from. "
            "Correct an answer on the Draw or Photo page first."
        )
    sets = [frozenset([] if item.label is None else [item.label]) for item in items]
    shown = np.stack([item.image for item in items])
    mine = {"mine": balanced(shown, targets(sets, num_classes))}
    if not knows_none:
        return mine
    random = np.random.default_rng(configuration.seed)
    rows = targets([frozenset([int(label)]) for label in labels], num_classes)
    return mine | {
        "drawings": drawing_material(images, rows, random, _DRAWINGS),
        "strangers": stranger_material(images, num_classes, random, _STRANGERS),
    }


def before_and_after(
    run: Run,
    model: "keras.Model",
    judgement: Judgement,
    mine: Material,
    test: Split,
) -> dict[str, float]:
    """Measure what going on has changed.

    Args:
        run: the run.
        model: the model that came of it.
        judgement: how its outputs are to be taken.
        mine: my images, as ``gather_mine`` has them.
        test: the test images.

    Returns:
        ``mine_n``, the number of my images; ``mine_accuracy``, the share of them that the model
        gets right; and accuracies of before, ``mine_accuracy_before``, ``test_accuracy_before``.
    """
    card = ModelStore(run.folder).card(_START)
    old, old_judgement = start_model(run), Judgement(card.temperature, card.unfamiliar_above)
    num_classes = len(DATASETS[run.configuration.dataset].class_names)
    probabilities, _ = _answers(old, test.images, num_classes, card.temperature)
    return {
        "mine_n": float(len(mine.images)),
        "mine_accuracy": _share_right(model, judgement, mine, num_classes),
        "mine_accuracy_before": _share_right(old, old_judgement, mine, num_classes),
        "test_accuracy_before": evaluate(probabilities, test.labels).accuracy,
    }


def forget(run: Run) -> None:
    """Remove the copies of my images and of the old model from a run that needs them no more."""
    if run.configuration.start_from:
        (run.folder / "extras.npz").unlink(missing_ok=True)
        shutil.rmtree(run.folder / _START, ignore_errors=True)


def _share_right(
    model: "keras.Model",
    judgement: Judgement,
    mine: Material,
    num_classes: int,
) -> float:
    answers = _answers(model, mine.images, num_classes, judgement.temperature)
    labels = [None if row[num_classes] else int(row.argmax()) for row in mine.targets]
    return float(right_answers(labels, *answers, judgement.unfamiliar_above).mean())


def _answers(
    model: "keras.Model", images: NDArray[np.uint8], num_classes: int, temperature: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    outputs = model.predict(images.astype(np.float32), batch_size=256, verbose=0)
    return answers_of(outputs, num_classes, temperature)
