"""Why and Inside, in a browser: from a test image, a drawing and a photo, and back."""

import re

from playwright.sync_api import Page, expect

from tests.browser.steps import (
    ANSWER,
    chart,
    draw_shirt,
    go_to,
    headline,
    settle,
    thumbnails,
    visit,
)


def _why_and_back(page: Page) -> None:
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


def _inside_and_back(page: Page, chosen: str) -> None:
    said = headline(page).inner_text()
    page.get_by_role("link", name="See inside").click()
    settle(page)
    expect(page.get_by_role("radio", name=chosen)).to_be_checked()
    page.get_by_role("link", name="Back to the answer").click()
    settle(page)
    expect(headline(page)).to_have_text(said)


def test_a_test_image(page: Page) -> None:
    visit(page, "/?image=23")
    _why_and_back(page)
    page.get_by_role("link", name="See inside").click()
    settle(page)
    expect(page.get_by_label("Test image")).to_have_value("23")
    page.get_by_role("button", name="Increment").click()
    expect(page).to_have_url(re.compile(r"inside\?.*image=24\b"))
    go_to(page, "Images")
    expect(page.get_by_label("Image number")).to_have_value("24")


def test_a_drawing(page: Page) -> None:
    visit(page, "/draw")
    draw_shirt(page)
    expect(headline(page)).to_have_text(ANSWER)
    _why_and_back(page)
    _inside_and_back(page, "Your drawing")


def test_a_photo(page: Page) -> None:
    visit(page, "/photo")
    thumbnails(page).first.click()
    expect(headline(page)).to_have_text(ANSWER)
    expect(thumbnails(page).first).to_have_attribute("aria-pressed", "true")
    _why_and_back(page)
    _inside_and_back(page, "Your photo")
