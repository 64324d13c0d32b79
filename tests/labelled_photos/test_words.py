import pytest

from fmnist.datasets import DATASETS
from fmnist.labelled_photos.words import (
    CLASSES_OF,
    NEITHER,
    WORN,
    classes_named,
    classes_of,
    classes_worn,
    holds_none,
    usual_words,
)

NAMES = DATASETS["fashion-mnist"].class_names
DIGITS = DATASETS["mnist"].class_names


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("t-shirt", {0}),
        ("pants", {1}),
        ("longsleeve", {2}),
        ("dress", {3}),
        ("outwear", {4}),
        ("shirt", {6}),
        ("purse", {8}),
        ("shoes", {5, 7, 9}),
        ("flip flops", {5}),
        ("Flip_Flops", {5}),
        ("t-shirt-top", {0}),
        ("T-shirt/top", {0}),
        ("ankle-boot", {9}),
        ("innerwear-vests", {0}),
        ("laptop-bag", {8}),
        ("heels", {5, 7, 9}),
        ("hat", set()),
        ("watches", set()),
        ("none-of-the-ten", set()),
        ("not-in-the-ten-cat", set()),
        ("kurtas", None),
        ("train", None),
        ("", None),
    ],
)
def test_what_a_name_stands_for(name: str, classes: set[int] | None) -> None:
    assert classes_of(name, NAMES) == classes


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("Dresses", {3}),
        ("T-shirts", {0}),
        ("AnkleBoot", {9}),
        ("ankle_boots", {9}),
        ("Sneaker Shoes", None),
        ("sneakers", {7}),
        ("coats", {4}),
        ("boot", {9}),
        ("belt", set()),
        ("0", {0}),
        ("9", {9}),
        ("10", None),
        ("kurtas", None),
        ("s", None),
        ("", None),
    ],
)
def test_a_folder_may_be_named_in_other_ways(name: str, classes: set[int] | None) -> None:
    assert classes_named(name, NAMES) == classes


def test_every_line_of_the_table_names_classes_there_are() -> None:
    for table in (CLASSES_OF, WORN):
        assert all(set(classes) <= set(NAMES) for classes in table.values())
    assert all(classes_of(name, NAMES) is not None for name in CLASSES_OF)


def test_what_is_neither_stands_for_nothing() -> None:
    assert all(classes_of(name, NAMES) is None for name in NEITHER)


def test_another_data_set_has_other_names() -> None:
    assert classes_of(DIGITS[3], DIGITS) == {3}
    assert classes_of("pants", DIGITS) is None
    assert classes_of("hat", DIGITS) == set()


def test_a_word_may_mean_something_else_in_the_street() -> None:
    assert classes_worn("leggings", NAMES) == {1}
    assert classes_worn("jeans", NAMES) == {1}
    for word in ("hat", "cardigan", "necklace"):
        assert classes_worn(word, NAMES) == set()


def test_people_are_told_one_word_for_each_class() -> None:
    words = usual_words(NAMES)
    assert words[:2] == ["t-shirt", "pants"]
    assert {index for word in words for index in classes_of(word, NAMES) or ()} == set(range(10))
    assert usual_words(DIGITS) == []


@pytest.mark.parametrize(
    ("name", "none"),
    [("things", True), ("None of the ten", True), ("not-in-the-ten-toys", True), ("more", False)],
)
def test_some_folders_hold_none_whatever_is_in_them(name: str, none: bool) -> None:
    assert holds_none(name) == none
