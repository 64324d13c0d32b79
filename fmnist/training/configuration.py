"""Configuration: what to train and how, all that a run needs to be made again.

An option is written once: the field has its help, its range and its choices, and the command line,
the forms and the cards show what stands here. To add an option: add its field, here or, of a
network, in ``network_options``.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from fmnist.datasets import DATASETS
from fmnist.training.applicable import by_architecture, by_task
from fmnist.training.augmentation import AUGMENTATIONS
from fmnist.training.losses import LOSSES
from fmnist.training.network_options import NetworkOptions
from fmnist.training.option import argument, kind_of, option, option_of
from fmnist.training.tasks import TASKS

# How steps are taken: the name people choose, and how it is written. SGD has Nesterov's momentum.
OPTIMIZERS = {"adamw": "AdamW", "adam": "Adam", "rmsprop": "RMSprop", "sgd": "SGD"}

# How the learning rate goes: as it is; down to nothing along half a cosine; or first up, along a
# line, in the first eighth of all steps, and then down so.
SCHEDULES = {"constant": "Constant", "cosine": "Cosine", "one-cycle": "One cycle"}

# What runs, recipes and commands of earlier versions said instead of a task.
_EXTRAS = {"everyday": "mixture", "mine": "fine-tuning", "photos": "photos"}


@dataclass(frozen=True)
class Configuration(NetworkOptions):
    """What to train and how; the help of each field says what it is.

    Raises:
        ValueError: if a value is out of its range; the text is a sentence to show.
    """

    dataset: str = option(
        "fashion-mnist", "The data set.", choices={name: d.title for name, d in DATASETS.items()}
    )
    task: str = option(
        "labels", "What is learnt from.", choices={name: t.summary for name, t in TASKS.items()}
    )
    epochs: int = option(10, "How often each training image is seen.", low=1, high=1000)
    batch_size: int = option(
        128,
        "Images a step: the weights change once for each batch.",
        low=1,
        high=1024,  # a stop waits for the batch in hand, which must not take long
        offered=(16, 32, 64, 128, 256, 512, 1024),
    )
    optimizer: str = option(
        "adamw",
        "How each step is taken. SGD wants a learning rate some ten times as high.",
        choices=OPTIMIZERS,
    )
    learning_rate: float = option(
        0.001,
        "How far each step goes, the highest one if it changes. Too high and the loss jumps, "
        "too low and it crawls.",
        above=0,
        offered=(0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0),
    )
    weight_decay: float = option(
        0.0, "By how much of it each step shrinks the weights, as a part of the learning rate."
    )
    ema: float = option(
        0.0,
        "Momentum of an exponential moving average of the weights, which predicts in their place: "
        "0.998 averages over some 500 steps; 0 for none.",
        below=1,
    )
    schedule: str = option("cosine", "How the learning rate goes.", choices=SCHEDULES)
    loss: str = option(
        "crossentropy", "What is made small, where one class is right.", choices=LOSSES
    )
    augmentation: str = option(
        "none",
        "Changes to the training images, new ones in every epoch. Validation has none.",
        choices={name: name.replace("-", " ").capitalize() for name in AUGMENTATIONS},
    )
    cutmix: float = option(
        0.0, "Share of the images that get a piece of another.", title="CutMix", share=True
    )
    label_noise: float = option(
        0.0,
        "Share of the training labels made wrong, by the seed. Held-out images keep theirs.",
        offered=(0.0, 0.1, 0.2, 0.4),
        share=True,
    )
    validation_share: float = option(
        1 / 12,
        "Share of the training images held out to choose by; 1/12 is 5,000.",
        below=1,
        offered=(0.0, 1 / 12, 0.5),
        title="Held out",
        share=True,
    )
    limit: int | None = option(
        None,
        "Use only so many of the training images, held-out ones included. Fewer are quicker, and "
        "teach less.",
        low=1,
        high=10**9,
        offered=(None, 10_000, 2_000),
        title="Training images",
    )
    seed: int = option(
        0,
        "Of first weights, order, augmentation and dropout: the same seed gives the same model.",
        high=2**32 - 1,
    )
    photos: str = option("", "A folder of photos, with a sub-folder for each kind of garment.")
    start_from: str = option(
        "", "A model to go on from, with my images unless another task is named."
    )
    teacher: str = option(
        "", "A model whose predictions take the place of the labels; several with commas between."
    )

    def __post_init__(self) -> None:
        for each in fields(self):
            value, kind = getattr(self, each.name), kind_of(each)
            if not ((value is None and each.default is None) or option_of(each).holds(value, kind)):
                self._expected(each.name, option_of(each).expectation(kind))
        task = TASKS[self.task]
        if self.architecture not in task.architectures():
            self._expected("architecture", f"one of {', '.join(task.architectures())}")
        if not task.takes_dataset(self.dataset):
            self._expected("dataset", f"fashion-mnist, for the task {self.task}")
        others = {each.name for each in fields(self) if getattr(self, each.name) != each.default}
        self.refuse_foreign(others)
        for each in fields(self):
            given, name = each.name in others, each.name
            if name in task.needs and not given:
                self._expected(name, f"{option_of(each).phrase}, for the task {self.task}")
            if given and not by_task(name, self.task):
                self._expected(name, f"nothing, for the task {self.task}")

    @property
    def teachers(self) -> list[str]:
        """The names of the models to learn from."""
        return [name.strip() for name in self.teacher.split(",") if name.strip()]

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Configuration":
        """Make a configuration of values by name; those left out have their default.

        A task that is not named is that of an option that only one task has. ``extras``, by which
        earlier versions named it, is understood.

        Raises:
            ValueError: if there is another name among them, or a value is out of its range.
        """
        values, known = {"task": _named_task(values), **values}, {each.name for each in fields(cls)}
        values.pop("extras", None)
        if unknown := values.keys() - known:
            what = ", ".join(sorted(unknown))
            raise ValueError(f"Expected a configuration of {', '.join(sorted(known))}; got {what}.")
        return cls(**values)

    @classmethod
    def complete(cls, values: Mapping[str, Any]) -> "Configuration":
        """Make a configuration as ``of`` does, with what its task adds to the values given.

        Raises:
            ModelError: if the model that it starts from cannot be used.
            ValueError: as ``of``.
        """
        task = values.get("task", _named_task(values))
        return cls.of(TASKS[task].complete(values) if task in TASKS else values)

    def refuse_foreign(self, given: Iterable[str]) -> None:
        """Raise ValueError if somebody named an option that the architecture does not take."""
        for name in given:
            if not by_architecture(name, self.architecture):
                self._expected(name, f"nothing, for the architecture {self.architecture}")

    @classmethod
    def from_json(cls, text: str) -> "Configuration":
        """Read a configuration as ``to_json`` writes it, or did in earlier versions.

        Raises:
            ValueError: if the text is not a configuration.
        """
        values = json.loads(text)
        if not isinstance(values, dict):
            raise ValueError(f"Expected a configuration; got {type(values).__name__}.")
        return cls.of(values)

    def to_json(self) -> str:
        """Write the configuration as JSON."""
        return json.dumps(asdict(self), indent=2) + "\n"

    def command(self) -> str:
        """Return the command line that trains this; what has its default is left out."""
        words = ["python -m fmnist train", self.architecture]
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name != "architecture" and value != each.default:
                words += argument(each.name, value)
        return " ".join(words)

    def _expected(self, name: str, what: str) -> None:
        value = getattr(self, name)
        raise ValueError(f"{name.replace('_', ' ')}: expected {what}; got {value!r}.")


def _named_task(values: Mapping[str, Any]) -> str:
    """Return the task of values that do not name one."""
    extras = values.get("extras", "none")
    if extras not in ("none", *_EXTRAS):
        raise ValueError(f"extras: expected one of none, {', '.join(_EXTRAS)}; got {extras!r}.")
    implied = (name for name, task in TASKS.items() if values.get(task.implied_by))
    return _EXTRAS.get(extras) or next(implied, "labels")
