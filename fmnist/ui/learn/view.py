"""The Learn page: the cards of all lessons, or one of them."""

import streamlit as st

from fmnist.settings import PAGES, UI
from fmnist.ui.glossary import glossary, write
from fmnist.ui.learn import LESSONS
from fmnist.ui.learn.lesson import Answer, Lesson
from fmnist.ui.learn.notebook import notebook_links
from fmnist.ui.learn.picture import picture
from fmnist.ui.learn.progress import finish, finished, keep

_LESSON, _SHOWN = "lesson", "lesson-shown"
_ALL = "all"  # what the URL of a link to the cards names in a lesson's place
_NAMES = list(LESSONS)


def chosen_lesson() -> str | None:
    """Return the lesson that the URL names; None if it names none that there is."""
    named = st.query_params.get(_LESSON)
    name = named if named in LESSONS else None
    # A link to the page that one is on leaves the address bar as it was.
    if name and st.session_state.get(_SHOWN, name) != name:
        st.query_params[_LESSON] = name
    elif named and not name:
        del st.query_params[_LESSON]
    st.session_state[_SHOWN] = name
    return name


def overview() -> None:
    """Show a card for each lesson, what is done, and the glossary."""
    st.html(UI / "learn" / "learn.css")
    done = finished(_NAMES)
    rest = [name for name in _NAMES if name not in done]
    st.write(
        "The course, live: each lesson computes something while you watch, and asks you one thing "
        "about it."
    )
    said = f"{len(done)} of {len(_NAMES)} done" if done else f"{len(_NAMES)} lessons"
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.progress(len(done) / len(_NAMES), text=said, width=320)
        if rest:
            title = f"{'Go on' if done else 'Begin'}: {LESSONS[rest[0]].title}"
            _link(rest[0], title, ":material/play_arrow:")
    with st.container(key="cards"):
        for number, (name, lesson) in enumerate(LESSONS.items(), 1):
            with st.container(border=True, key=f"card-{name}", gap=None):
                st.html(f'<img src="{picture(lesson.picture)}" alt="">')
                icon = ":material/check_circle:" if name in done else None
                _link(name, f"{number} {lesson.title}", icon)
                st.caption(f"{lesson.summary}{' Done.' if name in done else ''}")
    with st.expander("Glossary: the words of the course", icon=":material/dictionary:"):
        glossary()
    notebook_links()
    keep(_NAMES)


def lesson_view(name: str) -> None:
    """Show one lesson: text and question left, the live thing right; on a phone that is first."""
    st.html(UI / "learn" / "learn.css")
    lesson, place = LESSONS[name], _NAMES.index(name)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        _link(None, "All lessons", ":material/arrow_back:")
        st.caption(f"Lesson {place + 1} of {len(_NAMES)}", width="content")
    st.header(lesson.title, anchor=False)
    with st.container(key="lesson"):
        text, live = st.columns([4, 7], gap="large")
        with text:
            write(lesson.words)
            write(f"**When it fails.** {lesson.failure}")
            _question(name, lesson)
            st.page_link(
                PAGES / lesson.link.page,
                label=lesson.link.label,
                icon=":material/open_in_new:",
                query_params=dict(lesson.link.choices),
            )
        with live:
            lesson.live()


@st.fragment
def _question(name: str, lesson: Lesson) -> None:
    """Ask; a wrong answer gets a hint, the right one finishes the lesson."""
    with st.container(border=True, key="question"):
        answer: Answer | None = st.radio(
            f"**{lesson.question}**",
            lesson.answers,
            index=None,
            format_func=lambda each: each.text,
            key=f"answer-{name}",
        )
        if answer is None:
            was = " Done before." if name in finished(_NAMES) else ""
            st.caption(f"Try it first, then choose.{was}")
        elif answer.right:
            finish(name, _NAMES)
            st.success(f"Right. {answer.why}", icon=":material/check_circle:")
            _go_on(name)
        else:
            st.warning(f"Not quite. {answer.why}", icon=":material/lightbulb:")
    keep(_NAMES)


def _go_on(name: str) -> None:
    after = _NAMES[_NAMES.index(name) + 1 :]
    title = f"Next: {LESSONS[after[0]].title}" if after else "All lessons"
    _link(after[0] if after else None, title, ":material/arrow_forward:")


def _link(name: str | None, label: str, icon: str | None) -> None:
    """Link to a lesson, or to all of them."""
    model = {"model": st.query_params["model"]} if "model" in st.query_params else {}
    st.page_link(
        PAGES / "learn.py",
        label=label,
        icon=icon,
        query_params=model | {_LESSON: name or _ALL},
    )
