"""Links that people have, from whenever they took them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import visit

# An address, the page it opens, and something that stands there.
LINKS = [
    ("/?class=Shirt&answers=Wrong&order=Least+sure+first", "Images", "(true: Shirt)"),
    ("/?page=3", "Images", "121–180 of"),
    ("/draw?model=cnn", "Draw", "Draw something to wear"),
    ("/photo", "Photo", "Show it something to wear"),
    ("/train?what=Recipe", "Train", "Recipe"),
    ("/models?card=dense", "Models", "evaluate dense --json"),
    ("/models?first=dense&second=cnn", "Models", "McNemar"),
]


@pytest.mark.parametrize(("address", "title", "words"), LINKS)
def test_a_link_of_before_opens(address: str, title: str, words: str, page: Page) -> None:
    visit(page, address)
    expect(page).to_have_title(f"{title} · Meet a classifier")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_test_id("stMain")).to_contain_text(re.compile(re.escape(words)))
