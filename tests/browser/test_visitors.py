"""A class: two people in browsers of their own, who share a server."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from typer.testing import CliRunner

from fmnist.__main__ import cli
from fmnist.training.queue import turn
from fmnist.training.run import Run
from fmnist.training.runs import list_runs
from fmnist.training.status import State
from fmnist.visitors import COOKIE
from tests.browser.conftest import places
from tests.browser.server import serving
from tests.browser.steps import correct, headline, settle, stroke, thumbnails, visit

LABELS = ("Sandal", "Bag")


@pytest.fixture
def environment(data_folder: Path, trained_models: Path, tmp_path: Path) -> dict[str, str]:
    return places(tmp_path, data_folder) | {
        "FMNIST_MODELS_DIR": str(trained_models),
        "FMNIST_CLASS": "1",
    }


@pytest.fixture
def people(browser: Browser, environment: dict[str, str], tmp_path: Path) -> Iterator[list[Page]]:
    """Two empty tabs, whose browsers know nothing of each other."""
    log = tmp_path / "log.txt"
    with serving(log, environment) as app:
        app.wait()
        contexts = [browser.new_context(base_url=app.url) for _ in LABELS]
        yield [context.new_page() for context in contexts]
        for context in contexts:
            context.close()
    assert "Traceback" not in log.read_text()


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Path]:
    """The folder of runs, in which somebody trains already: others wait, and cost nothing."""
    folder = tmp_path / "runs"
    folder.mkdir()
    with turn(folder / "somebody's"):
        yield folder
        for run in list_runs(folder):
            run.stop()


def _name(page: Page) -> str:
    (cookie,) = (each for each in page.context.cookies() if each["name"] == COOKIE)
    return cookie["value"].partition(".")[0]


def _run_of(page: Page, runs: Path) -> Run:
    (run,) = list_runs(runs, _name(page))
    return run


def test_two_people_have_images_and_runs_of_their_own(
    runs: Path, people: list[Page], environment: dict[str, str]
) -> None:
    for page, label in zip(people, LABELS, strict=True):
        visit(page, "/draw")
        stroke(page, (0.3, 0.3), (0.7, 0.7))
        correct(page, label)
        visit(page, "/train")
        page.get_by_role("button", name="Train", exact=True).click()
        expect(page.locator(".stMarkdownBadge")).to_contain_text("Waiting")
    ann, ben = people
    assert _name(ann) != _name(ben)
    hers, his = (_run_of(page, runs) for page in people)

    # By a link to her run he finds his own, behind hers, and stops it.
    visit(ben, f"/train?run={hers.id}")
    expect(ben).to_have_url(re.compile(his.id))
    expect(ben.get_by_text("In the queue: one run is before this one.")).to_be_visible()
    ben.get_by_role("button", name="Stop", exact=True).click()
    expect(ben.locator(".stMarkdownBadge")).to_contain_text("Stopped")
    assert (hers.status().state, his.status().state) == (State.WAITING, State.STOPPED)

    for page, label in zip(people, LABELS, strict=True):
        visit(page, "/my_images")
        expect(thumbnails(page)).to_have_count(1)
        expect(thumbnails(page)).to_have_attribute("title", label)
    listed = CliRunner().invoke(cli, ["visitors"], env=environment | {"COLUMNS": "200"}).stdout
    rows = [line.split() for line in listed.splitlines()]
    for page, run in zip(people, (hers, his), strict=True):
        assert any(row[:2] == [run.id, _name(page)] for row in rows)
        assert any(row[:3] == [_name(page), "Fashion-MNIST", "1"] for row in rows)

    ben.get_by_role("button", name="Remove all").click()
    ben.get_by_test_id("stPopoverBody").get_by_role("button", name="Remove").click()
    expect(headline(ben)).to_have_text("Nothing kept yet")
    ann.reload()
    settle(ann)
    expect(thumbnails(ann)).to_have_count(1)
