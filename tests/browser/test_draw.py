"""Draw, with a mouse and with a finger."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.steps import (
    ANSWER,
    draw_shirt,
    go_to,
    headline,
    settle,
    stroke,
    swipe,
    visit,
)

INVITATION = "Draw something to wear"


@pytest.fixture
def draw(page: Page) -> Page:
    visit(page, "/draw")
    expect(page.locator("canvas.upper-canvas")).to_be_visible()
    return page


def _press(page: Page, name: str) -> None:
    settle(page)  # a person looks before undoing
    # The canvas has buttons of its own with these names, which show under the pointer.
    page.get_by_test_id("stButton").get_by_role("button", name=name).click()


def _source(picture: Locator) -> str:
    # The element stands a moment before its script fills it.
    expect(picture).to_have_attribute("src", re.compile("^data:"))
    return picture.get_attribute("src") or ""


def test_a_blank_canvas_gets_an_invitation_a_stroke_an_answer_and_undo_takes_the_last(
    draw: Page,
) -> None:
    expect(headline(draw)).to_have_text(INVITATION)
    expect(draw.get_by_test_id("stVegaLiteChart")).to_have_count(0)
    expect(draw.get_by_test_id("stButton").get_by_role("button", name="Clear")).to_be_disabled()
    stroke(draw, (0.3, 0.3), (0.3, 0.7))
    expect(headline(draw)).to_have_text(ANSWER)
    expect(draw.get_by_test_id("stVegaLiteChart")).to_be_visible()
    seen = draw.locator(".pixels img")
    first = _source(seen)
    stroke(draw, (0.2, 0.8), (0.8, 0.8))
    expect(seen).not_to_have_attribute("src", first)
    _press(draw, "Undo")
    expect(seen).to_have_attribute("src", first)
    _press(draw, "Undo")
    expect(headline(draw)).to_have_text(INVITATION)


def test_a_reload_keeps_the_drawing_and_a_link_shows_it(draw: Page, new_page: NewPage) -> None:
    draw_shirt(draw)
    stroke(draw, (0.4, 0.6), (0.6, 0.6))
    expect(draw).to_have_url(re.compile(r"[?&]x=[\w-]+"))
    address, pages = draw.url, draw.evaluate("history.length")
    stroke(draw, (0.4, 0.7), (0.6, 0.7))
    expect(draw).not_to_have_url(address)
    _press(draw, "Undo")
    expect(draw).to_have_url(address)
    settle(draw)
    # A canvas and ours draw alike, not the same: how sure it is may differ by a little.
    said = re.compile(re.split(r"[,:] ", headline(draw).inner_text())[0])
    assert draw.evaluate("history.length") == pages, "a stroke is no page to go back to"
    draw.reload()
    expect(headline(draw)).to_have_text(said)
    other = new_page()
    visit(other, draw.url)
    expect(headline(other)).to_have_text(said)
    settle(other)
    assert _ink(other) == pytest.approx(_ink(draw), rel=0.02)
    _press(other, "Clear")
    expect(other).not_to_have_url(re.compile("x="))


def test_clear_clears(draw: Page) -> None:
    draw_shirt(draw)
    expect(headline(draw)).to_have_text(ANSWER)
    _press(draw, "Clear")
    expect(headline(draw)).to_have_text(INVITATION)
    expect(draw.get_by_test_id("stButton").get_by_role("button", name="Clear")).to_be_disabled()
    # The next drawing begins on an empty sheet.
    stroke(draw, (0.3, 0.3), (0.3, 0.7))
    expect(headline(draw)).to_have_text(ANSWER)
    _press(draw, "Undo")
    expect(headline(draw)).to_have_text(INVITATION)


def test_the_eraser_takes_ink_away(draw: Page) -> None:
    stroke(draw, (0.3, 0.5), (0.7, 0.5))
    expect(headline(draw)).to_have_text(ANSWER)
    draw.get_by_role("radio", name="Eraser").click()
    draw.get_by_role("radio", name="Broad").click()
    settle(draw)
    for y in (0.47, 0.53):
        stroke(draw, (0.1, y), (0.9, y))
    expect(headline(draw)).to_have_text(INVITATION)


def test_a_broad_stroke_is_broader(draw: Page) -> None:
    widths = []
    for name in ("Fine", "Broad"):
        draw.get_by_role("radio", name=name).click()
        settle(draw)
        stroke(draw, (0.5, 0.2), (0.5, 0.8))
        expect(headline(draw)).to_have_text(ANSWER)
        widths.append(_ink(draw))
        _press(draw, "Clear")
        expect(headline(draw)).to_have_text(INVITATION)
    assert widths[1] > 2 * widths[0]


def _ink(page: Page) -> float:
    """Share of the canvas that has ink."""
    return page.locator("canvas.dc-canvas.lower-canvas").evaluate(
        """canvas => {
            const { width, height } = canvas;
            const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
            let dark = 0;
            for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 127 && data[i] < 128) dark++;
            return dark / (data.length / 4);
        }"""
    )


def test_coming_back_finds_the_drawing(draw: Page) -> None:
    seen = draw.locator(".pixels img")
    pictures: list[str] = []
    for y in (0.3, 0.5, 0.7):
        stroke(draw, (0.3, y), (0.8, y))
        if pictures:
            expect(seen).not_to_have_attribute("src", pictures[-1])
        pictures.append(_source(seen))
    _press(draw, "Undo")
    expect(seen).to_have_attribute("src", pictures[1])
    settle(draw)
    ink = _ink(draw)
    for _ in range(2):
        go_to(draw, "Photo")
        go_to(draw, "Draw")
        expect(headline(draw)).to_have_text(ANSWER)
        expect(seen).to_have_attribute("src", pictures[1])
        assert _ink(draw) == ink
    # It is drawn on, undone and cleared as before.
    stroke(draw, (0.3, 0.7), (0.8, 0.7))
    expect(seen).to_have_attribute("src", pictures[2])
    _press(draw, "Undo")
    expect(seen).to_have_attribute("src", pictures[1])
    _press(draw, "Undo")
    expect(seen).to_have_attribute("src", pictures[0])
    go_to(draw, "Photo")
    go_to(draw, "Draw")
    _press(draw, "Clear")
    expect(headline(draw)).to_have_text(INVITATION)
    assert _ink(draw) == 0
    go_to(draw, "Photo")
    go_to(draw, "Draw")
    expect(headline(draw)).to_have_text(INVITATION)
    assert _ink(draw) == 0


def test_the_first_thing_after_coming_back_may_be_an_undo(draw: Page) -> None:
    seen = draw.locator(".pixels img")
    stroke(draw, (0.3, 0.3), (0.8, 0.3))
    first = _source(seen)
    stroke(draw, (0.3, 0.6), (0.8, 0.6))
    expect(seen).not_to_have_attribute("src", first)
    settle(draw)
    go_to(draw, "Train")
    go_to(draw, "Draw")
    draw.get_by_role("radio", name="Broad").click()  # a rerun before the canvas has said anything
    _press(draw, "Undo")
    expect(seen).to_have_attribute("src", first)


def test_the_model_sees_the_drawing_raw_on_demand(draw: Page) -> None:
    seen, raw = draw.locator(".pixels img"), draw.get_by_role("radio", name="Raw")
    expect(raw).to_have_count(0)
    draw_shirt(draw)
    filled = _source(seen)
    raw.click()
    expect(seen).not_to_have_attribute("src", filled)
    settle(draw)
    # It is to look at: whoever comes back finds the drawing, and the answer that is meant.
    go_to(draw, "Photo")
    go_to(draw, "Draw")
    expect(draw.get_by_role("radio", name="Filled")).to_be_checked()
    expect(seen).to_have_attribute("src", filled)


def test_a_finger_draws_on_a_phone(new_page: NewPage) -> None:
    phone = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    visit(phone, "/draw")
    canvas = phone.locator("canvas.upper-canvas")
    expect(canvas).to_be_visible()
    box = canvas.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    swipe(phone, *[(0.5, 0.2 + 0.05 * step) for step in range(10)])
    expect(headline(phone)).to_have_text(ANSWER)
