"""Draw and Photo with a model of digits, where one is shipped."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fmnist.models import ModelStore
from tests.browser.steps import ANSWER, go_to, headline, settle, stroke, thumbnails, visit


@pytest.fixture
def model(trained_models: Path) -> str:
    entries = ModelStore(trained_models).entries()
    digits = [entry.name for entry in entries if entry.card and entry.card.dataset == "mnist"]
    if not digits:
        pytest.skip("There is no model of digits: python -m fmnist train --recipe digits-cnn")
    return digits[0]


def _draw_a_zero(page: Page) -> None:
    ring = [(0.5, 0.15), (0.36, 0.25), (0.32, 0.5), (0.36, 0.75), (0.5, 0.85), (0.64, 0.75)]
    stroke(page, *ring, (0.68, 0.5), (0.64, 0.25), (0.5, 0.15))


def test_a_drawn_digit_is_read(page: Page, model: str) -> None:
    visit(page, f"/draw?model={model}")
    expect(headline(page)).to_have_text("Draw a digit")
    expect(page.locator("canvas.upper-canvas")).to_be_visible()
    _draw_a_zero(page)
    expect(headline(page)).to_have_text(re.compile(r"^(0, >?\d+ % sure|Unsure: .*“0”.*)$"))
    seen = page.locator(".pixels img")
    expect(seen).to_have_attribute("src", re.compile("^data:"))
    centred = seen.get_attribute("src") or ""
    page.get_by_role("radio", name="Raw").click()
    expect(seen).not_to_have_attribute("src", centred)
    page.get_by_role("radio", name="Centred").click()
    expect(seen).to_have_attribute("src", centred)


def test_the_examples_are_read(page: Page, model: str) -> None:
    visit(page, f"/photo?model={model}")
    expect(thumbnails(page).first).to_be_visible()
    for place in range(thumbnails(page).count()):
        digit = (thumbnails(page).nth(place).get_attribute("title") or "")[0]
        thumbnails(page).nth(place).click()
        expect(headline(page)).to_have_text(re.compile(rf"^{digit}, >?\d+ % sure$"))
        settle(page)


def test_the_picker_turns_the_pages_to_digits_and_back(page: Page, model: str) -> None:
    visit(page, "/draw?model=dense")
    expect(headline(page)).to_have_text("Draw something to wear")
    page.get_by_role("combobox", name="Model").click()
    page.get_by_role("option", name=model, exact=True).click()
    expect(headline(page)).to_have_text("Draw a digit")
    _draw_a_zero(page)
    expect(headline(page)).to_have_text(ANSWER)
    go_to(page, "Photo")
    expect(headline(page)).to_have_text("Show it a digit")
