"""Render the bundled example pictures: ``python examples/render.py``.

They are drawn from the paths in ``clothes.py`` and ``leather.py`` and look the same at every run.
"""

from pathlib import Path

from clothes import DRESS, T_SHIRT, TROUSER
from leather import ANKLE_BOOT, BAG, SNEAKER
from studio import photograph

HERE = Path(__file__).parent

SCENES = {
    "t-shirt.jpg": (T_SHIRT, "#f3efe8"),
    "trouser.jpg": (TROUSER, "#eef1f2"),
    "dress.webp": (DRESS, "#f4eeea"),
    "sneaker.jpg": (SNEAKER, "#eff0ec"),
    "bag.jpg": (BAG, "#f2eeee"),
    "ankle-boot.webp": (ANKLE_BOOT, "#f1efe9"),
}


def main() -> None:
    """Write every picture beside this file."""
    for seed, (name, (pieces, ground)) in enumerate(SCENES.items()):
        photograph(pieces, ground, seed).save(HERE / name, quality=88)


if __name__ == "__main__":
    main()
