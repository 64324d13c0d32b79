"""Photo, in a browser."""

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.steps import ANSWER, go_to, headline, settle, thumbnails, visit

_ORIENTATION = 0x0112


@pytest.fixture
def photo(page: Page) -> Page:
    visit(page, "/photo")
    expect(thumbnails(page).first).to_be_visible()
    return page


def _file(name: str, colour: str = "navy", form: str = "PNG") -> FilePayload:
    picture = Image.new("RGB", (300, 400), "white")
    ImageDraw.Draw(picture).rectangle((80, 50, 220, 350), fill=colour)
    buffer = io.BytesIO()
    picture.save(buffer, form)
    return {"name": name, "mimeType": f"image/{form.lower()}", "buffer": buffer.getvalue()}


def _turned(name: str) -> FilePayload:
    """A photo of red above blue, as a phone held upright stores it: lying, with a note in EXIF."""
    upright = Image.new("RGB", (300, 400), "white")
    paint = ImageDraw.Draw(upright)
    paint.rectangle((60, 40, 240, 199), fill=(200, 0, 0))
    paint.rectangle((60, 200, 240, 360), fill=(0, 0, 200))
    exif = Image.Exif()
    exif[_ORIENTATION] = 6  # to be turned by 90° clockwise when it is shown
    buffer = io.BytesIO()
    upright.transpose(Image.Transpose.ROTATE_90).save(buffer, "JPEG", exif=exif, quality=95)
    return {"name": name, "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def _upload(page: Page, *files: FilePayload) -> None:
    page.locator("input[type=file]").set_input_files(list(files))


def test_without_a_photo_there_is_an_invitation(photo: Page) -> None:
    expect(headline(photo)).to_have_text("Show it something to wear")


def test_a_photo_is_answered_and_its_way_is_shown(photo: Page) -> None:
    _upload(photo, _file("dress.jpg", form="JPEG"))
    expect(headline(photo)).to_have_text(ANSWER)
    expect(photo.locator(".pixels img")).to_be_visible()
    expect(photo.get_by_test_id("stImage").nth(3)).to_be_visible()


def test_several_at_once_of_which_one_is_bad(photo: Page) -> None:
    bad: FilePayload = {"name": "notes.png", "mimeType": "image/png", "buffer": b"these are notes"}
    examples = thumbnails(photo).count()
    _upload(photo, _file("one.png", "navy"), bad, _file("two.webp", "maroon", "WEBP"))
    expect(photo.get_by_role("alert")).to_contain_text("notes.png")
    expect(thumbnails(photo)).to_have_count(examples + 2)
    expect(headline(photo)).to_have_text(ANSWER)
    expect(thumbnails(photo).and_(photo.get_by_title("two.webp"))).to_have_attribute(
        "aria-pressed", "true"
    )


def test_a_click_picks_another_photo(photo: Page) -> None:
    _upload(photo, _file("one.png", "navy"), _file("two.png", "silver"))
    expect(headline(photo)).to_have_text(ANSWER)
    seen = photo.locator(".pixels img")
    expect(seen).to_have_attribute("src", re.compile("^data:"))
    first = seen.get_attribute("src") or ""
    photo.get_by_role("button", name="bag", exact=False).first.click()
    expect(photo.locator(".pixels img")).not_to_have_attribute("src", first)


def test_an_example_by_click(photo: Page) -> None:
    thumbnails(photo).first.click()
    expect(headline(photo)).to_have_text(ANSWER)
    expect(thumbnails(photo).first).to_have_attribute("aria-pressed", "true")


def test_photos_survive_another_page(photo: Page) -> None:
    _upload(photo, _file("mine.png"))
    expect(headline(photo)).to_have_text(ANSWER)
    said = headline(photo).inner_text()
    go_to(photo, "Browse")
    go_to(photo, "Photo")
    expect(headline(photo)).to_have_text(said)
    expect(photo.get_by_role("button", name="mine.png")).to_have_attribute("aria-pressed", "true")


def test_another_visitor_does_not_see_them(photo: Page) -> None:
    _upload(photo, _file("private.png"))
    expect(headline(photo)).to_have_text(ANSWER)
    photo.reload()
    expect(thumbnails(photo).first).to_be_visible()
    settle(photo)
    expect(photo.get_by_role("button", name="private.png")).to_have_count(0)


def test_a_turned_photo_stands_upright(photo: Page) -> None:
    _upload(photo, _turned("phone.jpg"))
    expect(headline(photo)).to_have_text(ANSWER)
    shown = photo.get_by_test_id("stImage").locator("img").first
    source = shown.get_attribute("src") or ""
    body = (
        base64.b64decode(source.partition(",")[2])
        if source.startswith("data:")
        else photo.request.get(source).body()
    )
    with Image.open(io.BytesIO(body)) as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    height, width = pixels.shape[:2]
    red_above, blue_below = pixels[height // 4, width // 2], pixels[3 * height // 4, width // 2]
    assert red_above[0] > red_above[2] + 80
    assert blue_below[2] > blue_below[0] + 80
