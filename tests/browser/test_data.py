"""Data, in a browser: a doubtful label opens in Images, and the CSV is read back equal."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from fmnist.datasets import DATASETS
from fmnist.datasets.formats import kaggle
from tests.browser.steps import choose, settle, visit


@pytest.fixture
def real_data(data: Path) -> None:
    if not all(half.verified for half in DATASETS["fashion-mnist"].status()):
        pytest.skip("needs the real Fashion-MNIST, whose issues are shipped")


def test_a_doubtful_label_opens_in_images(page: Page, real_data: None) -> None:
    # What was chosen in Images before must not stand in the way.
    visit(page, "/?source=Test")
    choose(page, "Class", "Bag")
    settle(page)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Data").click()
    expect(page).to_have_url(re.compile("/data"))
    settle(page)
    page.get_by_role("radio", name="Labels").click()
    settle(page)
    choose(page, "Label given", "Sneaker")
    settle(page)
    link = page.get_by_role("link", name=re.compile(r"^Image \d+$")).first
    number = int(link.inner_text().split()[-1])
    assert DATASETS["fashion-mnist"].load("train").labels[number] == 7
    link.click()
    settle(page)
    expect(page).to_have_url(re.compile(rf"image={number}\b"))
    expect(page.get_by_role("radio", name="Training", exact=True)).to_be_checked()
    expect(page.get_by_label("Image number")).to_have_value(str(number))
    expect(page.get_by_role("combobox", name="Class")).to_have_value("Sneaker")


def test_a_link_opens_a_view_with_its_choices(page: Page, real_data: None) -> None:
    visit(page, "/data?view=Labels&half=Test&given=Coat")
    expect(page.get_by_role("radio", name="Test", exact=True)).to_be_checked()
    expect(page.get_by_text(re.compile(r"of 10,000 test images"))).to_be_visible()
    page.get_by_role("radio", name="Overview").click()
    expect(page.get_by_text("train_images.shape")).to_be_visible()


def test_the_test_images_in_kaggle_s_form(page: Page, data: Path) -> None:
    visit(page, "/data")
    test = DATASETS["fashion-mnist"].load("test")
    with page.expect_download() as event:
        page.get_by_role("button", name=f"Test images as CSV ({len(test):,})").click()
    assert event.value.suggested_filename == "fashion-mnist_test.csv"
    with event.value.path().open("rb") as file:
        content = kaggle.read(file)
    np.testing.assert_array_equal(content.images, test.images)
    np.testing.assert_array_equal(content.labels, test.labels)


def test_a_pixel_tells_its_number(page: Page, data: Path) -> None:
    visit(page, "/data")
    image = DATASETS["fashion-mnist"].load("train").images[0]
    picture = page.locator(".pixels img")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box
    page.mouse.move(box["x"] + 14.5 / 28 * box["width"], box["y"] + 20.5 / 28 * box["height"])
    said = page.locator(".pixels p")
    expect(said).to_have_text(re.compile(rf"Row 20, column 14: {image[20, 14]}\b"))
    page.get_by_role("radio", name="0–1", exact=True).click()
    settle(page)
    page.mouse.move(box["x"] + 13.5 / 28 * box["width"], box["y"] + 20.5 / 28 * box["height"])
    expect(said).to_have_text(f"Row 20, column 13: {round(image[20, 13] / 255, 2):g}")
