"""What to train and how: all that a run needs to be made again."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from fmnist.architectures import ARCHITECTURES, PHOTO_ARCHITECTURES
from fmnist.datasets import DATASETS
from fmnist.training.augmentation.geometric import AUGMENTATIONS

# How steps are taken: the name people choose, and how it is written. SGD has Nesterov's momentum.
OPTIMIZERS = {"adamw": "AdamW", "sgd": "SGD"}

# How the learning rate goes: as it is; down to nothing along half a cosine; or first up, along a
# line, in the first eighth of all steps, and then down so.
SCHEDULES = ("constant", "cosine", "one-cycle")

# What is trained on beside the data set: nothing; what people bring, see `training.everyday`; or
# the images that they have labelled themselves, see `training.going_on`; or instead of it, photos
# in colour, see `training.sharp`.
EXTRAS = ("none", "everyday", "mine", "photos")

# How a model goes on with my images, where nothing else is said: for a short while, in small steps,
# and with a tenth of the data set beside them, so that it does not forget.
GOING_ON: dict[str, Any] = {"extras": "mine", "epochs": 3, "learning_rate": 0.0003, "limit": 6000}

# A stop waits for the batch in hand, which must not take long.
MAX_BATCH_SIZE = 1024


@dataclass(frozen=True)
class Configuration:
    """What to train and how.

    Attributes:
        architecture: a key of ``ARCHITECTURES``; of ``PHOTO_ARCHITECTURES`` with photos alone.
        dataset: a key of ``DATASETS``.
        epochs: how often each training image is seen, 1–1000.
        batch_size: images a step, 1–``MAX_BATCH_SIZE``.
        optimizer: one of ``OPTIMIZERS``.
        learning_rate: above 0 and at most 1; the highest one if it has a schedule.
        weight_decay: by how much of it each step shrinks the weights, as a part of the learning
            rate, 0–1.
        schedule: one of ``SCHEDULES``.
        augmentation: a key of ``AUGMENTATIONS``.
        cutmix: share of the images that get a piece of another and of its label, 0–1, see
            ``training.cutmix``; not beside extras.
        validation_share: share of the training images that are held out to choose by, at least 0
            and below 1. One twelfth is 5,000 of 60,000.
        limit: how many of the training images to use, held-out ones included; None for all.
        seed: decides first weights, order, augmentation and dropout.
        extras: one of ``EXTRAS``. With ``everyday``, photos, drawings and images of other things
            are mixed in, and the model can answer "none of these" too. With ``mine``, a model goes
            on with my images. With ``photos``, photos take the place of the data set, whose classes
            they have. All have an augmentation of their own, for Fashion-MNIST alone.
        photos: the folder of photos for them, with a sub-folder for each kind of garment.
        start_from: the name of the model that goes on with my images; its architecture stays.
        teacher: the name of a model of the data set to learn from, or several with commas between
            them, see ``training.teacher``; not beside extras, of which it knows nothing.

    Raises:
        ValueError: if a value is out of its range; the text is a sentence to show.
    """

    architecture: str = "cnn"
    dataset: str = "fashion-mnist"
    epochs: int = 10
    batch_size: int = 128
    optimizer: str = "adamw"
    learning_rate: float = 0.001
    weight_decay: float = 0.0
    schedule: str = "cosine"
    augmentation: str = "none"
    cutmix: float = 0.0
    validation_share: float = 1 / 12
    limit: int | None = None
    seed: int = 0
    extras: str = "none"
    photos: str = ""
    start_from: str = ""
    teacher: str = ""

    def __post_init__(self) -> None:
        alone = self.extras == "photos"
        self._expect_one_of("architecture", PHOTO_ARCHITECTURES if alone else ARCHITECTURES)
        self._expect_one_of("dataset", DATASETS)
        self._expect_one_of("optimizer", OPTIMIZERS)
        self._expect_one_of("schedule", SCHEDULES)
        self._expect_one_of("augmentation", AUGMENTATIONS)
        self._expect_one_of("extras", EXTRAS)
        if self.extras in ("everyday", "photos"):
            self._expect("photos", "a folder of photos, for the extras", bool)
        if self.extras == "mine":
            self._expect("start_from", "the name of a model that goes on with my images", bool)
        if self.extras != "none":
            self._expect("dataset", "fashion-mnist, for the extras", takes_extras)
        if self.start_from:
            self._expect("extras", "mine, where a model goes on", lambda x: x == "mine")
        if self.teacher:
            self._expect("extras", "none, where a teacher answers", lambda x: x == "none")
        self._expect_whole("epochs", 1, 1000)
        self._expect_whole("batch_size", 1, MAX_BATCH_SIZE)
        self._expect_whole("seed", 0, 2**32 - 1)
        if self.limit is not None:
            self._expect_whole("limit", 1, 10**9)
        self._expect("learning_rate", "a number above 0 and at most 1", lambda x: 0 < x <= 1)
        self._expect("weight_decay", "a number of 0 to 1", lambda x: 0 <= x <= 1)
        self._expect("cutmix", "a share of 0 to 1", lambda x: 0 <= x <= 1)
        if self.cutmix:
            self._expect("extras", "none, where images are mixed", lambda x: x == "none")
        self._expect("validation_share", "a share of at least 0, below 1", lambda x: 0 <= x < 1)

    @property
    def teachers(self) -> list[str]:
        """The names of the models to learn from."""
        return [name.strip() for name in self.teacher.split(",") if name.strip()]

    @classmethod
    def from_json(cls, text: str) -> "Configuration":
        """Read a configuration as ``to_json`` writes it; fields left out have their default.

        Raises:
            ValueError: if the text is not a configuration.
        """
        values = json.loads(text)
        known = {field.name for field in fields(cls)}
        if not isinstance(values, dict) or (unknown := set(values) - known):
            what = ", ".join(sorted(unknown)) if isinstance(values, dict) else type(values).__name__
            raise ValueError(f"Expected a configuration of {', '.join(sorted(known))}; got {what}.")
        return cls(**values)

    def to_json(self) -> str:
        """Write the configuration as JSON."""
        return json.dumps(asdict(self), indent=2) + "\n"

    def command(self) -> str:
        """Return the command line that trains this; what has its default is left out."""
        words = ["python -m fmnist train", self.architecture]
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name != "architecture" and value != field.default:
                words += [f"--{field.name.replace('_', '-')}", str(value)]
        return " ".join(words)

    def _expect_one_of(self, name: str, known: Any) -> None:
        self._expect(name, f"one of {', '.join(known)}", lambda value: value in known)

    def _expect_whole(self, name: str, low: int, high: int) -> None:
        self._expect(
            name,
            f"a whole number of {low:,} to {high:,}",
            lambda value: isinstance(value, int) and low <= value <= high,
        )

    def _expect(self, name: str, what: str, holds: Any) -> None:
        value = getattr(self, name)
        try:
            right = holds(value) and not isinstance(value, bool)
        except TypeError:
            right = False
        if not right:
            raise ValueError(f"{name.replace('_', ' ')}: expected {what}; got {value!r}.")


def takes_extras(dataset: str) -> bool:
    """Return whether networks of a data set, given by its name, can be trained with extras."""
    return dataset == "fashion-mnist"
