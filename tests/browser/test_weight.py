"""What the server has in its memory once people have used every page."""

import psutil
from playwright.sync_api import Page

from tests.browser.server import Served
from tests.browser.steps import use_every_page


def test_the_server_never_loads_tensorflow(page: Page, served: Served) -> None:
    use_every_page(page)
    loaded = {mapped.path for mapped in psutil.Process(served.process.pid).memory_maps()}
    assert any("litert" in path or "tflite" in path for path in loaded)
    heavy = ("tensorflow", "sklearn", "scipy")
    assert not [path for path in loaded if any(f"/{name}" in path for name in heavy)]
