"""The contract of every lesson, and the glossary's words where they stand."""

import re
from xml.etree import ElementTree

import pytest

from fmnist.lessons.assignment import QUESTIONS
from fmnist.settings import PAGES
from fmnist.ui.learn import LESSONS

# The course's order; the assignment comes after its eight lessons.
_ORDER = ["Celsius", "numbers", "softmax", "optimiser", "validation", "Convolution", "against"]


def test_they_come_in_the_course_s_order() -> None:
    titles = [lesson.title for lesson in LESSONS.values()]
    assert len(titles) == 9
    for title, word in zip(titles, _ORDER, strict=False):
        assert word in title


@pytest.mark.parametrize("name", LESSONS)
def test_every_lesson_says_asks_and_leads_on(name: str) -> None:
    lesson = LESSONS[name]
    assert re.fullmatch(r"[a-z-]+", name), "it stands in a URL"
    assert lesson.title and lesson.summary and lesson.failure
    assert 1 <= lesson.words.count(". ") + 1 <= 6
    assert lesson.question.rstrip("`").endswith(("?", "."))
    assert sum(answer.right for answer in lesson.answers) == 1
    assert len({answer.text for answer in lesson.answers}) == len(lesson.answers) >= 3
    for answer in lesson.answers:
        assert len(answer.why) > 60, "a hint explains; “wrong” alone teaches nothing"
    assert (PAGES / lesson.link.page).is_file()
    ElementTree.fromstring(f"<svg>{lesson.picture}</svg>")


def test_the_questions_do_not_all_have_the_same_place_for_the_right_answer() -> None:
    places = {[a.right for a in lesson.answers].index(True) for lesson in LESSONS.values()}
    assert len(places) > 1


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.text[:30])
def test_every_question_of_the_assignment_leads_somewhere(question: object) -> None:
    assert isinstance(question, tuple)
    text, answer, page, where, choices = question
    assert text.endswith("?") and answer and where
    assert (PAGES / page).is_file()
    assert choices.get("lesson", "celsius") in LESSONS
