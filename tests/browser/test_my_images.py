"""My images, from a wrong answer to the bin."""

import io
import zipfile

from playwright.sync_api import Page, expect

from tests.browser.steps import (
    ANSWER,
    correct,
    draw_shirt,
    go_to,
    headline,
    settle,
    stroke,
    thumbnails,
    visit,
)


def _press(page: Page, name: str) -> None:
    settle(page)
    page.get_by_test_id("stButton").get_by_role("button", name=name, exact=True).click()


def test_a_correction_is_kept_listed_downloaded_and_removed(page: Page) -> None:
    visit(page, "/draw")
    draw_shirt(page)
    stroke(page, (0.4, 0.6), (0.6, 0.6))  # a drawing of this test alone
    expect(headline(page)).to_have_text(ANSWER)
    correct(page, "Ankle boot")
    expect(page.get_by_text("Kept in My images: Ankle boot.")).to_be_visible()

    go_to(page, "Images")
    page.get_by_role("radio", name="Mine").click()
    settle(page)
    newest = thumbnails(page).first
    expect(newest).to_have_attribute("title", "Ankle boot")
    expect(newest).to_have_attribute("data-outcome", "wrong")
    expect(headline(page)).to_have_text(ANSWER)
    before = thumbnails(page).count()
    with page.expect_download() as download:
        page.get_by_test_id("stDownloadButton").get_by_role("button").click()
    assert download.value.suggested_filename == "my-images.zip"
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as archive:
        assert any("fashion-mnist/ankle-boot/drawing-" in name for name in archive.namelist())

    _press(page, "Remove")
    expect(page.get_by_text("Removed from My images.")).to_be_visible()
    if before == 1:
        expect(headline(page)).to_have_text("Nothing kept yet")
    else:
        expect(thumbnails(page)).to_have_count(before - 1)


def test_all_are_removed_after_a_question(page: Page) -> None:
    visit(page, "/draw")
    draw_shirt(page)
    expect(headline(page)).to_have_text(ANSWER)
    correct(page, "Dress")
    visit(page, "/my_images")
    page.get_by_role("button", name="Remove all").click()
    question = page.get_by_test_id("stPopoverBody")
    expect(question).to_contain_text("gone for good")
    question.get_by_role("button", name="Remove").click()
    expect(headline(page)).to_have_text("Nothing kept yet")
