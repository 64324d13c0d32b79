"""Engine: one contract, work mapped over many items, by processes of this machine or by Ray.

``work`` says what is done and what a worker keeps; an executor does it: ``LocalExecutor``, or
``RayExecutor`` on many machines. What is made of pictures is committed shard by shard.
"""

from fmnist.engine.local import LocalExecutor
from fmnist.engine.on_ray import RayExecutor
from fmnist.engine.work import EngineError, Executor, Work

__all__ = ["EngineError", "Executor", "LocalExecutor", "RayExecutor", "Work", "executor"]


def executor(
    workers: int | None = None, ray: str | None = None, *, heavy: bool = False
) -> Executor:
    """Choose who does the work.

    Args:
        workers: how many at once; None for one a processor.
        ray: the address of a Ray cluster; None for this machine without Ray.
        heavy: whether one item keeps a whole machine busy: without a number one worker a machine.

    Raises:
        EngineError: if Ray is wanted and not installed, or cannot be reached.
    """
    if ray:
        return RayExecutor(ray, workers, heavy=heavy)
    return LocalExecutor(workers or (1 if heavy else None))
