"""Every garment in a photo, in a browser: chosen by mouse, key and touch, mended and corrected."""

import csv
import io
import re
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from typer.testing import CliRunner

from fmnist.__main__ import cli
from fmnist.settings import EXAMPLES
from tests.browser.conftest import NewPage
from tests.browser.steps import ANSWER, choose, correct, headline, settle, stroke, visit

_PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo of a bag and a dress beside each other."""
    picture = Image.new("RGB", (580, 300), (225, 225, 225))
    for left, name in ((15, "bag.jpg"), (300, "dress.webp")):
        with Image.open(EXAMPLES / "clothes" / name) as example:
            example.thumbnail((260, 260))
            picture.paste(example.convert("RGB"), (left, 20))
    path = tmp_path_factory.mktemp("two") / "two.png"
    picture.save(path)
    return path


@pytest.fixture
def photo(page: Page, two: Path) -> Page:
    _show(page, two)
    return page


def _show(page: Page, path: Path) -> None:
    visit(page, "/photo")
    page.locator("input[type=file]").set_input_files(path)
    expect(headline(page)).to_have_text(ANSWER)
    expect(_chips(page)).to_have_count(2)
    settle(page)


def _chips(page: Page) -> Locator:
    return page.get_by_role("radiogroup", name="Garments in the photo").get_by_role("radio")


def _chosen(page: Page, place: int) -> None:
    expect(_chips(page).nth(place)).to_have_attribute("aria-checked", "true")
    settle(page)
    name = _chips(page).nth(place).inner_text().split(" or ")[0]
    expect(headline(page)).to_contain_text(name)


def test_a_click_and_a_key_choose_one(photo: Page, two: Path) -> None:
    names = [name.split(" or ")[0] for name in _chips(photo).all_inner_texts()]
    assert sorted(names) == ["Bag", "Dress"]
    said = CliRunner().invoke(cli, ["classify", "--each", str(two)]).stdout
    rows = list(csv.DictReader(io.StringIO(said)))
    assert [row["label"] for row in rows] == names, "the command line names the same"
    _chosen(photo, 0)
    outline = photo.locator("figure g:not(.chosen)")
    box = outline.bounding_box()
    assert box
    photo.mouse.click(box["x"] + box["width"] / 2, box["y"] + 0.7 * box["height"])
    _chosen(photo, 1)
    _chips(photo).nth(1).focus()
    photo.keyboard.press("ArrowRight")
    _chosen(photo, 0)
    expect(_chips(photo).first).to_be_focused()


def test_a_finger_chooses_one_on_a_phone(new_page: NewPage, two: Path) -> None:
    phone = new_page(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, user_agent=_PHONE
    )
    _show(phone, two)
    phone.locator("figure g:not(.chosen)").tap()
    _chosen(phone, 1)
    assert phone.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390


def test_no_name_lies_over_another_however_small_the_photo(page: Page) -> None:
    visit(page, "/photo?example=packed")
    expect(_chips(page)).to_have_count(4)
    for place in range(4):
        _chips(page).nth(place).click()
        _chosen(page, place)
        page.locator("figure").evaluate("figure => figure.style.width = '110px'")
        page.wait_for_timeout(100)
        expect(page.locator(".names .chosen")).to_be_visible()
        seen = [each.bounding_box() for each in page.locator(".names span:visible").all()]
        for one, other in combinations([box for box in seen if box], 2):
            left, right = sorted((one, other), key=lambda box: box["x"])
            above, below = sorted((one, other), key=lambda box: box["y"])
            beside = left["x"] + left["width"] <= right["x"]
            assert beside or above["y"] + above["height"] <= below["y"]


def test_one_is_mended_and_corrected_and_the_other_stays(photo: Page) -> None:
    seen = photo.locator(".pixels img")
    first = seen.get_attribute("src") or ""
    _chips(photo).nth(1).click()
    _chosen(photo, 1)
    second = seen.get_attribute("src") or ""
    assert second != first
    photo.get_by_role("radio", name="Edit the mask").click()
    expect(photo.locator("canvas.upper-canvas")).to_be_visible()
    photo.get_by_role("radio", name="Not garment").click()
    settle(photo)
    stroke(photo, *[(0.02 + 0.06 * step, 0.7) for step in range(17)])
    expect(seen).not_to_have_attribute("src", second)
    settle(photo)
    correct(photo, "Shirt")
    photo.get_by_role("radio", name="Photo", exact=True).click()
    settle(photo)
    expect(photo.get_by_text("Kept in My images", exact=True)).to_be_visible()
    _chips(photo).first.click()
    _chosen(photo, 0)
    expect(seen).to_have_attribute("src", first)
    expect(photo.get_by_text("Kept in My images", exact=True)).to_have_count(0)


def test_a_link_shows_a_garment_in_a_picture_of_ours(page: Page, two: Path) -> None:
    visit(page, "/photo?example=packed&garment=3")
    expect(_chips(page)).to_have_count(4)
    _chosen(page, 2)
    _chips(page).nth(1).click()
    _chosen(page, 1)
    expect(page).to_have_url(re.compile(r"example=packed.*garment=2|garment=2.*example=packed"))
    # Another model names them anew; the subject stays.
    choose(page, "Model", "cnn")
    _chosen(page, 1)
    page.reload()
    _chosen(page, 1)
    page.get_by_role("button", name="Add").click()
    page.locator("input[type=file]").set_input_files(two)
    expect(_chips(page)).to_have_count(2)
    settle(page)
    assert "example=" not in page.url and "garment=" not in page.url
