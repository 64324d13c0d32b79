"""Photo, in a browser."""

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Page, expect

from fmnist.preprocessing import CLOTHES
from tests.browser.conftest import NewPage
from tests.browser.steps import (
    ANSWER,
    canvas_box,
    go_to,
    headline,
    settle,
    stroke,
    swipe,
    thumbnails,
    visit,
)

_ORIENTATION = 0x0112
_PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari"


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
    settle(page)
    if not page.locator("input[type=file]").count():
        page.get_by_test_id("stPopover").get_by_role("button", name="Add").click()
    page.locator("input[type=file]").set_input_files(list(files))


def test_several_at_once_of_which_one_is_bad_and_a_click_picks_another(photo: Page) -> None:
    bad: FilePayload = {"name": "notes.png", "mimeType": "image/png", "buffer": b"these are notes"}
    _upload(photo, _file("one.png", "navy"), bad, _file("two.webp", "maroon", "WEBP"))
    expect(photo.get_by_role("alert")).to_contain_text("notes.png")
    expect(thumbnails(photo)).to_have_count(2)
    expect(headline(photo)).to_have_text(ANSWER)
    expect(thumbnails(photo).and_(photo.get_by_title("two.webp"))).to_have_attribute(
        "aria-pressed", "true"
    )
    settle(photo)
    seen = photo.locator(".pixels img")
    expect(seen).to_have_attribute("src", re.compile("^data:"))
    first = seen.get_attribute("src") or ""
    photo.get_by_role("button", name="one.png").click()
    expect(photo.locator(".pixels img")).not_to_have_attribute("src", first)


def test_photos_survive_another_page(photo: Page) -> None:
    _upload(photo, _file("one.png", "maroon"))
    expect(headline(photo)).to_have_text(ANSWER)
    _upload(photo, _file("mine.png"))
    mine = photo.get_by_role("button", name="mine.png")
    expect(mine).to_have_attribute("aria-pressed", "true")
    settle(photo)
    said = headline(photo).inner_text()
    go_to(photo, "Images")
    go_to(photo, "Photo")
    expect(headline(photo)).to_have_text(said)
    expect(mine).to_have_attribute("aria-pressed", "true")


def test_a_turned_photo_stands_upright_its_way_is_shown_and_nobody_else_sees_it(
    photo: Page,
) -> None:
    _upload(photo, _turned("phone.jpg"))
    expect(headline(photo)).to_have_text(ANSWER)
    expect(photo.locator(".pixels img")).to_be_visible()
    expect(photo.get_by_test_id("stImage").nth(3)).to_be_visible()
    shown = photo.get_by_role("img", name="Your photo", exact=True)
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
    photo.reload()
    expect(thumbnails(photo).first).to_be_visible()
    settle(photo)
    expect(photo.get_by_role("button", name="phone.jpg")).to_have_count(0)


def _board(page: Page) -> None:
    page.get_by_role("radio", name="Edit the mask").click()
    expect(page.locator("canvas.upper-canvas")).to_be_visible()
    settle(page)


def _seen(page: Page) -> str:
    """The picture of 28×28 pixels, once it stands."""
    settle(page)
    seen = page.locator(".pixels img")
    expect(seen).to_have_attribute("src", re.compile("^data:"))
    return seen.get_attribute("src") or ""


def _press(page: Page, name: str) -> None:
    settle(page)
    page.get_by_test_id("stButton").get_by_role("button", name=name).click()


def _steps(page: Page) -> list[str | None]:
    """The small pictures, one for each step of the pipeline, without the two views above them."""
    found = [CLOTHES.locate_title, CLOTHES.segment_title]
    titles = ["Your photo", *found, *(step.title for step in CLOTHES.steps)]
    shown = page.get_by_test_id("stImage").locator("img")
    # The last ones: above them stand the two views, and the photo itself where it is not edited.
    pictures = shown.all()[-len(titles) :]
    assert [picture.get_attribute("alt") for picture in pictures] == titles
    return [picture.get_attribute("src") for picture in pictures]


@pytest.fixture
def board(photo: Page) -> Page:
    """The canvas with a photo of a garment, found as it is."""
    _upload(photo, _file("mine.png"))
    expect(headline(photo)).to_have_text(ANSWER)
    _board(photo)
    return photo


def test_paint_changes_the_answer_and_the_steps_and_can_be_undone(board: Page) -> None:
    seen = board.locator(".pixels img")
    first, steps = _seen(board), _steps(board)
    board.get_by_role("radio", name="Not garment").click()
    settle(board)
    stroke(board, (0.25, 0.3), (0.75, 0.3))
    expect(seen).not_to_have_attribute("src", first)
    settle(board)
    changed = [before != after for before, after in zip(steps, _steps(board), strict=True)]
    assert changed == 2 * [False] + 11 * [True], "where it is, a stroke does not say"
    _press(board, "Undo")
    expect(seen).to_have_attribute("src", first)


def test_a_box_leaves_the_rest_out(board: Page) -> None:
    first = _seen(board)
    board.get_by_role("radio", name="Box").click()
    settle(board)
    stroke(board, (0.1, 0.1), (0.9, 0.5))
    expect(board.locator(".pixels img")).not_to_have_attribute("src", first)


def test_turning_turns_what_the_model_sees(board: Page) -> None:
    seen = board.locator(".pixels img")
    first = _seen(board)
    _press(board, "Rotate")
    expect(seen).not_to_have_attribute("src", first)
    box = canvas_box(board)
    assert box["width"] > box["height"]
    _press(board, "Invert")
    _press(board, "Start over")
    expect(seen).to_have_attribute("src", first)


def test_an_edited_photo_survives_another_page_and_another_photo(board: Page) -> None:
    seen = board.locator(".pixels img")
    first = _seen(board)
    _press(board, "Rotate")
    expect(seen).not_to_have_attribute("src", first)
    turned = _seen(board)
    stroke(board, (0.3, 0.1), (0.3, 0.9))
    expect(seen).not_to_have_attribute("src", turned)
    edited = _seen(board)
    go_to(board, "Images")
    go_to(board, "Photo")
    expect(seen).to_have_attribute("src", edited)
    board.get_by_role("radio", name="Photo", exact=True).click()
    _upload(board, _file("another.png", "silver"))
    expect(seen).not_to_have_attribute("src", edited)
    thumbnails(board).last.click()
    expect(seen).to_have_attribute("src", edited)
    _board(board)
    assert _seen(board) == edited
    _press(board, "Undo")
    expect(seen).not_to_have_attribute("src", edited)


def test_a_finger_paints_on_a_phone(new_page: NewPage) -> None:
    phone = new_page(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, user_agent=_PHONE
    )
    visit(phone, "/photo")
    _upload(phone, _file("mine.png"))
    expect(headline(phone)).to_have_text(ANSWER)
    _board(phone)
    expect(phone.get_by_role("radio", name="Box")).to_have_count(0)
    first = _seen(phone)
    swipe(phone, *[(0.2 + 0.05 * step, 0.3) for step in range(13)])
    expect(phone.locator(".pixels img")).not_to_have_attribute("src", first)
    assert phone.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
