import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fmnist import architectures
from fmnist.architectures import ARCHITECTURES, efficientnet_lite
from fmnist.inference.classifier import Classifier
from fmnist.models import Card, ModelError, ModelStore, default_store, store
from fmnist.models.file import declared_shapes
from fmnist.storage import sha256
from tests.models.test_card import CARD
from tests.small_dataset import make_split

NAME = "dense"


@pytest.fixture
def models(models_folder: Path) -> ModelStore:
    """A store to spoil, with one model that can be used."""
    return ModelStore(models_folder)


def problem(models: ModelStore) -> str:
    (entry,) = (entry for entry in models.entries() if entry.name == NAME)
    return entry.problem


def seal(folder: Path) -> None:
    """Bind the card to the files as they are, as if they had been saved like this."""
    sums = {name: sha256(folder / name) for name in (store.MODEL, store.TWIN)}
    replace(Card.read(folder / store.CARD), sha256=sums).write(folder / store.CARD)


def edit(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the configuration inside a .keras file."""
    path = folder / store.MODEL
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    config = json.loads(parts["config.json"])
    change(config)
    parts["config.json"] = json.dumps(config).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    seal(folder)


def test_a_good_model_is_listed_without_a_problem(models: ModelStore) -> None:
    assert NAME in models.names()
    assert problem(models) == ""
    assert models.card(NAME).architecture == NAME
    assert declared_shapes(models.root / NAME / store.MODEL) == ([28, 28], 10)


def test_an_empty_store_has_nothing(tmp_path: Path) -> None:
    empty = ModelStore(tmp_path / "models")
    assert (empty.names(), empty.entries(), empty.version()) == ([], [], ())


def test_the_environment_says_where_models_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FMNIST_MODELS_DIR", str(tmp_path))
    assert default_store().root == tmp_path
    monkeypatch.delenv("FMNIST_MODELS_DIR")
    assert default_store().root == Path(__file__).parents[2] / "models"


def test_other_folders_are_no_models(models: ModelStore) -> None:
    before = models.names()
    for name in (".dense-abc", "Dense", "a.b", "x" * 41):
        (models.root / name).mkdir()
    assert models.names() == before


def test_a_damaged_file_is_listed_with_the_reason(models: ModelStore) -> None:
    path = models.root / NAME / store.MODEL
    path.write_bytes(path.read_bytes()[:-100])
    assert "damaged" in problem(models)
    with pytest.raises(ModelError, match=f"The model {NAME} cannot be used: .* is damaged"):
        models.card(NAME)
    with pytest.raises(ModelError):
        models.twin(NAME)


def test_a_missing_file_is_listed_with_the_reason(models: ModelStore) -> None:
    path = models.root / NAME / store.MODEL
    path.rename(path.with_suffix(".h5"))
    assert "only .keras files can be used" in problem(models)


def test_a_missing_card_is_listed_with_the_reason(models: ModelStore) -> None:
    (models.root / NAME / store.CARD).unlink()
    assert "card.json is missing" in problem(models)


def test_another_data_set_is_listed_with_the_reason(models: ModelStore) -> None:
    path = models.root / NAME / store.CARD
    replace(Card.read(path), dataset="cifar-10").write(path)
    assert "trained on 'cifar-10'" in problem(models)


def test_another_file_in_its_place_is_listed_with_the_reason(models: ModelStore) -> None:
    (models.root / NAME / store.MODEL).write_bytes(b"not an archive")
    seal(models.root / NAME)
    assert "is not a Keras model" in problem(models)


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"config": {"layers": [1]}},
        {"config": {"layers": []}},
        {"config": {"layers": [{"config": {"batch_shape": [None, "28", {}]}}]}},
        {"config": {"layers": [{"config": {"batch_shape": [None, 28, 28], "units": [1]}}]}},
        {"config": {"layers": [{"config": {"batch_shape": 7}}]}},
    ],
)
def test_a_model_of_another_form_is_listed_with_the_reason(
    models: ModelStore, config: dict[str, Any]
) -> None:
    def change(old: dict[str, Any]) -> None:
        old.clear()
        old.update(config)

    edit(models.root / NAME, change)
    assert "is not a Keras model" in problem(models)


def test_a_description_that_would_unpack_to_gigabytes_is_not_unpacked(models: ModelStore) -> None:
    path = models.root / NAME / store.MODEL
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", b"[" * 20_000_000)
    seal(models.root / NAME)
    assert "too large" in problem(models)


def test_a_description_that_is_garbled_is_listed_with_the_reason(models: ModelStore) -> None:
    path = models.root / NAME / store.MODEL
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", json.dumps({"config": list(range(2_000))}))
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("config.json").header_offset + 30 + len("config.json")
    data = bytearray(path.read_bytes())
    data[start : start + 200] = b"\xff" * 200
    path.write_bytes(data)
    seal(models.root / NAME)
    assert "is not a Keras model" in problem(models)


def test_a_part_with_a_name_that_is_none_is_listed_with_the_reason(models: ModelStore) -> None:
    names: tuple[object, ...] = (7, "system")
    parts = [{"class_name": name, "module": "os", "config": {}} for name in names]
    edit(models.root / NAME, lambda config: config["config"]["layers"].extend(parts))
    assert "has parts that are code of their own, which is not run: 7, system" in problem(models)


def test_a_changed_file_is_noticed_even_if_its_time_is_older(models: ModelStore) -> None:
    path, before = models.root / NAME / store.CARD, models.version()
    assert models.version() == before
    path.write_text(path.read_text() + " ")
    os.utime(path, ns=(0, 0))
    assert models.version() != before


def test_another_shape_is_listed_with_the_reason(models: ModelStore) -> None:
    def change(config: dict[str, Any]) -> None:
        config["config"]["layers"][0]["config"]["batch_shape"] = [None, 32, 32, 3]

    edit(models.root / NAME, change)
    assert "goes from [32, 32, 3] to 10" in problem(models)


def test_another_number_of_classes_is_listed_with_the_reason(models: ModelStore) -> None:
    def change(config: dict[str, Any]) -> None:
        config["config"]["layers"][-1]["config"]["units"] = 100

    edit(models.root / NAME, change)
    assert "goes from [28, 28] to 100" in problem(models)


@pytest.mark.parametrize(
    "part",
    [
        {"module": "keras.layers", "class_name": "Lambda", "config": {"name": "lambda"}},
        {"module": "os", "class_name": "system", "config": {}},
    ],
)
def test_a_model_with_code_is_listed_with_the_reason(
    models: ModelStore, part: dict[str, Any]
) -> None:
    edit(models.root / NAME, lambda config: config["config"]["layers"].insert(1, part))
    assert f"not run: {part['class_name']}" in problem(models)


def test_names_that_are_taken_get_a_number(models: ModelStore) -> None:
    assert models.free_name("new") == "new"
    assert models.free_name(NAME) == f"{NAME}-2"
    shutil.copytree(models.root / NAME, models.root / f"{NAME}-2")
    assert models.free_name(NAME) == f"{NAME}-3"


def test_a_model_is_taken_in_from_elsewhere(models: ModelStore, tmp_path: Path) -> None:
    other, version = ModelStore(tmp_path / "other"), models.version()
    assert other.adopt(models.root / NAME, "mine") == models.card(NAME)
    assert [(entry.name, entry.problem) for entry in other.entries()] == [("mine", "")]
    assert other.history("mine") == models.history(NAME) != []
    assert models.version() == version
    before = other.version()
    other.adopt(models.root / NAME, "mine")
    assert other.version() == before, "the same files, in the place of the old ones"
    assert [path.name for path in other.root.iterdir()] == ["mine"]


@pytest.mark.parametrize("name", ["", "../evil", "Mine", "a b", ".hidden", "x" * 41])
def test_a_bad_name_is_a_sentence(models: ModelStore, name: str) -> None:
    with pytest.raises(ModelError, match="lower-case letters"):
        models.adopt(models.root / NAME, name)


def test_a_bad_model_is_not_taken_in(models: ModelStore, tmp_path: Path) -> None:
    (models.root / NAME / store.MODEL).write_bytes(b"")
    other = ModelStore(tmp_path / "other")
    with pytest.raises(ModelError, match="damaged"):
        other.adopt(models.root / NAME, "mine")
    assert other.names() == []


def test_a_twin_that_is_missing_is_made_again(
    models: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KERAS_BACKEND", "jax")  # whatever trains, TensorFlow makes the twin
    path = models.root / NAME / store.TWIN
    images = make_split(20, seed=5)[0]
    before = Classifier(path, 10).predict_proba(images)
    path.unlink()
    assert models.twin(NAME) == path
    np.testing.assert_allclose(Classifier(path, 10).predict_proba(images), before, atol=1e-6)
    assert models.card(NAME).sha256[store.TWIN] == sha256(path)


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"nothing")])
def test_a_twin_that_cannot_be_made_is_a_sentence(
    models: ModelStore, damage: Callable[[Path], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(models.root / NAME / store.TWIN)
    failed = subprocess.CompletedProcess([], 1, "", "first line\nno room on the disk\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(ModelError, match="could not be made: no room on the disk"):
        models.twin(NAME)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_every_architecture_is_saved_and_its_twin_answers_the_same(
    architecture: str, tmp_path: Path
) -> None:
    models = ModelStore(tmp_path)
    model = architectures.build(architecture)
    shape = ARCHITECTURES[architecture].shape
    history = [{"epoch": 1.0, "loss": 0.5}]
    card = models.save("new", model, replace(CARD, architecture=architecture, shape=shape), history)
    assert models.card("new") == card
    assert models.history("new") == history
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "card.json",
        "history.csv",
        "model.keras",
        "model.tflite",
    ]
    n = 20 if len(shape) == 2 else 3  # more than go into a batch, if they are small
    images = np.random.default_rng(6).integers(0, 256, (n, *shape), dtype=np.uint8)
    answers = Classifier(models.twin("new"), 10).predict_proba(images)
    assert answers.shape == (n, 10)
    for again in (model, models.load_keras("new")):
        expected = again(images.astype(np.float32), training=False)
        np.testing.assert_allclose(answers, expected, atol=1e-5)


def test_a_model_with_class_activation_is_kept_in_half_precision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(efficientnet_lite, "_STAGES", efficientnet_lite._STAGES[:1])
    shape = ARCHITECTURES["photo"].shape
    trained = efficientnet_lite.photo((None, None, 3), 11)
    model = efficientnet_lite.with_activation(trained, shape)
    models = ModelStore(tmp_path)
    models.save("new", model, replace(CARD, architecture="photo", shape=shape))
    assert models.entry("new").problem == ""
    assert declared_shapes(tmp_path / "new" / store.MODEL) == ([192, 192, 3], 11)
    assert models.twin("new").stat().st_size < 2 * model.count_params() + 20_000
    images = np.random.default_rng(6).integers(0, 256, (3, *shape), dtype=np.uint8)
    answers = Classifier(models.twin("new"), 10).outputs(images)
    np.testing.assert_allclose(answers, trained(images.astype(np.float32)), atol=1e-3)
    again = models.load_keras("new")(images.astype(np.float32))
    np.testing.assert_allclose(again["probabilities"], answers, atol=1e-3)


def test_saving_is_all_or_nothing(models: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise OSError("No space left on device")

    before = models.version()
    monkeypatch.setattr(store, "export_twin", fail)
    with pytest.raises(OSError, match="No space"):
        models.save(NAME, architectures.build(NAME), CARD)
    assert models.version() == before
    assert problem(models) == ""
    assert not list(models.root.glob(".*"))


def test_another_backend_leaves_the_twin_to_tensorflow(
    models: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "exports_twins", lambda: False)
    card = models.save("new", architectures.build(NAME), CARD)
    assert list(card.sha256) == [store.MODEL]
    assert not (models.root / "new" / store.TWIN).exists()
    assert models.entry("new").problem == ""


def test_models_that_are_shipped_are_there_and_never_written_to(
    models: ModelStore, tmp_path: Path
) -> None:
    own = ModelStore(tmp_path / "own", shipped=models.root)
    before = models.version()
    assert own.names() == models.names()
    assert own.card(NAME) == models.card(NAME)
    assert own.twin(NAME) == models.twin(NAME)
    own.note(NAME, {"ece": 0.5})
    assert own.card(NAME).metrics["ece"] == 0.5
    assert own.names() == models.names()
    assert [path.name for path in own.root.iterdir()] == [NAME]
    assert models.version() == before
