"""What a kind of training is: what a network learns from, and how what comes of it is measured.

Every task answers the same questions; the trainer, the worker and the forms ask them.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from fmnist import architectures
from fmnist.datasets import DATASETS, Dataset, Split, SplitName
from fmnist.evaluation.dead_units import dead_units
from fmnist.evaluation.metrics import Evaluation, evaluate
from fmnist.inference.calibration import fit_temperature
from fmnist.inference.ood import fit_threshold, split_outputs
from fmnist.models import Card
from fmnist.training.split import hold_out

if TYPE_CHECKING:
    import keras

    from fmnist.training.configuration import Configuration
    from fmnist.training.run import Run

# In a run's folder: what a task mixes in or learns from, see ``synthetic.material.cached``.
MATERIAL = "material.npz"

# Shows a sentence in the run's status, while something is prepared that takes its time.
Tell = Callable[[str], object]
# Images, uint8 (n, 28, 28) or (n, side, side, 3), and targets, float32 (n, num_outputs).
Examples = tuple[NDArray[np.uint8], NDArray[np.float32]]


@dataclass(frozen=True)
class TrainingData:
    """What a task gives the trainer.

    Attributes:
        batches: makes the batches, from an epoch on, counted from 0.
        validation: the held-out images, measured after each epoch; there may be none. Batches of
            them where they are too many for memory.
        n: number of images trained on.
        num_outputs: how many probabilities the network gives: one a class, and perhaps one of none.
        sets: whether targets may be sets of right classes; otherwise they are probabilities.
        smoothing: of such sets, see ``losses.crossentropy.SetCrossentropy``.
        start: makes the model to begin with; None for one with random weights.
        optimizer: takes the configuration and the number of steps an epoch, and makes how each
            step is taken; None for what the configuration says.
    """

    batches: "Callable[[int], keras.utils.PyDataset]"
    validation: "Examples | keras.utils.PyDataset"
    n: int
    num_outputs: int
    sets: bool = False
    smoothing: float = 0.0
    start: "Callable[[], keras.Model] | None" = None
    optimizer: "Callable[[Configuration, int], keras.optimizers.Optimizer] | None" = None


@dataclass(frozen=True)
class Measured:
    """What was measured of a model once it was trained, and fitted on held-out images.

    Attributes:
        split: number of images by use: train, validation, and test if there are any.
        temperature: what its probabilities are tempered by, so that they are what they say.
        ood_threshold: a higher OOD score is none of the classes; None if it cannot tell.
        metrics: by the names on a model's card.
        evaluation: of the test images; None if there are none.
        sources: what it began with, see ``Card.sources``.
        weights: see ``Card.weights``.
        preparation_seconds: how long it took before training to make what it learnt from.
    """

    split: Mapping[str, int]
    temperature: float = 1.0
    ood_threshold: float | None = None
    metrics: Mapping[str, float] = field(default_factory=dict)
    evaluation: Evaluation | None = None
    sources: tuple[Mapping[str, str], ...] = ()
    weights: tuple[float, float] = Card.weights
    preparation_seconds: float = 0.0


class Task(ABC):
    """A kind of training.

    Attributes:
        summary: what is learnt from, in words.
        needs: options of the configuration that must be given.
        takes: options that may be, and not with every task.
        refuses: options that may be with other tasks, and have no meaning for it.
        implied_by: the option that names this task where no task is named; empty for none.
        of_photos: whether it trains networks for photos in colour.
        of_fashion: whether it is for Fashion-MNIST alone, whose classes its material has.
        resumable: whether a run of it that was stopped is gone on with.
        repeatable: whether runs that differ in their seed compare.
    """

    summary: ClassVar[str]
    needs: ClassVar[tuple[str, ...]] = ()
    takes: ClassVar[tuple[str, ...]] = ()
    refuses: ClassVar[tuple[str, ...]] = ()
    implied_by: ClassVar[str] = ""
    of_photos: ClassVar[bool] = False
    of_fashion: ClassVar[bool] = False
    resumable: ClassVar[bool] = True
    repeatable: ClassVar[bool] = True

    def architectures(self) -> list[str]:
        """Return the names of the architectures that it trains."""
        return architectures.of_photos() if self.of_photos else architectures.of_images()

    def takes_dataset(self, name: str) -> bool:
        """Tell whether it trains on a data set."""
        return not self.of_fashion or name == "fashion-mnist"

    def complete(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of a configuration with what the task adds to those given."""
        return dict(values)

    def check(self, configuration: "Configuration") -> None:
        """Raise ModelError if what it needs is not on this machine."""
        return

    @abstractmethod
    def prepare(self, run: "Run", tell: Tell) -> TrainingData:
        """Make what a run learns from, in its own process; what takes long is kept in its folder.

        Raises:
            ValueError: if no image is left to train on.
        """

    def measure(self, run: "Run", model: "keras.Model", data: TrainingData) -> Measured:
        """Fit what held-out images decide, and evaluate the test images."""
        dataset = DATASETS[run.configuration.dataset]
        num_classes = len(dataset.class_names)
        images, targets = data.validation
        temperature, threshold = 1.0, None
        if len(images):
            outputs = outputs_of(model, images)
            probabilities, scores = split_outputs(outputs, num_classes)
            temperature = fit_temperature(probabilities, targets[:, :num_classes])
            threshold = fit_threshold(scores) if data.num_outputs > num_classes else None
        test = dataset.load("test")
        outputs = outputs_of(model, test.images)
        evaluation = evaluate(split_outputs(outputs, num_classes, temperature)[0], test.labels)
        dead, units = dead_units(model, test.images)
        counted = {"dead_units": float(dead), "relu_units": float(units)} if units else {}
        return Measured(
            split={"train": data.n, "validation": len(images), "test": evaluation.n},
            temperature=temperature,
            ood_threshold=threshold,
            metrics={"test_accuracy": evaluation.accuracy, "test_loss": evaluation.loss} | counted,
            evaluation=evaluation,
        )

    def finished(self, model: "keras.Model") -> "keras.Model":
        """Return a trained model in the form in which it is kept."""
        return model

    def clean_up(self, run: "Run") -> None:
        """Remove from the folder of a run what it needs no more."""
        (run.folder / MATERIAL).unlink(missing_ok=True)


def split_images(run: "Run", tell: Tell, num_outputs: int) -> tuple[Examples, Examples]:
    """Load a run's training images and hold some out, once for all that needs either.

    The test images are loaded too, so that data that is missing is told at once.

    Returns:
        The images to train on and those held out, each with targets, one 1 a row.

    Raises:
        DataUnavailableError: if no source has them.
        ValueError: if no image is left to train on.
    """
    configuration = run.configuration
    dataset = DATASETS[configuration.dataset]
    data, _ = _load(dataset, "train", tell), _load(dataset, "test", tell)
    training, held_out = hold_out(data.labels, configuration.validation_share, configuration.limit)
    if not len(training):
        raise ValueError(
            f"Of {len(data)} images, none is left to train on: "
            "lower the validation share or raise the limit."
        )
    targets = np.eye(num_outputs, dtype=np.float32)[data.labels]
    return (data.images[training], targets[training]), (data.images[held_out], targets[held_out])


def outputs_of(model: "keras.Model", images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return what a model says of images: float32 ``(n, num_outputs)``."""
    return model.predict(images.astype(np.float32), batch_size=256, verbose=0)


def _load(dataset: Dataset, split: SplitName, tell: Tell) -> Split:
    """Load a split, telling of a download."""

    def progress(done: int, total: int) -> None:
        share = f" {done / total:.0%}" if total else ""
        tell(f"Downloading the {split} images{share}")

    loaded = dataset.load(split, progress)
    print(f"{len(loaded):,} {split} images of {dataset.title}, {loaded.source}", flush=True)
    return loaded
