"""Tasks: the kinds of training, a file each, and a line in the table below."""

from fmnist.training.tasks.distillation import Distillation
from fmnist.training.tasks.fine_tuning import FineTuning
from fmnist.training.tasks.garments import Garments
from fmnist.training.tasks.labels import Labels
from fmnist.training.tasks.mixture import Mixture
from fmnist.training.tasks.photos import Photos
from fmnist.training.tasks.task import Task

TASKS: dict[str, Task] = {
    "labels": Labels(),
    "distillation": Distillation(),
    "fine-tuning": FineTuning(),
    "mixture": Mixture(),
    "photos": Photos(),
    "garments": Garments(),
}
