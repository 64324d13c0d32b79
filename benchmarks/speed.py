"""How fast the app answers and how much memory it takes, with a real browser in front of it."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, expect

from benchmarks.figure import Figure, NotMeasuredError
from tests.browser.chromium import launched
from tests.browser.server import Served, serving
from tests.browser.steps import ANSWER, headline, settle, thumbnails, use_every_page, visit

_STARTS, _CLICKS = 3, 30


# What a page shows when it stands.
_SHOWS = {
    "Images": ".gallery button",
    "Photo": ".gallery button",
    "Learn": ".st-key-cards img",
    "Data": ".figures img",
    "Inside": ".sum .result",
    "Train": "[data-testid=stBaseButton-primary]",
    "Models": ".marks",
    "Draw": "canvas.upper-canvas",
}


def measure() -> list[Figure]:
    """Serve the app with the shipped models and use it.

    Raises:
        NotMeasuredError: if there is no Chromium.
    """
    with launched() as browser, tempfile.TemporaryDirectory() as folder:
        if browser is None:
            raise NotMeasuredError("there is no Chromium: apt-get install chromium")
        log = Path(folder, "log.txt")
        starts = [_first_answer(browser, log) for _ in range(_STARTS)]
        with serving(log, {}) as served:
            served.wait()
            page = browser.new_page(base_url=served.url, viewport={"width": 1440, "height": 1000})
            visit(page, "/")
            clicks = [_cost(served, page, _click(page, place)) for place in range(_CLICKS)]
            pages = [_cost(served, page, _turn(page)) for _ in range(_CLICKS)]
            memory = _memory_after_every_page(served, page)
        with serving(log, {}) as served:
            served.wait()
            page = browser.new_page(base_url=served.url, viewport={"width": 1440, "height": 1000})
            # Before any page that reads the training images, which Why needs, too.
            whys = _whys(page)
        with serving(log, {}) as served:
            served.wait()
            page = browser.new_page(base_url=served.url, viewport={"width": 1440, "height": 1000})
            views = [*_views(page), *whys]
            _whys(page)
            memory_of_all = psutil.Process(served.process.pid).memory_info().rss / 1e6
    return [
        _figure("`streamlit run app.py` to the first answer in the browser", starts, "s", 4),
        _figure("web process after browsing, drawing and a photo", [memory], "MB", 330),
        # The first few load code that later ones find loaded.
        _figure("web process after every page, Why and a comparison", [memory_of_all], "MB", 350),
        *(_figure(what, [seconds], "s", target) for what, seconds, target in views),
        _figure("a click in Images, processor time of the server", clicks[5:], "ms", 60),
        _figure("a gallery page of 60, processor time of the server", pages[5:], "ms", 150),
    ]


def _first_answer(browser: Browser, log: Path) -> float:
    """Seconds from the start of the server's process to an answer on the screen."""
    page = browser.new_page()
    with serving(log, {}) as served:
        served.wait()
        page.goto(served.url)
        expect(headline(page)).to_have_text(ANSWER, timeout=60_000)
        seconds = time.perf_counter() - served.started
    page.close()
    return seconds


def _cost(served: Served, page: Page, act: Callable[[], None]) -> float:
    """Milliseconds of processor time that the server spends on what a person does."""
    process = psutil.Process(served.process.pid)
    time.sleep(0.3)  # what came before is over, its garbage collection too
    before = process.cpu_times()
    act()
    settle(page)
    time.sleep(0.3)
    after = process.cpu_times()
    return 1000 * (after.user + after.system - before.user - before.system)


def _click(page: Page, place: int) -> Callable[[], None]:
    def act() -> None:
        thumbnail = thumbnails(page).nth(place + 1)
        index = thumbnail.get_attribute("data-index")
        thumbnail.click()
        expect(page.get_by_label("Image number")).to_have_value(str(index))

    return act


def _turn(page: Page) -> Callable[[], None]:
    def act() -> None:
        first = thumbnails(page).first.get_attribute("data-index")
        page.get_by_role("button", name="Next page").click()
        expect(thumbnails(page).first).not_to_have_attribute("data-index", str(first))

    return act


def _views(page: Page) -> list[tuple[str, float, float]]:
    """Wall seconds, with their target, of both views of each page, and of comparing."""
    visit(page, "/draw")
    measured = []
    for first_or_second, target in (("first", 1.5), ("second", 0.5)):
        for title, shows in _SHOWS.items():
            link = page.get_by_test_id("stSidebarNav").get_by_role("link", name=title)
            seconds = _seconds(link.click, page, shows)
            measured.append((f"{first_or_second} view of {title}", seconds, target))
    visit(page, "/models")
    two = page.get_by_role("radio", name="Two models")
    seconds = _seconds(two.click, page, "text=McNemar")
    measured.append(("first comparison of two models", seconds, 1.0))
    return measured


def _whys(page: Page) -> list[tuple[str, float, float]]:
    """Wall seconds, with their target, of the first and second Why."""
    measured = []
    for first_or_second, image in (("first", 1), ("second", 2)):
        visit(page, f"/?image={image}")
        why = page.get_by_role("radio", name="Why")
        seconds = _seconds(why.click, page, "text=The nearest training images")
        measured.append((f"{first_or_second} Why", seconds, 0.5))
    return measured


def _seconds(act: Callable[[], None], page: Page, shows: str) -> float:
    """Wall seconds from what a person does until the page shows something."""
    time.sleep(0.3)
    started = time.perf_counter()
    act()
    # It watches the page; ``expect`` would look again after half a second or a whole one.
    page.locator(shows).first.wait_for(timeout=60_000)
    seconds = time.perf_counter() - started
    settle(page)
    return seconds


def _memory_after_every_page(served: Served, page: Page) -> float:
    """Resident memory of the server in MB."""
    use_every_page(page)
    return psutil.Process(served.process.pid).memory_info().rss / 1e6


def _figure(what: str, runs: list[float], unit: str, target: float) -> Figure:
    return Figure(what, statistics.median(runs), unit, target, tuple(round(x, 3) for x in runs))
