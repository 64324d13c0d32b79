"""A run as its process leaves it, for tests that look at runs and need not train."""

import json
import shutil
import time
from pathlib import Path

import numpy as np

from fmnist.evaluation.metrics import evaluate
from fmnist.storage import append_row
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run
from fmnist.training.status import State, Status


def make_run(runs: Path, status: Status) -> Run:
    """Make a run with a status, and nothing else."""
    run = Run.create(Configuration("dense", epochs=2, limit=2000), runs)
    status.write(run.folder / "status.json")
    return run


def over(state: State, message: str = "") -> Status:
    """Say that a run of two epochs has ended after 65 seconds."""
    now = time.time()
    return Status(state, 2, 2, began=now - 65, ended=now, message=message)


def make_finished_run(runs: Path, model: Path) -> Run:
    """Make a run with curves, a result of 199 right answers in 200, and a copy of a model."""
    run = make_run(runs, over(State.FINISHED))
    for epoch in (1, 2):
        row = {"epoch": epoch, "accuracy": 0.4 + 0.2 * epoch, "loss": 1 / epoch}
        append_row(run.folder / "curve.csv", row)
        append_row(run.folder / "history.csv", row | {"val_accuracy": 0.6, "val_loss": 0.9})
    labels = np.arange(200) % 10
    answers = np.append(labels[:-1], (labels[-1] + 1) % 10)
    result = evaluate(np.eye(10)[answers], labels)
    (run.folder / "result.json").write_text(json.dumps(result.as_dict()))
    shutil.copytree(model, run.model)
    return run
