"""Images, in a browser."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.steps import ANSWER, chart, choose, go_to, headline, settle, thumbnails, visit


def _index(page: Page, place: int) -> str:
    return thumbnails(page).nth(place).get_attribute("data-index") or ""


def test_a_page_of_thumbnails_and_the_next(page: Page) -> None:
    visit(page, "/")
    expect(thumbnails(page)).to_have_count(60)
    assert _index(page, 0) == "0"
    page.get_by_test_id("stPaginationNext").click()
    expect(thumbnails(page).first).to_have_attribute("data-index", "60")
    expect(page).to_have_url(re.compile("page=2"))


def test_a_click_opens_the_image_and_the_link_says_so(page: Page) -> None:
    visit(page, "/")
    thumbnail = thumbnails(page).nth(7)
    said = re.match(r"7: (.+), predicted (.+ %) (.+)", thumbnail.get_attribute("title") or "")
    assert said
    true, share, predicted = said.groups()
    thumbnail.click()
    expect(headline(page)).to_have_text(f"Predicted {share} {predicted} (true: {true})")
    expect(page).to_have_url(re.compile(r"image=7\b"))
    expect(thumbnail).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("Image number")).to_have_value("7")


def test_right_is_blue_and_wrong_is_red(page: Page) -> None:
    visit(page, "/")
    colours = {}
    captions = {
        "Right": re.compile(r"% (.+) \(true: \1\)"),
        "Wrong": re.compile(r"% (.+) \(true: (?!\1\))"),
    }
    for outcome, caption in captions.items():
        page.get_by_role("radio", name=outcome).click()
        expect(page).to_have_url(re.compile(f"answers={outcome}"))
        settle(page)
        expect(thumbnails(page).first).to_have_attribute(
            "data-outcome", re.compile("wrong" if outcome == "Wrong" else "^(unsure)?$")
        )
        thumbnails(page).first.click()
        expect(headline(page)).to_have_text(caption)
        words = headline(page).locator("span").last
        colours[outcome] = words.evaluate("element => getComputedStyle(element).color")
    red, _, blue = map(int, re.findall(r"\d+", colours["Right"])[:3])
    assert blue > red
    red, _, blue = map(int, re.findall(r"\d+", colours["Wrong"])[:3])
    assert red > blue


def test_filter_by_class_and_by_wrong(page: Page) -> None:
    visit(page, "/")
    choose(page, "Class", "Shirt")
    expect(thumbnails(page).first).to_have_attribute("title", re.compile(r"^\d+: Shirt,"))
    page.get_by_role("radio", name="Wrong").click()
    expect(page).to_have_url(re.compile("answers=Wrong"))
    settle(page)
    said = thumbnails(page).evaluate_all("all => all.map(b => [b.title, b.dataset.outcome])")
    assert said
    for title, outcome in said:
        assert re.match(r"\d+: Shirt, predicted .+ %", title)
        assert not title.endswith(" Shirt")
        assert outcome == "wrong"


def test_sort_by_confidence(page: Page) -> None:
    visit(page, "/")
    choose(page, "Order", "Least sure first")
    expect(page).to_have_url(re.compile("order=Least"))
    settle(page)
    titles = thumbnails(page).evaluate_all("all => all.map(b => b.title)")
    shares = [int(re.findall(r"(\d+) %", title)[0]) for title in titles]
    assert shares == sorted(shares)
    assert shares[0] < 60


def test_surprise_me_really_changes(page: Page) -> None:
    visit(page, "/")
    number = page.get_by_label("Image number")
    for _ in range(3):
        before = number.input_value()
        page.get_by_role("button", name="Surprise me").click()
        expect(number).not_to_have_value(before)
        settle(page)


def test_a_link_opens_its_image_and_model(page: Page) -> None:
    visit(page, "/?image=23&model=dense")
    expect(page.get_by_label("Image number")).to_have_value("23")
    expect(page.locator(".gallery button[aria-pressed=true]")).to_have_attribute("data-index", "23")
    expect(page.get_by_role("combobox", name="Model")).to_have_value("dense")


def test_a_link_to_an_image_that_is_not_there(page: Page) -> None:
    visit(page, "/?image=123456789&model=nobody&class=Hat&page=999")
    expect(headline(page)).to_have_text(ANSWER)
    expect(thumbnails(page).first).to_be_visible()


def test_the_choices_survive_another_page(page: Page) -> None:
    visit(page, "/?image=12")
    page.get_by_role("radio", name="Label order").click()
    settle(page)
    expect(chart(page)).to_be_visible()
    go_to(page, "Draw")
    go_to(page, "Images")
    expect(page.get_by_role("radio", name="Label order")).to_be_checked()
    expect(page.get_by_label("Image number")).to_have_value("12")
    expect(page).to_have_url(re.compile(r"image=12\b"))


def test_a_link_to_wrong_answers_of_a_class(page: Page) -> None:
    visit(page, "/?class=Shirt&predicted=Coat")
    said = thumbnails(page).evaluate_all("all => all.map(b => b.title)")
    assert said
    assert all(re.match(r"\d+: Shirt, predicted .+ % Coat$", title) for title in said)
    expect(headline(page)).to_have_text(re.compile(r"Coat \(true: Shirt\)"))


def test_the_gallery_by_keyboard(page: Page) -> None:
    visit(page, "/")
    expect(page.locator(".gallery button[tabindex='0']")).to_have_count(1)
    thumbnails(page).first.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "End", "Home", "ArrowRight"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"image=1\b"))
    settle(page)
    expect(thumbnails(page).nth(1)).to_be_focused()
    expect(thumbnails(page).nth(1)).to_have_attribute("aria-pressed", "true")


def test_on_a_phone_a_tap_is_answered_where_it_is(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    visit(page, "/")
    thumbnail = thumbnails(page).nth(20)
    thumbnail.scroll_into_view_if_needed()
    thumbnail.tap()
    strip = page.locator(".strip")
    expect(strip).to_be_in_viewport()
    expect(strip).to_have_text(thumbnail.get_attribute("title") or "")
    settle(page)
    expect(strip).to_be_in_viewport()
    strip.tap()
    expect(headline(page)).to_be_in_viewport()


def test_the_link_of_my_images_still_opens(page: Page) -> None:
    visit(page, "/my_images?model=dense")
    expect(page.get_by_role("radio", name="Mine")).to_be_checked()
    expect(page.get_by_role("combobox", name="Model")).to_have_value("dense")
