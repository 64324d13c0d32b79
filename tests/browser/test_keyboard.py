"""Each page by keyboard alone: Tab to it, arrows within it, Enter or space to choose."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import ANSWER, chart, headline, settle, thumbnails, visit

# More than any page has stops.
_MOST = 60


def _tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until something has the focus."""
    for _ in range(_MOST):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e.getRootNode().activeElement === e"):
            return
    raise AssertionError(f"Tab never comes to {wanted}")


def _radio(page: Page, name: str) -> Locator:
    return page.get_by_role("radio", name=name, exact=True)


def _images(page: Page) -> None:
    visit(page, "/")
    _tab_to(page, _radio(page, "Answer"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("show=Why"))
    expect(page.get_by_text("What would change it")).to_be_visible()
    settle(page)
    _tab_to(page, thumbnails(page).first)  # and from there as test_images has it


def _photo(page: Page) -> None:
    visit(page, "/photo")
    _tab_to(page, thumbnails(page).first)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(headline(page)).to_have_text(ANSWER)
    settle(page)
    _tab_to(page, page.get_by_role("link", name="See inside"))
    page.keyboard.press("Enter")
    expect(_radio(page, "Your photo")).to_be_checked()


def _draw(page: Page) -> None:
    """All but the strokes themselves, which are a hand's."""
    visit(page, "/draw")
    _tab_to(page, page.get_by_role("radio", name="Pen"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Eraser")).to_be_checked()


def _inside(page: Page) -> None:
    visit(page, "/inside?model=cnn&image=1")
    _tab_to(page, page.locator(".pictures canvas").last)
    words = page.locator("figcaption").last
    before = words.inner_text()
    page.keyboard.press("ArrowLeft")
    expect(words).not_to_have_text(before)
    _tab_to(page, page.locator(".gallery button[tabindex='0']"))
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Map 1, place by place")).to_be_visible()


def _learn(page: Page) -> None:
    visit(page, "/learn")
    _tab_to(page, page.get_by_role("link", name="4 Loss and optimiser"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("step 12 by hand")).to_be_visible()
    settle(page)
    _tab_to(page, _radio(page, "An error: it is not trained"))
    page.keyboard.press("Space")
    expect(page.get_by_text("Not quite.")).to_be_visible()
    settle(page)
    _tab_to(page, page.get_by_role("slider", name="Steps"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("step 13 by hand")).to_be_visible()


def _models(page: Page) -> None:
    visit(page, "/models")
    _tab_to(page, _radio(page, "Card"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_text("of the test images").last).to_be_visible()
    settle(page)
    _tab_to(page, page.get_by_role("link", name=re.compile("in Images")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Images")


def _train(page: Page) -> None:
    visit(page, "/train")
    _tab_to(page, _radio(page, "New network"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("what=Recipe"))
    settle(page)
    _tab_to(page, page.get_by_test_id("stBaseButton-primaryFormSubmit"))


def _there_by_menu(page: Page) -> None:
    visit(page, "/draw")
    _tab_to(page, page.get_by_test_id("stSidebarNav").get_by_role("link", name="Images"))
    page.keyboard.press("Enter")
    expect(chart(page)).to_be_visible()


@pytest.mark.parametrize(
    "use", [_images, _photo, _draw, _learn, _inside, _models, _train, _there_by_menu]
)
def test_by_keyboard(use: Callable[[Page], None], page: Page) -> None:
    use(page)
