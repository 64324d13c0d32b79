"""What people do, in the words of the tests."""

import re

from playwright.sync_api import FloatRect, Locator, Page, expect

# A rerun may train nothing and fetch nothing, but the first one loads the model and the data.
_FIRST = 60_000

ANSWER = re.compile(r"\d %|This does not look like any of the ten")


def visit(page: Page, address: str) -> None:
    """Open a page of the app and wait until it stands."""
    page.goto(address)
    expect(page.locator("h1")).to_be_visible(timeout=_FIRST)
    settle(page)


def settle(page: Page) -> None:
    """Wait until the app has nothing more to do."""
    page.wait_for_timeout(150)  # what was clicked just now must first reach it
    state = page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
    expect(state).to_be_attached(timeout=_FIRST)
    # Until a component's script is there, Chromium may run what was asked of it in any order: an
    # older answer would be drawn over a newer one.
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.locator(".gallery:empty, .pixels img:not([src])")).to_have_count(0)


def go_to(page: Page, title: str) -> None:
    """Take a link of the sidebar, in the same visit."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=title).click()
    path = title.lower().replace(" ", "_")
    expect(page).to_have_url(re.compile(rf"/({path})?(\?|$)"))
    settle(page)


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a drop-down list."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def correct(page: Page, name: str) -> None:
    """Say what an answer should have been."""
    settle(page)
    # The list would close again as the page grows or scrolls to it.
    expect(chart(page)).to_be_visible()
    page.get_by_role("combobox", name="Your label").evaluate("e => e.scrollIntoView()")
    page.wait_for_timeout(300)
    choose(page, "Your label", name)
    expect(page.get_by_text("Kept in My images", exact=True)).to_be_visible()


def headline(page: Page) -> Locator:
    """The answer, or the invitation that stands in its place."""
    return page.locator("h2")


def thumbnails(page: Page) -> Locator:
    """The pictures of the gallery."""
    return page.locator(".gallery button")


def chart(page: Page, place: int = 0) -> Locator:
    """What a chart has drawn."""
    return page.get_by_test_id("stVegaLiteChart").nth(place).locator(".marks")


def canvas_box(page: Page) -> FloatRect:
    """Where the canvas is, once a canvas of before is gone."""
    settle(page)
    canvas = page.locator("canvas.upper-canvas")
    expect(canvas).to_have_count(1)
    box = canvas.bounding_box()
    assert box
    return box


def stroke(page: Page, *points: tuple[float, float]) -> None:
    """Draw a line through points of the canvas, given as shares of its sides."""
    box = canvas_box(page)
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=6)
    page.mouse.up()
    _sent(page)


def swipe(page: Page, *points: tuple[float, float]) -> None:
    """Draw as ``stroke`` does, with a finger."""
    box = canvas_box(page)
    touch = page.context.new_cdp_session(page)
    for step, (x, y) in enumerate(points):
        place = {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]}
        kind = "touchMove" if step else "touchStart"
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    _sent(page)


def _sent(page: Page) -> None:
    """Wait until the app has answered a stroke, which the canvas keeps for 200 ms."""
    page.wait_for_timeout(300)
    settle(page)


def draw_shirt(page: Page) -> None:
    """Draw the outline of a T-shirt."""
    stroke(
        page,
        *[(0.35, 0.15), (0.15, 0.3), (0.22, 0.42), (0.33, 0.35), (0.33, 0.85), (0.67, 0.85)],
        *[(0.67, 0.35), (0.78, 0.42), (0.85, 0.3), (0.65, 0.15), (0.35, 0.15)],
    )


def use_every_page(page: Page) -> None:
    """Browse all answers, draw, take a photo, and look at training."""
    visit(page, "/?answers=Wrong")
    visit(page, "/draw")
    draw_shirt(page)
    expect(headline(page)).to_have_text(ANSWER)
    visit(page, "/photo")
    thumbnails(page).first.click()
    expect(headline(page)).to_have_text(ANSWER)
    visit(page, "/train")
