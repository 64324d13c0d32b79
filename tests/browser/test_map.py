"""The map of all images, in a browser: pointer, keys, lasso, and what is one's own on it."""

import io
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import FloatRect, Locator, Page, expect

from fmnist.datasets import DATASETS
from fmnist.exploration.embedding import SIDE, Embedding
from fmnist.exploration.regions import inside
from tests.browser.conftest import NewPage
from tests.browser.server import Served
from tests.browser.steps import ANSWER, draw_shirt, go_to, headline, settle, thumbnails, visit
from tests.small_embedding import with_embedding

_TOPS = ("T-shirt/top", "Pullover", "Dress", "Coat", "Shirt")


@pytest.fixture(scope="module")
def embedding(served: Served, data_folder: Path) -> Embedding:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FMNIST_DATA_DIR", str(data_folder))
        return with_embedding(served.log.parent / "models")


@pytest.fixture
def labels(data: Path) -> NDArray[np.uint8]:
    splits = (DATASETS["fashion-mnist"].load(name) for name in ("train", "test"))
    return np.concatenate([split.labels for split in splits])


def _shown(page: Page, name: str = "features") -> FloatRect:
    """Wait for the map, and return where it is."""
    expect(page.locator(f".plane[data-ready={name}]")).to_be_visible()
    settle(page)
    box = page.locator(".over").bounding_box()
    assert box
    return box


def _on_screen(place: Sequence[float], box: FloatRect) -> tuple[float, float]:
    """Where a place of the whole map is."""
    pixels = min(box["width"], box["height"]) / (SIDE + 1)
    x, y = ((value - (SIDE + 1) / 2) * pixels for value in place)
    return box["x"] + box["width"] / 2 + x, box["y"] + box["height"] / 2 + y


def _point(page: Page, embedding: Embedding, box: FloatRect, near: int) -> int:
    """Rest the pointer where an image lies, and return the number of the one that is shown."""
    page.mouse.move(*_on_screen(embedding.features[near], box))
    tip = page.locator(".tip")
    expect(tip).to_be_visible()
    return int(tip.get_attribute("data-image") or -1)


def _count(shown: Locator) -> int:
    """Read of how many images a page of the gallery is."""
    return int(re.sub(r"\D", "", shown.inner_text().partition("of ")[2].partition(" images")[0]))


def _number(number: int, labels: NDArray[np.uint8]) -> tuple[str, int]:
    n_train = len(labels) - len(DATASETS["fashion-mnist"].load("test"))
    return ("Training", number) if number < n_train else ("Test", number - n_train)


def test_the_pointer_shows_the_image_that_lies_there(
    page: Page, served: Served, embedding: Embedding, labels: NDArray[np.uint8]
) -> None:
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    visit(page, "/data?view=Map")
    box = _shown(page)
    before = len(sent)
    found = _point(page, embedding, box, near=17)
    pixels = min(box["width"], box["height"]) / (SIDE + 1)
    away = np.subtract(embedding.features[found], embedding.features[17].astype(float)) * pixels
    assert np.hypot(*away) <= 15
    split, number = _number(found, labels)
    dataset = DATASETS["fashion-mnist"]
    expect(page.locator(".tip")).to_contain_text(dataset.class_names[labels[found]])
    expect(page.locator(".tip")).to_contain_text(f"{split} image {number}")
    page.wait_for_timeout(300)
    assert before
    assert len(sent) == before, "the pointer alone asks nothing of the server's script"
    style = page.locator(".tip i").get_attribute("style") or ""
    address = re.search(r'url\("([^"]+)"\)', style)
    assert address
    answer = page.request.get(served.url + address[1])
    sheet = np.asarray(Image.open(io.BytesIO(answer.body())))
    row, column = divmod(found % 100, 10)
    tile = sheet[28 * row : 28 * row + 28, 28 * column : 28 * column + 28]
    images = dataset.load("train" if split == "Training" else "test").images
    np.testing.assert_array_equal(tile, images[number])


def test_a_click_leads_to_the_image_in_images(
    page: Page, embedding: Embedding, labels: NDArray[np.uint8]
) -> None:
    visit(page, "/data?view=Map")
    split, number = _number(_point(page, embedding, _shown(page), near=17), labels)
    page.mouse.down()
    page.mouse.up()
    expect(page.get_by_text(f"{split} image {number}").last).to_be_visible()
    page.get_by_role("link", name="Open in Images").click()
    expect(page.get_by_label("Image number")).to_have_value(str(number))
    expect(page.get_by_role("radio", name=split, exact=True)).to_be_checked()
    # And back: it is pointed out where it lies.
    go_to(page, "Data")
    page.get_by_role("radio", name="Map").click()
    expect(page.locator(".names figcaption")).to_have_text(f"{split} image {number}")


def test_a_line_around_points_lists_them_and_escape_clears_it(
    page: Page, embedding: Embedding, data: Path
) -> None:
    visit(page, "/data?view=Map")
    box = _shown(page)
    x, y = embedding.features[17].astype(float)
    square = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
    corners = (x, y) + 3000 * square
    page.keyboard.down("Shift")
    page.mouse.move(*_on_screen(corners[0], box))
    page.mouse.down()
    for corner in (*corners[1:], corners[0]):
        page.mouse.move(*_on_screen(corner, box), steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    listed = page.get_by_text("images inside the line")
    expect(listed).to_be_visible()
    settle(page)
    count = int(re.sub(r"\D", "", listed.inner_text().partition(" images")[0]))
    wanted = inside(embedding.features, corners)
    assert count == pytest.approx(wanted.sum(), rel=0.05, abs=3)
    # A pixel of the screen is wider than a step of the map.
    around = inside(embedding.features, corners + 300 * square)
    for place in range(min(count, 10)):
        assert around[int(thumbnails(page).nth(place).get_attribute("data-index") or -1)]
    thumbnails(page).first.click()
    expect(page.get_by_role("link", name="Open in Images")).to_be_visible()
    # The line is in the address: loaded again, it is there, and Escape takes it out.
    address = page.url
    page.reload()
    expect(listed).to_have_text(re.compile(rf"^{count:,} images inside the line"))
    _shown(page)
    page.get_by_role("link", name="Open them in Images").click()
    n_test = len(DATASETS["fashion-mnist"].load("test"))
    shown = page.get_by_text(re.compile(r"^1–\d+ of [\d,]+ images"))
    expect(shown).to_be_visible()
    in_test = _count(shown)
    assert in_test == pytest.approx(wanted[-n_test:].sum(), rel=0.1, abs=3)
    page.get_by_role("radio", name="Training").click()
    settle(page)
    assert in_test + _count(shown) == count
    page.get_by_role("button", name="Inside your line").click()
    settle(page)
    assert _count(shown) == len(embedding.features) - n_test
    assert "inside=" not in page.url
    page.goto(address)
    expect(listed).to_be_visible()
    _shown(page)
    page.locator(".over").press("Escape")
    expect(listed).to_have_count(0)
    expect(page.get_by_text("Which classes lie together")).to_be_visible()


def test_a_class_can_be_shown_alone_and_its_wrong_answers_come_first(
    page: Page, embedding: Embedding, data: Path
) -> None:
    visit(page, "/data?view=Map&wrong=true")
    _shown(page)
    bag = page.locator(".legend").get_by_role("button", name="Bag")
    bag.click()
    expect(bag).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="List").click()
    said = page.get_by_text("images inside the line").locator("..")
    expect(said).to_have_text(re.compile(r"line: [\d,]+ Bag\.$"))
    settle(page)
    counted = page.get_by_text("test images are answered wrong").inner_text()
    wrong, tested = (int(number.replace(",", "")) for number in re.findall(r"[\d,]+", counted))
    test = DATASETS["fashion-mnist"].load("test").labels
    assert tested == (test == DATASETS["fashion-mnist"].class_names.index("Bag")).sum()
    marks = [each.get_attribute("data-outcome") for each in thumbnails(page).all()]
    first = min(wrong, len(marks))
    assert marks == ["wrong"] * first + [""] * (len(marks) - first)


def test_by_keyboard(page: Page, embedding: Embedding) -> None:
    visit(page, "/data?view=Map")
    box = _shown(page)
    plane, over = page.locator(".plane"), page.locator(".over")
    expect(over).to_have_attribute("aria-label", re.compile("^Map of .* images"))
    over.focus()
    # Until a crowd of points is in the middle, of which one is pointed at.
    x, y = embedding.features[0].astype(float) - (SIDE + 1) / 2
    step = 60 * (SIDE + 1) / min(box["width"], box["height"])
    for key, times in (("ArrowRight", round(x / step)), ("ArrowDown", round(y / step))):
        back = {"ArrowRight": "ArrowLeft", "ArrowDown": "ArrowUp"}[key]
        for _ in range(abs(times)):
            over.press(key if times > 0 else back)
    expect(page.locator(".tip")).to_be_visible()
    over.press("Enter")
    expect(page.get_by_role("link", name="Open in Images")).to_be_visible()
    for _ in range(3):
        over.press("+")
    expect(plane).to_have_attribute("data-zoom", re.compile(r"^[23]"))
    over.press("0")
    expect(plane).to_have_attribute("data-zoom", "1.00")


def test_the_image_of_a_link_is_pointed_out(page: Page, embedding: Embedding) -> None:
    visit(page, "/data?view=Map&image=5&source=Training")
    box = _shown(page)
    mark = page.locator(".names figure")
    expect(mark).to_have_text("Training image 5")
    told = mark.evaluate("e => e.style.transform")
    left, top = map(float, re.findall(r"-?[\d.]+(?=px)", told))
    wanted = np.subtract(_on_screen(embedding.features[5], box), (box["x"], box["y"]))
    np.testing.assert_allclose((left, top), wanted, atol=2)


def test_a_drawing_is_found_among_what_looks_like_it(
    page: Page, embedding: Embedding, labels: NDArray[np.uint8]
) -> None:
    visit(page, "/draw")
    draw_shirt(page)
    expect(headline(page)).to_have_text(ANSWER)
    go_to(page, "Data")
    page.get_by_role("radio", name="Map").click()
    box = _shown(page)
    mark = page.locator(".names figure")
    expect(mark).to_have_text("Your drawing is here")
    told = mark.evaluate("e => e.style.transform")
    place = np.array([float(each) for each in re.findall(r"-?[\d.]+(?=px)", told)])
    place += (box["x"], box["y"])
    apart = [np.hypot(*np.subtract(_on_screen(p, box), place)) for p in embedding.features[::50]]
    nearest = labels[::50][np.argsort(apart)[:9]]
    names = DATASETS["fashion-mnist"].class_names
    assert all(names[label] in _TOPS for label in nearest)


def test_a_photo_is_found_on_both_maps(page: Page, embedding: Embedding) -> None:
    visit(page, "/photo")
    thumbnails(page).first.click()
    expect(headline(page)).to_have_text(ANSWER)
    go_to(page, "Data")
    page.get_by_role("radio", name="Map").click()
    for name in ("features", "pixels"):
        page.get_by_role("radio", name=name.capitalize()).click()
        _shown(page, name)
        expect(page.locator(".names figure")).to_have_text("Your photo is here")


def test_without_webgl_it_says_so_in_words(new_page: NewPage, embedding: Embedding) -> None:
    page = new_page()
    page.add_init_script(
        "const get = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
        " return kind === 'webgl2' ? null : get.call(this, kind, ...rest); };"
    )
    visit(page, "/data?view=Map")
    expect(page.locator(".words")).to_contain_text("This browser cannot draw the map")
    expect(page.get_by_text("Which classes lie together")).to_be_visible()
