"""A browser, the app served with models and runs of its own, and a page that is watched."""

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.browser.chromium import launched
from tests.browser.server import ROOT, Served, serving
from tests.finished_run import make_finished_run

# Two busy cores are slow; an assertion that holds returns at once.
expect.set_options(timeout=20_000)

# What trains and what measures, in processes of their own.
_HEAVY = ("tensorflow", "sklearn", "scipy")

NewPage = Callable[..., Page]
Contexts = defaultdict[str, list[BrowserContext]]


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
        loaded = {mapped.path for mapped in psutil.Process(app.process.pid).memory_maps()}
        assert any("numpy" in path for path in loaded)
        heavy = [path for path in loaded if any(f"/{name}" in path for name in _HEAVY)]
        assert not heavy, "whatever people do, the server never loads these"


@pytest.fixture(scope="session")
def runs(served: Served) -> Path:
    """The folder of the app's runs."""
    return served.log.parent / "runs"


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Contexts:
    """What tests have done with, by options: empty of all but Streamlit's own scripts.

    Most of a first visit is to fetch and compile them.
    """
    return defaultdict(list)


@pytest.fixture
def new_page(browser: Browser, served: Served, contexts: Contexts) -> Iterator[NewPage]:
    """``new_page(**options)`` opens an empty tab of a new visitor, and watches its console."""
    used: list[tuple[str, BrowserContext]] = []
    errors: list[str] = []

    def watch(message: ConsoleMessage) -> None:
        if message.type == "error" and _is_ours(message, served.url):
            errors.append(f"{message.text} ({message.location})")

    def new_page(**options: object) -> Page:
        options = {"viewport": {"width": 1440, "height": 1000}} | options
        idle = contexts[key := repr(sorted(options.items()))]
        context = (
            idle.pop() if idle else browser.new_context(base_url=served.url, **options)  # type: ignore[arg-type]
        )
        used.append((key, context))
        page = context.new_page()
        page.on("console", watch)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield new_page
    for key, context in used:
        _forget(context, served.url)
        contexts[key].append(context)
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


def _forget(context: BrowserContext, url: str) -> None:
    """Close the tabs, and take from a browser what it would be known by at its next visit."""
    cookies_and_more = {"origin": url, "storageTypes": "all"}
    context.new_cdp_session(context.pages[0]).send("Storage.clearDataForOrigin", cookies_and_more)
    context.clear_cookies()
    for page in context.pages:
        page.close()


def _is_ours(message: ConsoleMessage, url: str) -> bool:
    """Tell errors of the app from those of Streamlit's probes and of the internet being away."""
    where = message.location.get("url", "")
    probe = where.endswith(("/_stcore/health", "/_stcore/host-config"))
    return where.startswith(url) and not probe
