"""Every page on a desk and on a phone, on light and dark paper; screenshots are kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from fmnist.settings import PAGES
from fmnist.training.runs import list_runs
from tests.browser.conftest import NewPage
from tests.browser.steps import (
    ANSWER,
    chart,
    correct,
    draw_shirt,
    headline,
    settle,
    thumbnails,
    visit,
)


def _images(page: Page) -> None:
    visit(page, "/?image=23")
    expect(thumbnails(page)).to_have_count(60)


def _draw(page: Page) -> None:
    visit(page, "/draw")
    expect(page.locator("canvas.upper-canvas")).to_be_visible()
    draw_shirt(page)
    expect(headline(page)).to_have_text(ANSWER)


def _photo(page: Page) -> None:
    visit(page, "/photo")
    thumbnails(page).first.click()
    expect(headline(page)).to_have_text(ANSWER)


def _models(page: Page) -> None:
    visit(page, "/models?view=Mistakes")
    expect(thumbnails(page)).not_to_have_count(0)


def _my_images(page: Page) -> None:
    visit(page, "/my_images")
    if not thumbnails(page).count():
        _draw(page)
        correct(page, "Pullover")
        visit(page, "/my_images")
    expect(thumbnails(page)).not_to_have_count(0)


def _why(page: Page) -> None:
    visit(page, "/?image=23&show=Why")
    expect(page.get_by_role("radio", name="Why")).to_be_checked()
    expect(page.get_by_text("What would change it")).to_be_visible()


def _inside(page: Page) -> None:
    visit(page, "/inside?image=23&model=cnn")
    expect(page.locator(".sum .result")).to_be_visible()


def _labels(page: Page) -> None:
    visit(page, "/data?view=Labels")


def _map(page: Page) -> None:
    visit(page, "/data?view=Map&image=23")
    expect(page.locator(".plane[data-ready]")).to_be_visible()


def _learn(page: Page) -> None:
    visit(page, "/learn?lesson=loss")
    expect(page.get_by_text("by hand")).to_be_visible()


# How a page comes to show something; one that is not here shows it at once.
VISITS: dict[str, Callable[[Page], None]] = {
    "images": _images,
    "draw": _draw,
    "photo": _photo,
    "models": _models,
    "my_images": _my_images,
    "why": _why,
    "inside": _inside,
    "labels": _labels,
    "map": _map,
    "learn": _learn,
}
_WITHOUT_CHART = ("why", "inside", "labels", "map")

# Streamlit's own list of pages, whose sections are no items of it.
_STREAMLITS = {"exclude": [["[data-testid=stSidebarNavItems]"]]}

# What sticks out of the window, by tag and text; the sidebar waits outside it on a phone.
_STICKING_OUT = """() => [...document.querySelectorAll("[data-testid=stMain] *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.offsetWidth)
    .filter(e => {
        for (let p = e.parentElement; p && p.dataset.testid !== "stMain"; p = p.parentElement)
            if (["auto", "scroll", "hidden"].includes(getComputedStyle(p).overflowX)) return false;
        return true;
    })
    .map(e => `${e.tagName} ${e.dataset.testid ?? ""} ${e.textContent.slice(0, 40)}`)"""


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", sorted({*VISITS, *(path.stem for path in PAGES.glob("[!_]*.py"))}))
def test_it_fits_and_is_photographed(
    name: str, width: int, new_page: NewPage, runs: Path, screenshots: Path
) -> None:
    phone = width < 600
    window: ViewportSize = {"width": width, "height": 844 if phone else 1000}
    page = new_page(viewport=window, has_touch=phone, is_mobile=phone)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size(window)
        _show(page, name, runs)
        for element in (
            "document.scrollingElement",
            "document.querySelector('[data-testid=stMain]')",
        ):
            assert page.evaluate(f"{element}.scrollWidth") <= width
        assert page.evaluate(_STICKING_OUT) == []
        paper = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
        assert (sum(map(int, paper[4:-1].split(","))) < 384) == (theme == "dark"), paper
        page.screenshot(path=screenshots / f"{name}-{width}-{theme}.png")
        assert _barriers(page) == []
        if phone:
            _photograph_whole(page, screenshots / f"{name}-{width}-{theme}-whole.png")


def _show(page: Page, name: str, runs: Path) -> None:
    """Open a page of this name, and have it show something."""
    if name == "train":
        # The run that was there from the start; other tests may have left others.
        visit(page, f"/train?run={list_runs(runs)[-1].id}")
        expect(chart(page)).to_be_visible()
    elif name in VISITS:
        VISITS[name](page)
        if name not in _WITHOUT_CHART:
            expect(chart(page)).to_be_visible()
    else:
        visit(page, f"/{name}")
    settle(page)


def _barriers(page: Page) -> list[str]:
    """What axe-core finds that keeps people out: what is serious, and headings that jump."""
    found = Axe().run(page, context=_STREAMLITS).response["violations"]
    return [
        f"{each['id']}: {node['html']}, {[why['message'] for why in node['any']]}"
        for each in found
        if each["impact"] in ("serious", "critical") or each["id"] == "heading-order"
        for node in each["nodes"]
    ]


def _photograph_whole(page: Page, path: Path) -> None:
    """Streamlit scrolls inside the page, so the window has to grow for all of it."""
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": 390, "height": height})
    page.wait_for_timeout(300)  # until charts have their new size
    page.screenshot(path=path)
