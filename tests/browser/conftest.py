"""A browser, the app served with models and runs of its own, and a page that is watched."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.browser.chromium import launched
from tests.browser.server import ROOT, Served, serving
from tests.finished_run import make_finished_run

# Two busy cores are slow; an assertion that holds returns at once.
expect.set_options(timeout=20_000)

NewPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as chromium:
        if chromium is None and os.environ.get("FMNIST_REQUIRE_BROWSER") == "1":
            pytest.fail("There is no Chromium, and FMNIST_REQUIRE_BROWSER asks for one.")
        if chromium is None:
            pytest.skip("There is no Chromium here: apt-get install chromium")
        yield chromium


def places(folder: Path, data_folder: Path) -> dict[str, str]:
    """Return the variables that say where an app finds and keeps things: all in one folder."""
    return {
        "FMNIST_DATA_DIR": str(data_folder),
        "FMNIST_MODELS_DIR": str(folder / "models"),
        "FMNIST_RUNS_DIR": str(folder / "runs"),
        "FMNIST_MY_IMAGES_DIR": str(folder / "my-images"),
        "FMNIST_CACHE_DIR": str(folder / "cache"),
        "KERAS_HOME": str(folder / "keras"),
    }


@pytest.fixture(scope="session")
def served(
    data_folder: Path, trained_models: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The app with the data set, a copy of the models, and one run that is over."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(trained_models, folder / "models")
    make_finished_run(folder / "runs", trained_models / "dense")
    with serving(folder / "log.txt", places(folder, data_folder)) as app:
        app.wait()
        yield app


@pytest.fixture(scope="session")
def runs(served: Served) -> Path:
    """The folder of the app's runs."""
    return served.log.parent / "runs"


@pytest.fixture
def new_page(browser: Browser, served: Served) -> Iterator[NewPage]:
    """``new_page(**options)`` opens an empty tab of a new visitor, and watches its console."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def watch(message: ConsoleMessage) -> None:
        if message.type == "error" and _is_ours(message, served.url):
            errors.append(f"{message.text} ({message.location})")

    def new_page(**options: object) -> Page:
        options = {"viewport": {"width": 1440, "height": 1000}} | options
        context = browser.new_context(base_url=served.url, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", watch)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield new_page
    for context in contexts:
        context.close()
    assert not errors, "\n".join(errors)
    assert "Traceback" not in served.log.read_text()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    folder = ROOT / "artifacts" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _is_ours(message: ConsoleMessage, url: str) -> bool:
    """Tell errors of the app from those of Streamlit's probes and of the internet being away."""
    where = message.location.get("url", "")
    probe = where.endswith(("/_stcore/health", "/_stcore/host-config"))
    return where.startswith(url) and not probe
