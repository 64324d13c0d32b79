"""Every path and every environment variable: where things lie on this machine."""

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).resolve().parent

# A checkout has the app beside the package; a wheel carries it, with what it needs, inside.
_INSTALLED = (PACKAGE / "share").is_dir()
ROOT = PACKAGE / "share" if _INSTALLED else PACKAGE.parent

APP = ROOT / "app.py"
PAGES, UI = PACKAGE / "pages", PACKAGE / "ui"
RECIPES = ROOT / "recipes"
EXAMPLES = ROOT / "examples"
NOTEBOOK = ROOT / "notebooks" / "fashion_mnist.ipynb"
EXPLORATION = ROOT / "exploration"
CLASSIC_BENCHMARK = ROOT / "benchmarks" / "classic.json"
DEBIAN_DATASETS = Path("/usr/share/datasets")

# The variables that say where things are; and what Keras runs on.
_PLACE = re.compile(r"(FMNIST|KERAS)_\w*(DIR|HOME|URL|BACKEND)")
_PATH = ("DIR", "HOME")


def models_folder() -> Path:
    """The folder of ``FMNIST_MODELS_DIR``, by default ``models``."""
    return _named("FMNIST_MODELS_DIR") or _own("models")


def shipped_models() -> Path | None:
    """The models inside an installed package; None where ``models_folder`` has them itself."""
    return ROOT / "models" if _INSTALLED and not _named("FMNIST_MODELS_DIR") else None


def runs_folder() -> Path:
    """The folder of ``FMNIST_RUNS_DIR``, by default ``runs``."""
    return _named("FMNIST_RUNS_DIR") or _own("runs")


def my_images_folder(visitor: str | None = None) -> Path:
    """The folder of ``FMNIST_MY_IMAGES_DIR``, by default ``my-images``; a visitor's is in there."""
    folder = _named("FMNIST_MY_IMAGES_DIR") or _own("my-images")
    return folder / "visitors" / visitor if visitor else folder


def issues_file(dataset: str) -> Path:
    """The file of what is doubtful in a data set, made by ``python -m fmnist issues``."""
    return EXPLORATION / f"{dataset}-issues.npz"


def cache_folder() -> Path:
    """The folder of ``FMNIST_CACHE_DIR``, for what can be fetched again: this system's for that."""
    return _named("FMNIST_CACHE_DIR") or platformdirs.user_cache_path("fmnist")


def data_folder() -> Path | None:
    """The folder of ``FMNIST_DATA_DIR``, which has a folder for each data set; None if not set."""
    return _named("FMNIST_DATA_DIR")


def download_mirror() -> str | None:
    """The address of ``FMNIST_DOWNLOAD_URL``, which stands in for Keras's own; None if not set."""
    return os.environ.get("FMNIST_DOWNLOAD_URL") or None


def is_public() -> bool:
    """Whether ``FMNIST_PUBLIC=1``: all the world comes here, shares nothing and gets less."""
    return os.environ.get("FMNIST_PUBLIC", "0") not in ("", "0")


def has_visitors() -> bool:
    """Whether each person who comes here has their own: ``FMNIST_CLASS=1``.

    In public nothing is kept, but for the runs of those who know the password.
    """
    is_class = os.environ.get("FMNIST_CLASS", "0") not in ("", "0")
    return is_class or (is_public() and train_password() is not None)


def train_password() -> str | None:
    """The password of ``FMNIST_TRAIN_PASSWORD``, which Train asks for; None if not set."""
    return os.environ.get("FMNIST_TRAIN_PASSWORD") or None


def keras_folders() -> list[Path]:
    """The folders in which Keras may have put data sets; the first is the one to write to.

    That is ``datasets`` in ``KERAS_HOME``, by default ``~/.keras``, or in the folder for temporary
    files if that cannot be written, as ``keras.utils.get_file`` has it.
    """
    home = _named("KERAS_HOME") or Path("~/.keras").expanduser()
    nearest = next(folder for folder in (home, *home.absolute().parents) if folder.exists())
    if os.access(nearest, os.W_OK):
        return [home / "datasets"]
    return [Path(tempfile.gettempdir()) / ".keras" / "datasets", home / "datasets"]


def places() -> dict[str, str]:
    """The variables of ours that say where things are, with paths that hold in any folder."""
    return {
        name: str(Path(value).expanduser().absolute()) if name.endswith(_PATH) else value
        for name, value in os.environ.items()
        if value and _PLACE.fullmatch(name)
    }


def subprocess_environment(
    places: Mapping[str, str] | None = None, **values: str
) -> dict[str, str]:
    """The environment of a process of ours, which finds this package wherever it is started.

    Args:
        places: what stands in the place of our own ``places``; other names are passed over.
        values: further variables.
    """
    path = os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH")]))
    environment = dict(os.environ)
    if places is not None:
        environment = {k: v for k, v in environment.items() if not _PLACE.fullmatch(k)}
        environment |= {k: v for k, v in places.items() if _PLACE.fullmatch(k)}
    return {**environment, **values, "PYTHONPATH": path}


def own_variables() -> dict[str, str]:
    """The environment variables that decide what a process of ours does, on any machine."""
    return {k: v for k, v in os.environ.items() if k.startswith(("FMNIST_", "KERAS_"))}


def one_thread_a_product() -> None:
    """Let numpy compute each matrix product on one thread, if numpy is not imported yet.

    Those of the web process are small, and it serves many people: on a busy machine threads that
    wait for each other took twenty times as long (100 images through 40 epochs: 12 s for 0.5).
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _named(variable: str) -> Path | None:
    value = os.environ.get(variable)
    return Path(value).expanduser() if value else None


def _own(name: str) -> Path:
    """Where what people make is kept: in the checkout, or where this system keeps such data."""
    return (platformdirs.user_data_path("fmnist") if _INSTALLED else ROOT) / name
