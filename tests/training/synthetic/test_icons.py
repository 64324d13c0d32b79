"""Icons: fetched, verified, labelled."""

from pathlib import Path

import numpy as np
import pytest

from fmnist.datasets import DATASETS
from fmnist.training.synthetic import icons
from fmnist.training.synthetic.icon_labels import GARMENTS, classes_of_icon
from fmnist.training.synthetic.icons import (
    ICON_SETS,
    SOURCES,
    IconsUnavailableError,
    fetch,
    load_icons,
    read,
)
from fmnist.training.synthetic.symbols import GARMENTS as SYMBOLS
from tests.datasets.server import serving

SETS = [each.name for each in ICON_SETS]
LABELLED = [name for names in GARMENTS.values() for name in names.split()]


def test_garments_are_known_and_look_alikes_in_neither(small_icons: None) -> None:
    trained_on, held_out = load_icons(), load_icons(held_out=True)
    for found, name in ((trained_on, SETS[0]), (held_out, SETS[-1])):
        shown = {right: [icon.name for icon in each] for right, each in found.garments.items()}
        assert shown == {frozenset({0}): [f"{name}/shirt"]}
        # Neither the padlock, nor what is filled, nor what was withdrawn.
        others = ["house", "fish", "minus", "wide"]
        assert [icon.name for icon in found.others] == [f"{name}/{other}" for other in others]


def test_an_icon_has_its_own_view_box_or_that_of_its_set(small_icons: None) -> None:
    house, *_, wide = load_icons().others
    assert (house.width, house.height) == (24, 24)
    assert (wide.width, wide.height) == (48, 24)
    np.testing.assert_allclose(np.ptp(wide.lines[0], axis=0), [1, 0.5], atol=1e-6)
    assert house.lines is house.lines, "read once"


def test_what_is_taken_can_be_drawn_and_comes_with_its_classes(small_icons: None) -> None:
    found, random = load_icons(), np.random.default_rng(0)
    lines, right = found.garment(random)
    assert (right, len(lines)) == (frozenset({0}), 1)
    taken = [len(found.other(random)) for _ in range(50)]
    assert min(taken) == 1, "never the minus, which is nothing to draw"
    assert max(taken) == 2, "the house has walls and a roof"


def test_every_set_of_classes_is_taken_as_often(small_icons: None) -> None:
    (shirt,) = load_icons().garments[frozenset({0})]
    bags = frozenset({8})
    mixed = icons.Icons({frozenset({0}): (shirt,), bags: (shirt,) * 9}, ())
    random = np.random.default_rng(0)
    taken = [mixed.garment(random)[1] for _ in range(400)]
    assert taken.count(bags) == pytest.approx(200, abs=40)


def test_a_set_is_fetched_once_and_verified(
    small_icons: None, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (icon_set, _) = icons.ICON_SETS
    path = cache_folder / "icons" / icon_set.file
    monkeypatch.setattr("fmnist.datasets.download.time.sleep", lambda _: None)
    content = path.read_bytes()
    path.unlink()
    with serving({icon_set.file: content}) as server:
        monkeypatch.setattr(icons, "REGISTRY", server.url)
        assert fetch(icon_set) == fetch(icon_set) == path
        assert path.read_bytes() == content
        assert server.paths == [f"/datasets/@iconify-json/{icon_set.name}/-/{icon_set.file}"]
        # What has been spoilt here is fetched again; what is spoilt there is not taken.
        path.write_bytes(b"spoilt")
        assert fetch(icon_set).read_bytes() == content
        path.unlink()
        server.files[icon_set.file] = b"something else"
        with pytest.raises(IconsUnavailableError, match="not the published one"):
            fetch(icon_set)
        assert not path.exists()
        server.faults = ["unavailable"] * 3  # as often as it is tried
        with pytest.raises(IconsUnavailableError, match="503"):
            fetch(icon_set)


def test_without_a_connection_it_is_a_sentence_that_says_what_to_do(cache_folder: Path) -> None:
    with pytest.raises(IconsUnavailableError) as caught:
        load_icons()
    sentence = str(caught.value)
    assert sentence.startswith(f"The icons of {ICON_SETS[0].title} are not on this machine")
    assert "could not be fetched: 127.0.0.1:9 could not be reached" in sentence
    assert (
        f"{ICON_SETS[0].url} in another way and put it into {cache_folder / 'icons'}." in sentence
    )


def test_some_sets_are_held_out_and_the_card_names_the_others() -> None:
    trained_on = [each for each in ICON_SETS if not each.held_out]
    assert 0 < len(trained_on) < len(ICON_SETS)
    assert [source["name"] for source in SOURCES] == [each.title for each in trained_on]
    assert [source["licence"] for source in SOURCES] == [each.licence for each in trained_on]


def test_labels_are_of_the_sets_and_each_icon_has_one() -> None:
    assert len(LABELLED) == len(set(LABELLED))
    assert {name.partition("/")[0] for name in LABELLED} == set(SETS)
    classes = range(len(DATASETS["fashion-mnist"].class_names))
    for right in GARMENTS:
        assert right and set(right) <= set(classes)
        # A set of its own would be drawn as often as all sneakers together.
        assert len(right) == 1 or right in [symbol for _, symbol in SYMBOLS]


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("tabler/shirt", {0}),
        ("lucide/sport-shoe", {5, 7, 9}),
        ("icon-park-outline/theme", {0}),  # looked at: it is a T-shirt
        ("tabler/sock", set()),
        ("iconoir/short-pants", set()),
        ("tabler/horseshoe", set()),
        ("hugeicons/investigation", set()),
        ("tabler/square", set()),
        ("tabler/ball-basketball", set()),
        ("tabler/shirt-off", None),
        ("tabler/jacket", None),  # looked at: it is a vest
        ("hugeicons/square-lock-01", None),
        ("tabler/weight", None),
        ("tabler/moneybag", None),
        ("iconoir/suitcase", None),
    ],
)
def test_names_are_garments_other_things_or_left_out(name: str, right: set[int] | None) -> None:
    assert classes_of_icon(name) == right


@pytest.mark.parametrize("icon_set", ICON_SETS, ids=SETS)
def test_the_real_set_has_what_the_labels_name(icon_set: icons.IconSet) -> None:
    path = icons.settings.cache_folder() / "icons" / icon_set.file
    if not path.exists():
        pytest.skip(f"needs {path.name}, which training `everyday` fetches")
    found = {icon.name: icon for icon in read(icon_set, fetch(icon_set))}
    own = [name for name in LABELLED if name.startswith(f"{icon_set.name}/")]
    assert own and all(found[name].lines for name in own)
    others = [icon for name, icon in found.items() if classes_of_icon(name) == frozenset()]
    assert len(others) > 1000
    drawn = [icon for icon in others[::20] if icon.lines]
    assert len(drawn) > 0.9 * len(others[::20])
