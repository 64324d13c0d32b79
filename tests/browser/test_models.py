"""Models, in a browser: what is clicked in a chart or in the gallery, and a link."""

import re

from playwright.sync_api import Locator, Page, expect

from fmnist.models.folder import MODEL
from tests.browser.server import Served
from tests.browser.steps import go_to, settle, thumbnails, visit


def _mark(page: Page, kind: str, words: str) -> Locator:
    """A mark of a chart, by what a screen reader says of it."""
    return page.locator(f'[aria-roledescription="{kind}"][aria-label*="{words}"]')


def test_a_click_on_a_point_opens_its_card(page: Page) -> None:
    visit(page, "/models")
    _mark(page, "circle", "Model: dense;").click()
    expect(page).to_have_url(re.compile("card=dense"))
    expect(page.get_by_role("radio", name="dense", exact=True)).to_be_checked()
    expect(page.get_by_text("python -m fmnist evaluate dense --json")).to_be_visible()


def test_a_click_on_a_bar_shows_its_images(page: Page) -> None:
    visit(page, "/models?first=dense")
    first, second = (page.get_by_role("combobox", name=name) for name in ("First", "Second"))
    expect(first).to_have_value("dense")
    bar = _mark(page, "bar", "class: Shirt; Right alone: dense;")
    n = (bar.get_attribute("aria-label") or "").rpartition(" ")[2]
    bar.click()
    settle(page)
    expect(page.get_by_role("combobox", name="Class")).to_have_value("Shirt")
    expect(page.get_by_role("radio", name="Only dense")).to_be_checked()
    expect(page.get_by_text(f"of {n} images")).to_be_visible()

    thumbnail = thumbnails(page).nth(1)
    answers = rf"\d+: Shirt; dense says Shirt, {second.input_value()} says (?!Shirt)"
    expect(thumbnail).to_have_attribute("title", re.compile(answers))
    said = thumbnail.get_attribute("title") or ""
    thumbnail.click()
    settle(page)
    expect(page.get_by_text(f"Test image {said.partition(':')[0]}", exact=True)).to_be_visible()
    labels = page.get_by_text(re.compile(r"^Predicted .*\(true: Shirt\)$"))
    expect(labels).to_have_count(2)


def test_a_click_on_a_cell_leads_to_its_images(page: Page) -> None:
    visit(page, "/models?view=Mistakes&card=dense")
    # The second link says more than what the first one chose.
    for true in "Shirt", "Pullover":
        page.locator(f'[aria-label*="Predicted: Coat; True: {true};"]').first.click()
        settle(page)
        expect(page.get_by_text(f"{true}, taken for Coat")).to_be_visible()
        page.get_by_role("link", name=re.compile("in Images")).click()
        settle(page)
        expect(page).to_have_url(re.compile(f"class={true}"))
        expect(page.get_by_role("combobox", name="Predicted")).to_have_value("Coat")
        expect(page.get_by_role("combobox", name="Model")).to_have_value("dense")
        title = re.compile(rf"^\d+: {true}, predicted .+ % Coat$")
        expect(thumbnails(page).first).to_have_attribute("title", title)
        go_to(page, "Models")
        settle(page)


def test_a_model_is_taken_along(page: Page, served: Served) -> None:
    visit(page, "/models?view=Card&card=dense")
    with page.expect_download() as event:
        page.get_by_role("button", name="Model for Keras").click()
    assert event.value.suggested_filename == "dense.keras"
    kept = served.log.parent / "models" / "dense" / MODEL
    assert event.value.path().read_bytes() == kept.read_bytes()
