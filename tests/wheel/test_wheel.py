"""The package as people install it: built, put into an empty environment, used from elsewhere.

The environment gets what the wheel declares, and what that needs in turn, by links to what is
installed here. Pip would fetch and unpack a gigabyte, as it does for ``make run``.
"""

import csv
import json
import os
import subprocess
import sys
import venv
from collections.abc import Callable
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from fmnist.datasets import DATASETS
from fmnist.settings import ROOT
from tests.browser.server import serving
from tests.wheel.declared import link, needed

pytestmark = pytest.mark.wheel

Run = Callable[..., str]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of an environment with nothing but our wheel and what it needs."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", folder, ROOT], check=True)
    (wheel,) = folder.glob("fmnist-*.whl")
    venv.create(folder / "env")
    binaries = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    python = binaries / "python"
    subprocess.run([*pip, "--python", python, "install", "--no-deps", wheel], check=True)
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    done = subprocess.run([python, "-c", code], stdout=subprocess.PIPE, text=True, check=True)
    site = Path(done.stdout.strip())
    link(needed(declared(site)), site)
    return binaries


def declared(site: Path) -> list[str]:
    """What the package says that it needs, where it is installed; not what its extras need."""
    (ours,) = distributions(name="fmnist", path=[str(site)])
    wanted = [(text, Requirement(text).marker) for text in ours.requires or []]
    return [text for text, marker in wanted if not marker or marker.evaluate({"extra": ""})]


def test_it_declares_what_is_required_to_run_it_and_no_more_is_there(installed: Path) -> None:
    (site,) = installed.parent.glob("lib/python*/site-packages")
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    assert set(map(Requirement, declared(site))) == set(map(Requirement, lines))
    code = "from importlib.util import find_spec as find; print(*map(find, ['keras', 'pytest']))"
    done = subprocess.run([installed / "python", "-c", code], stdout=subprocess.PIPE, check=True)
    assert done.stdout.startswith(b"ModuleSpec") and done.stdout.endswith(b" None\n")


@pytest.fixture(scope="module")
def run(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environment |= {"XDG_DATA_HOME": str(elsewhere / "data")}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [installed / "fmnist", *arguments],
            cwd=elsewhere,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_it_classifies_an_example_by_both_models(run: Run) -> None:
    table = run("classify", str(ROOT / "examples" / "clothes" / "trouser.jpg"))
    (row,) = csv.DictReader(table.splitlines())
    assert (row["label"], row["verdict"], row["error"]) == ("Trouser", "confident", "")
    assert {"everyday", "photo"} <= {line.split()[0] for line in run("models").splitlines()[1:]}


def test_it_evaluates_a_model(run: Run) -> None:
    if not DATASETS["fashion-mnist"].status()[1].verified:
        pytest.skip("needs the real test images, which are not here")
    assert json.loads(run("evaluate", "dense", "--json"))["accuracy"] > 0.88


def test_it_opens_the_app(installed: Path, tmp_path: Path) -> None:
    environment = {"XDG_DATA_HOME": str(tmp_path / "data")}
    with serving(tmp_path / "log.txt", environment, [str(installed / "fmnist"), "app"]) as app:
        app.wait()
    assert "Traceback" not in app.log.read_text()


def test_every_page_runs_where_it_is_installed(installed: Path, tmp_path: Path) -> None:
    code = """
from streamlit.testing.v1 import AppTest
from fmnist import settings
assert "site-packages" in str(settings.APP), settings.APP
app = AppTest.from_file(str(settings.APP), default_timeout=60).run()
for page in sorted(settings.PAGES.glob("[!_]*.py")):
    app.switch_page(str(page)).run()
    assert not app.exception, (page, app.exception)
"""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [installed / "python", "-c", code],
        cwd=tmp_path,
        env=environment | {"XDG_DATA_HOME": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
