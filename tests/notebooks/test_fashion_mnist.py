"""The notebook runs from top to bottom, and says what the app says."""

import json
import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from fmnist.datasets import DATASETS
from fmnist.models import ModelStore

_ROOT = Path(__file__).parents[2]
_NOTEBOOK = _ROOT / "notebooks" / "fashion_mnist.ipynb"
# Asked at the end, of what it has computed.
_ASKED = """
import json
print(json.dumps({
    "shapes": [train_images.shape, len(train_labels), test_images.shape, len(test_labels)],
    "class_names": class_names,
    "untrained": untrained_accuracy,
    "dense": dense_accuracy,
    "cnn": cnn_accuracy,
    "sums": [float(probabilities.sum(axis=1).min()), float(probabilities.sum(axis=1).max())],
    "first": int(probabilities[0].argmax()),
    "difference": difference,
    "shipped": shipped,
}))
"""


def test_the_committed_notebook_has_no_path_of_a_machine() -> None:
    text = _NOTEBOOK.read_text(encoding="utf-8")
    assert not any(path in text for path in ("/home/", "/root/", "/tmp/", "/usr/"))


@pytest.mark.figures
def test_it_runs_and_its_figures_are_the_app_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = DATASETS["fashion-mnist"].status()
    if not all(split.verified and split.path for split in status):
        pytest.skip("needs the real Fashion-MNIST, which is not here")
    # Where Keras keeps what it has downloaded.
    folder = tmp_path / "keras" / "datasets" / "fashion-mnist"
    folder.mkdir(parents=True)
    for split in status:
        assert split.path
        for file in split.path.parent.glob("*.gz"):
            (folder / file.name).unlink(missing_ok=True)
            (folder / file.name).symlink_to(file)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])
    )

    notebook = nbformat.read(_NOTEBOOK, nbformat.NO_CONVERT)
    notebook.cells.append(nbformat.v4.new_code_cell(_ASKED))
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=900, resources=resources).execute()
    found = json.loads(notebook.cells[-1].outputs[0].text)

    assert found["shapes"] == [[60_000, 28, 28], 60_000, [10_000, 28, 28], 10_000]
    assert tuple(found["class_names"]) == DATASETS["fashion-mnist"].class_names
    assert found["untrained"] < 0.3, "compile trains nothing"
    assert found["dense"] > 0.85
    assert found["cnn"] > found["dense"], "what the lesson says of convolution"
    assert found["sums"] == pytest.approx([1, 1], abs=1e-3)
    assert found["first"] == 9
    assert found["difference"] == 0
    store = ModelStore(_ROOT / "models")
    for name, accuracy in found["shipped"].items():
        assert accuracy == pytest.approx(store.card(name).metrics["test_accuracy"], abs=2e-4)
