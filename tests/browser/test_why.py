"""Why, in a browser: from a test image, a drawing and a photo, and back to the answer."""

from playwright.sync_api import Page, expect

from tests.browser.steps import ANSWER, chart, draw_shirt, headline, settle, thumbnails, visit


def _there_and_back(page: Page) -> None:
    said = headline(page).inner_text()
    page.get_by_role("radio", name="Why").click()
    expect(page.get_by_text("What would change it")).to_be_visible()
    expect(page.get_by_text("Looks like")).to_be_visible()
    expect(page.locator(".pixels img").first).to_be_visible()
    expect(headline(page)).to_have_text(said)
    page.get_by_role("radio", name="Answer").click()
    settle(page)
    expect(chart(page)).to_be_visible()
    expect(headline(page)).to_have_text(said)


def test_a_test_image(page: Page) -> None:
    visit(page, "/?image=23")
    _there_and_back(page)


def test_a_drawing(page: Page) -> None:
    visit(page, "/draw")
    draw_shirt(page)
    expect(headline(page)).to_have_text(ANSWER)
    _there_and_back(page)


def test_a_photo(page: Page) -> None:
    visit(page, "/photo")
    thumbnails(page).first.click()
    expect(headline(page)).to_have_text(ANSWER)
    _there_and_back(page)


def test_a_link_opens_it(page: Page) -> None:
    visit(page, "/?image=23&show=Why")
    expect(page.get_by_role("radio", name="Why")).to_be_checked()
    expect(page.get_by_text("What would change it")).to_be_visible()
