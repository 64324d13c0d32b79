"""Inside, in a browser: sums under the pointer and by keyboard."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from fmnist.datasets import DATASETS
from fmnist.explanation import Network
from fmnist.models import ModelStore
from tests.browser.steps import settle, thumbnails, visit

IMAGE = 1


def _result(page: Page) -> Locator:
    return page.locator(".sum .result")


def _numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+\.\d+", text.replace("−", "-"))]


def _point(page: Page, row: int, column: int, side: int) -> None:
    """Point at a place of what comes out."""
    canvas = page.locator(".pictures canvas").last
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    x, y = ((place + 0.5) / side for place in (column, row))
    page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])


@pytest.mark.parametrize(("layer", "number"), [("Conv 1", 0), ("Conv 2", 2)])
def test_the_sum_at_a_place_is_numpy_s(
    layer: str, number: int, page: Page, trained_models: Path, data: Path
) -> None:
    network = Network(ModelStore(trained_models).twin("cnn"))
    image = DATASETS["fashion-mnist"].load("test").images[IMAGE]
    made, told = network.run(image), network.layers[number]
    assert told.kernel is not None and told.bias is not None
    source = image[..., None].astype(float) if number == 0 else made[number - 1]
    visit(page, f"/inside?model=cnn&image={IMAGE}&layer={layer.replace(' ', '+')}")
    filters = int(made[number].max(axis=(0, 1)).argmax())
    around, side = np.pad(source, ((1, 1), (1, 1), (0, 0))), source.shape[0]
    for row, column in ((0, 0), (side // 2, side // 3), (side - 1, side - 1)):
        _point(page, row, column, side)
        expect(page.locator("figcaption").last).to_contain_text(f"row {row}, column {column}")
        window = around[row : row + 3, column : column + 3]
        total = float((window * told.kernel[..., filters]).sum())
        said = _numbers(_result(page).inner_text())
        bias = float(told.bias[filters])
        expected = [total, bias, total + bias, max(0.0, total + bias)]
        np.testing.assert_allclose(said, expected, atol=2e-3)
        assert said[-1] == pytest.approx(float(made[number][row, column, filters]), abs=2e-3)


def test_pooling_takes_the_greatest(page: Page, trained_models: Path, data: Path) -> None:
    image = DATASETS["fashion-mnist"].load("test").images[IMAGE]
    made = Network(ModelStore(trained_models).twin("cnn")).run(image)
    visit(page, f"/inside?model=cnn&image={IMAGE}&layer=Pool+1")
    filters = int(made[1].max(axis=(0, 1)).argmax())
    _point(page, 6, 7, 14)
    expect(page.locator("figcaption").last).to_contain_text("row 6, column 7")
    greatest = made[0][12:14, 14:16, filters].max()
    assert _numbers(_result(page).inner_text())[-1] == pytest.approx(float(greatest), abs=2e-3)


def test_by_keyboard_and_by_filter(page: Page) -> None:
    visit(page, f"/inside?model=cnn&image={IMAGE}")
    canvas, words = page.locator(".pictures canvas").last, page.locator("figcaption").last
    thumbnails(page).nth(3).click()
    settle(page)
    expect(page.get_by_text("Map 4, place by place")).to_be_visible()
    canvas.focus()
    for _ in range(30):
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowLeft")
    expect(words).to_contain_text("row 0, column 0")
    page.keyboard.press("ArrowRight")
    expect(words).to_contain_text("row 0, column 1")
