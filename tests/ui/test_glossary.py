"""The words of the course, explained wherever they stand."""

from fmnist.lessons.glossary import GLOSSARY
from fmnist.ui.glossary import explained


def test_a_word_is_explained_the_first_time_and_names_are_left_alone() -> None:
    said = explained("A unit of **dense**, and more units: `fit` and a dense layer.")
    assert said.count("<abbr") == 2
    assert f'<abbr title="{GLOSSARY["unit"]}">unit</abbr> of **dense**' in said
    assert "more units: `fit` and a <abbr" in said


def test_every_word_is_explained_in_a_sentence() -> None:
    for word, meaning in GLOSSARY.items():
        assert meaning.endswith("."), word
        assert meaning[0].isupper(), word
