"""Ray executor: actors of a Ray cluster, by Ray Data, which replaces those that die."""

import logging
import pickle
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from fmnist import settings
from fmnist.engine.work import AnyItem, AnyResult, EngineError, Work, as_sentence

# What stands for a cluster of this machine alone, which ends with the work.
HERE = "local"


class RayExecutor:
    """Does work on a Ray cluster; each of its machines has this package and sees the same files.

    Args:
        address: of the cluster: ``local``, ``auto``, ``HOST:PORT`` or ``ray://HOST:PORT``.
        workers: actors at once; None for as many as the cluster has processors for.
        heavy: whether one item keeps a whole machine busy: without a number one actor a machine.

    Raises:
        EngineError: if Ray is not installed, or cannot be reached or started.
    """

    def __init__(self, address: str, workers: int | None = None, *, heavy: bool = False) -> None:
        try:
            import ray
            import ray.data
        except ImportError:
            raise EngineError("Ray is not installed: pip install 'ray[data]'") from None
        try:
            ray.init(
                address,
                num_cpus=workers if address == HERE else None,
                runtime_env={"env_vars": settings.own_variables()},
                include_dashboard=False if address == HERE else None,
                ignore_reinit_error=True,
                logging_level=logging.ERROR,
                log_to_driver=False,
            )
        except Exception as error:  # it raises that very class where it cannot start in time
            raise EngineError(f"Ray cannot be reached at {address}: {error}") from None
        self._workers = workers or (len(ray.nodes()) if heavy else None)

    def map(self, work: Work[AnyItem, AnyResult], items: Sequence[AnyItem]) -> Iterator[AnyResult]:
        """Do every item, see ``Executor.map``."""
        import ray.data

        # A block an item: what is done is told at once, and only what was in hand is done again.
        ray.data.DataContext.get_current().enable_progress_bars = False  # ours tells more
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        rows = [{"item": pickle.dumps(item)} for item in items]
        data = ray.data.from_items(rows, override_num_blocks=len(rows))
        done = data.map_batches(
            _Actor,
            fn_constructor_args=(pickle.dumps(work),),
            compute=ray.data.ActorPoolStrategy(min_size=1, max_size=self._workers),
            batch_size=1,
        )
        for row in done.iter_rows():
            result, problem = pickle.loads(row["result"])
            if problem is not None:
                raise problem
            yield result


class _Actor:
    """A worker: opens the work with its first item, and keeps it open."""

    def __init__(self, work: bytes) -> None:
        self._work = work
        self._do: Callable[[Any], Any] | None = None

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[bytes]]:
        try:
            self._do = self._do or pickle.loads(self._work).open()
            answer: tuple[Any, Any] = self._do(pickle.loads(batch["item"][0])), None
        except Exception as error:
            answer = None, as_sentence(error)
        return {"result": [pickle.dumps(answer)]}
