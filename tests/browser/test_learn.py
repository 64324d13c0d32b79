"""Learn, in a browser: the whole path, a wrong answer first each time, and every link."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from fmnist.ui.learn import LESSONS
from fmnist.ui.learn.lesson import Answer
from tests.browser.steps import chart, headline, settle, visit

_TITLES = {"images.py": "Images", "inside.py": "Inside", "train.py": "Train", "models.py": "Models"}


def _choose(page: Page, answer: Answer) -> None:
    text = answer.text.replace("`", "")
    page.get_by_role("radio", name=text, exact=True).check(force=True)
    settle(page)


def _main(page: Page) -> Locator:
    return page.get_by_test_id("stMain")


def test_the_whole_path_and_what_is_done_is_kept(page: Page) -> None:
    visit(page, "/learn")
    expect(_main(page)).to_contain_text(f"{len(LESSONS)} lessons")
    page.get_by_role("link", name=re.compile("Begin")).click()
    *_, last = LESSONS
    for name, lesson in LESSONS.items():
        expect(headline(page)).to_have_text(lesson.title)
        expect(page).to_have_url(re.compile(f"lesson={name}"))
        settle(page)
        # The other wrong ones are tried in tests/pages.
        right, wrong, *_ = sorted(lesson.answers, key=lambda each: not each.right)
        _choose(page, wrong)
        expect(_main(page)).to_contain_text("Not quite.")
        _choose(page, right)
        expect(_main(page)).to_contain_text("Right.")
        forward = "All lessons" if name == last else "Next:"
        page.get_by_role("link", name=re.compile(forward)).last.click()
    expect(_main(page)).to_contain_text(f"{len(LESSONS)} of {len(LESSONS)} done")
    # A new visit with the same browser.
    again = page.context.new_page()
    visit(again, "/learn")
    expect(_main(again)).to_contain_text(f"{len(LESSONS)} of {len(LESSONS)} done")


@pytest.mark.parametrize("name", LESSONS)
def test_its_link_opens_what_it_promises(name: str, page: Page) -> None:
    link = LESSONS[name].link
    visit(page, f"/learn?lesson={name}")
    page.get_by_role("link", name=link.label).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(_TITLES[link.page])
    settle(page)
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
    if "image" in link.choices and link.page == "inside.py":
        expect(page.get_by_label("Test image")).to_have_value(link.choices["image"])
        expect(page.get_by_role("radio", name=link.choices["layer"], exact=True)).to_be_checked()


def test_a_card_leads_to_its_lesson_and_the_browser_back(page: Page) -> None:
    visit(page, "/learn")
    page.get_by_text(LESSONS["loss"].summary).click(force=True)  # anywhere on the card
    expect(headline(page)).to_have_text(LESSONS["loss"].title)
    expect(chart(page)).to_be_visible()
    page.get_by_role("link", name="All lessons").click()
    expect(_main(page)).to_contain_text("The course, live")
    expect(page).to_have_url(re.compile("/learn$"))
    page.go_back()
    expect(headline(page)).to_have_text(LESSONS["loss"].title)


def test_a_word_of_the_glossary_says_what_it_means(page: Page) -> None:
    visit(page, "/learn?lesson=memorising")
    word = page.locator("abbr", has_text="overfitting")
    expect(word).to_have_attribute("title", re.compile("by heart"))
    visit(page, "/learn")
    page.get_by_text("Glossary").click()
    expect(page.locator(".glossary dt", has_text="softmax")).to_be_visible()
