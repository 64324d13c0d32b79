"""Render the bundled example pictures: ``python examples/render.py``.

They are drawn from the paths in ``clothes.py``, ``leather.py`` and ``sheets.py`` and look the same
at every run; those in ``svg/``, people among them, by Chromium. Each lies in the folder of its way
to 28×28.
"""

import io
import shutil
from pathlib import Path

from clothes import DRESS, T_SHIRT, TROUSER
from leather import ANKLE_BOOT, BAG, SNEAKER
from PIL import Image
from playwright.sync_api import sync_playwright
from sheets import EIGHT, FIVE, SEVEN, TWO
from studio import SIDE, laid, photograph

HERE = Path(__file__).parent

# What somebody takes along.
PACKED = [
    *laid(T_SHIRT, 0.52, -1, 0),
    *laid(TROUSER, 0.56, 46, 0),
    *laid(BAG, 0.4, 4, 57),
    *laid(SNEAKER, 0.4, 54, 58),
]

SCENES = {
    "clothes/t-shirt.jpg": (T_SHIRT, "#f3efe8"),
    "clothes/trouser.jpg": (TROUSER, "#eef1f2"),
    "clothes/dress.webp": (DRESS, "#f4eeea"),
    "clothes/sneaker.jpg": (SNEAKER, "#eff0ec"),
    "clothes/bag.jpg": (BAG, "#f2eeee"),
    "clothes/ankle-boot.webp": (ANKLE_BOOT, "#f1efe9"),
    "handwriting/2.jpg": (TWO, "#ffffff"),
    "handwriting/5.jpg": (FIVE, "#ffffff"),
    "handwriting/7.jpg": (SEVEN, "#ffffff"),
    "handwriting/8.jpg": (EIGHT, "#ffffff"),
    "clothes/packed.jpg": (PACKED, "#f1eee8"),
}


def main() -> None:
    """Write every picture below this file's folder."""
    for seed, (name, (pieces, ground)) in enumerate(SCENES.items()):
        photograph(pieces, ground, seed).save(HERE / name, quality=88)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport={"width": SIDE, "height": SIDE}, device_scale_factor=2)
        for svg in sorted((HERE / "svg").glob("*.svg")):
            page.set_content(f"<style>* {{ margin: 0 }}</style>{svg.read_text()}")
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").reduce(2)
            picture.save(HERE / "clothes" / f"{svg.stem}.jpg", quality=88, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
