"""What tests share: the data that is here, models that answer, and folders of their own.

The data is the real Fashion-MNIST where the machine has it, otherwise a small data set that is
drawn on the spot; the header of the test run says which.
"""

import gzip
import json
import shutil
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock

from fmnist.datasets import DATASETS
from fmnist.models import ModelStore
from fmnist.storage import Stamp, stamp
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run
from fmnist.training.synthetic import icons
from tests.small_dataset import make_idx_dataset
from tests.small_icons import make_icon_sets

_SHIPPED = Path(__file__).parents[1] / "models"
_TRAINING_SECONDS = 180
_LARGE = 1_500_000  # bytes: of a model's files, those that are not copied for each test


@cache
def _real_data() -> Path | None:
    """The folder to name in ``FMNIST_DATA_DIR`` for all 70,000 real images; None without them."""
    splits = DATASETS["fashion-mnist"].status()
    folders = {split.path.parent for split in splits if split.path and split.verified}
    whole = all(split.verified for split in splits) and len(folders) == 1
    return folders.pop().parent if whole else None


@cache
def _shipped_models() -> tuple[str, ...]:
    return tuple(e.name for e in ModelStore(_SHIPPED).entries() if not e.problem)


def pytest_report_header() -> list[str]:
    real, shipped = _real_data(), _shipped_models()
    return [
        f"data: the real Fashion-MNIST, from {real}"
        if real
        else "data: the real Fashion-MNIST is not here; a SMALL DATA SET OF OUR OWN stands in",
        f"models: {', '.join(shipped)}, as shipped"
        if shipped
        else "models: none is shipped; a dense network is trained for the tests",
    ]


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that the processes of a parallel test run have in common."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def data_folder(shared_folder: Path) -> Path:
    """What to name in ``FMNIST_DATA_DIR``: the real data, or the small data set.

    The real files are unpacked, for hundreds of tests read them.
    """
    folder = shared_folder / "data"
    with FileLock(shared_folder / "data.lock"):
        if not folder.exists():
            if real := _real_data():
                _unpack(real / "fashion-mnist", folder / "fashion-mnist")
            else:
                make_idx_dataset(folder)
    return folder


def _unpack(packed: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    for path in packed.iterdir():
        if path.suffix == ".gz":
            (folder / path.stem).write_bytes(gzip.decompress(path.read_bytes()))
        elif path.is_file():
            shutil.copy2(path, folder)


@pytest.fixture(scope="session")
def trained_models(shared_folder: Path, data_folder: Path) -> Path:
    """A store with the shipped models, or with a dense network trained once for all tests.

    Do not write to it; ``models_folder`` is a copy.
    """
    folder = shared_folder / "trained-models"
    with FileLock(shared_folder / "trained-models.lock"):
        if not folder.exists():
            for name in _shipped_models():
                shutil.copytree(_SHIPPED / name, folder / name)
            if not _shipped_models():
                _train(shared_folder / "trained-runs", data_folder, ModelStore(folder))
    return folder


def _train(runs: Path, data: Path, store: ModelStore) -> None:
    run = Run.create(Configuration("dense", epochs=3, batch_size=32, limit=10_000), runs)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FMNIST_DATA_DIR", str(data))
        run.start()
    deadline = time.monotonic() + _TRAINING_SECONDS
    while not run.status().state.over:
        assert time.monotonic() < deadline, run.log()
        time.sleep(0.2)
    assert run.model.is_dir(), run.log()
    store.adopt(run.model, "dense")


@pytest.fixture
def models_folder(
    trained_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """The test's own copy of the models, which the app uses.

    Large files are links, which a test may remove or replace, and may not write into.
    """
    folder = tmp_path / "models"
    linked: dict[Path, Stamp | None] = {}

    def copy(source: str, target: str) -> None:
        if Path(source).stat().st_size < _LARGE:
            shutil.copy2(source, target)
        else:
            linked[Path(source)] = stamp(Path(source))
            Path(target).symlink_to(source)

    shutil.copytree(trained_models, folder, copy_function=copy)
    monkeypatch.setenv("FMNIST_MODELS_DIR", str(folder))
    yield folder
    for source, before in linked.items():
        assert stamp(source) == before, f"{source} is every test's: unlink it before writing"


@pytest.fixture
def runs_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's own folder of runs, empty, which the app uses."""
    monkeypatch.setenv("FMNIST_RUNS_DIR", str(tmp_path / "runs"))
    return tmp_path / "runs"


@pytest.fixture
def my_images_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's own folder for labelled images, not yet there, which the app uses."""
    monkeypatch.setenv("FMNIST_MY_IMAGES_DIR", str(tmp_path / "my-images"))
    return tmp_path / "my-images"


@pytest.fixture
def data(data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data set, for the app; nothing is ever kept in the cache of whoever runs the tests."""
    monkeypatch.setenv("FMNIST_DATA_DIR", str(data_folder))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    return data_folder


@pytest.fixture
def digits_model(models_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a model of digits in the test's store, with a small data set in MNIST's place.

    Its weights are those of ``dense``, so its answers mean nothing; they are answers all the same.
    """
    shutil.copytree(models_folder / "dense", models_folder / "digits")
    path = models_folder / "digits" / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(card | {"dataset": "mnist"}), encoding="utf-8")
    folder = make_idx_dataset(tmp_path / "digits-data", n_train=10, n_test=70, name="mnist")
    monkeypatch.setenv("FMNIST_DATA_DIR", str(folder))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    return "digits"


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The test's own folder for what can be fetched: empty, and with nowhere to fetch from."""
    monkeypatch.setenv("FMNIST_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(icons, "REGISTRY", "http://127.0.0.1:9")  # where nobody answers
    icons.load_icons.cache_clear()
    yield tmp_path / "cache"
    icons.load_icons.cache_clear()


@pytest.fixture
def small_icons(cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few icons of our own in the place of those that npm has."""
    monkeypatch.setattr(icons, "ICON_SETS", make_icon_sets(cache_folder / "icons"))
