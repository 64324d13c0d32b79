"""Which options have a meaning for a network, and for a kind of training."""

from fmnist.architectures import ARCHITECTURES
from fmnist.training.tasks import TASKS

# The options that some have and others have not.
_OF_SOME_NETWORKS = {name for each in ARCHITECTURES.values() for name in each.takes}
_OF_SOME_TASKS = {name for task in TASKS.values() for name in (*task.needs, *task.takes)}


def by_architecture(name: str, architecture: str) -> bool:
    """Tell whether an option has a meaning for the architecture of that name."""
    return name not in _OF_SOME_NETWORKS or name in ARCHITECTURES[architecture].takes


def by_task(name: str, task: str) -> bool:
    """Tell whether an option has a meaning for the task of that name."""
    kind = TASKS[task]
    own = name not in _OF_SOME_TASKS or name in (*kind.needs, *kind.takes)
    return own and name not in kind.refuses
