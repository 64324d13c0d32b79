"""Words: which of Fashion-MNIST's classes the names of folders, tags and garments stand for."""

import re
from collections.abc import Sequence

# The folder in which the app itself keeps what is none of the ten.
NONE = "none-of-the-ten"
NONE_PREFIX = "not-in-the-ten-"

SHOES = ("Sandal", "Sneaker", "Ankle boot")

# What people call what they wear, what a shop calls what it sells and what annotators of street
# photos call what they see, by the classes that are right for it: often one, for shoes any of
# three, for what is none of the ten no class at all. Each row begins with the word that is most
# usual; a class's own name, as in “ankle-boot”, is understood without standing here.
_WORDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("T-shirt/top",), "t-shirt tshirts polo undershirt top tops innerwear-vests"),
    (("Trouser",), "pants trousers jeans track-pants"),
    (("Pullover",), "longsleeve hoodie sweater sweaters sweatshirt sweatshirts jumper"),
    (("Dress",), "dress dresses"),
    (("Coat",), "outwear jacket jackets blazer cape suit"),
    (("Sandal",), "flip-flops sandals sports-sandals"),
    (("Shirt",), "shirt shirts blouse"),
    (("Sneaker",), "sneakers"),
    (("Bag",), "purse handbags backpacks clutches duffel-bag laptop-bag messenger-bag"),
    (("Ankle boot",), "boots"),
    (
        SHOES,
        "shoes shoe casual-shoes sports-shoes formal-shoes heels wedges pumps flats loafers clogs",
    ),
    (
        (),
        "hat shorts skirt skirts belt belts briefs cap caps cufflinks deodorant glove gloves hair "
        "mobile-pouch mufflers perfume-and-body-mist scarf scarves sock socks sunglasses tie ties "
        f"trunk umbrella umbrellas wallet wallets watch watches {NONE}",
    ),
)
CLASSES_OF: dict[str, tuple[str, ...]] = {
    word: classes for classes, words in _WORDS for word in words.split()
}
# Worn, and neither plainly one of the ten nor none of them: such photos teach and measure nothing.
NEITHER = {
    *("body", "bodysuit", "capris", "cardigan", "kurtas", "kurtis", "leggings", "romper"),
    *("tracksuits", "tunics", "vest"),
}
# Garments that are none of the ten and, unlike a ring, large enough to be outlined.
OTHER_GARMENTS = {
    *("gloves", "hat", "scarf", "shorts", "skirt", "socks", "stockings", "tie", "tights"),
}
# A shop sells leggings of any length, and as tights; worn in the street they are trousers.
WORN: dict[str, tuple[str, ...]] = {"leggings": ("Trouser",)}


def plain(name: str) -> str:
    """Write a name as folders are called: ``T-shirt/top`` is ``t-shirt-top``."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def classes_of(name: str, class_names: Sequence[str]) -> frozenset[int] | None:
    """Tell which classes a name stands for, as indices.

    Returns:
        The classes that are right, empty for what is none of them; None for a name that nobody
        knows, and for what is ``NEITHER``.
    """
    name = plain(name)
    if name.startswith(NONE_PREFIX):
        return frozenset()
    own = {plain(class_name): (class_name,) for class_name in class_names}
    return _indices((CLASSES_OF | own).get(name), class_names)


def classes_worn(tag: str, class_names: Sequence[str]) -> frozenset[int]:
    """Tell which classes a word stands for that says what somebody wears; empty for none."""
    worn = _indices(WORN.get(plain(tag)), class_names)
    return worn or classes_of(tag, class_names) or frozenset()


def usual_words(class_names: Sequence[str]) -> list[str]:
    """List the most usual word for each set of classes, to tell people how to call a folder."""
    first = [words.split()[0] for _, words in _WORDS]
    return [word for word in first if classes_of(word, class_names)]


def names_expected(class_names: Sequence[str]) -> str:
    """Say, to somebody whose folders are called otherwise, what they may be called."""
    own, usual = ", ".join(map(plain, class_names)), ", ".join(usual_words(class_names))
    expected = f"Expected a sub-folder of image files for each class, named {own}"
    return f"{expected}, or {usual}" if usual else expected


def holds_none(name: str) -> bool:
    """Tell whether a folder of folders holds none of the ten, whatever those are called."""
    name = plain(name)
    return name in ("things", NONE) or name.startswith(NONE_PREFIX)


def _indices(classes: tuple[str, ...] | None, class_names: Sequence[str]) -> frozenset[int] | None:
    if classes is None or not set(classes) <= set(class_names):
        return None
    return frozenset(map(class_names.index, classes))
