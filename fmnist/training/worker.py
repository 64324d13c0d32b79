"""The worker: what the process of a run does, from its turn to its model."""

import os
import signal
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from filelock import Timeout

from fmnist.training.queue import STATUS, living, turn
from fmnist.training.result import save_result
from fmnist.training.run import Run
from fmnist.training.status import State, Status
from fmnist.training.tasks import TASKS


def work(run: Run, ready: Callable[[], object] = lambda: None) -> None:
    """Train, evaluate and save, telling the run's status all the while.

    Called in a process of its own. It does nothing if another process was quicker.

    Args:
        run: the run.
        ready: returns once what is being loaded already has been loaded.
    """
    # Until it has learnt something, a stop comes by this signal. Whoever started it may ignore it,
    # and a process inherits that.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    path = run.folder / STATUS
    with suppress(Timeout), living(run.folder):
        before = Status.read(path)
        if before and not before.waits:
            return
        status = Status(State.STARTING, epochs=run.configuration.epochs, pid=os.getpid())
        status.write(path)
        if run.stop_wanted:
            return
        with turn(run.folder):
            status = replace(status, began=time.time())
            status.write(path)
            try:
                ready()
                status = _train(run, status)
            except Exception as error:
                traceback.print_exc()
                message = str(error) or type(error).__name__
                status = Status.read(path) or status
                status = replace(status, state=State.FAILED, message=message)
            replace(status, ended=time.time(), seconds_left=0, pid=None).write(path)


def _train(run: Run, status: Status) -> Status:
    task = TASKS[run.configuration.task]
    data = task.prepare(
        run, lambda message: replace(status, message=message).write(run.folder / STATUS)
    )
    # Only now: what is missing is told at once.
    from fmnist.training.callbacks import Recorder, remove_checkpoints
    from fmnist.training.trainer import train, without_optimizer

    recorder, checkpoint = Recorder.resume(run, status)
    model = without_optimizer(train(run.configuration, data, [recorder], checkpoint))
    recorder.evaluating()
    measured = task.measure(run, model, data)
    save_result(run, task.finished(model), recorder.status, measured)
    if not (recorder.stopped and task.resumable):
        task.clean_up(run)
    status = recorder.status
    if recorder.stopped:
        message = f"Stopped in epoch {status.epoch + 1}; what was reached is kept."
        return replace(status, state=State.STOPPED, message=message)
    remove_checkpoints(run.folder)
    return replace(status, state=State.FINISHED, message="")
