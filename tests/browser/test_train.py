"""Train, in a browser: real runs in processes of their own."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page, expect

from fmnist.training.run import Run
from fmnist.training.runs import list_runs
from fmnist.training.status import State
from tests.browser.conftest import NewPage
from tests.browser.steps import (
    ANSWER,
    chart,
    choose,
    go_to,
    headline,
    settle,
    thumbnails,
    visit,
)

# Milliseconds: TensorFlow takes its time to load on two busy cores.
_LONG = 120_000
# Seconds in which a stop must take effect.
_STOPPED_WITHIN = 2.0


@pytest.fixture
def train(page: Page, runs: Path) -> Iterator[Page]:
    visit(page, "/train")
    yield page
    for run in list_runs(runs):
        if not run.status().state.over:
            run.stop()


def _badge(page: Page, words: str, timeout: float = _LONG) -> None:
    expect(page.locator(".stMarkdownBadge")).to_contain_text(words, timeout=timeout)


def _fill(page: Page, epochs: int, images: str) -> None:
    page.get_by_text("Adjust", exact=True).click()
    field = page.get_by_role("spinbutton", name="Epochs")
    field.fill(str(epochs))
    field.press("Tab")
    settle(page)
    choose(page, "Training images", images)


def _press_train(page: Page, runs: Path) -> Run:
    before = {run.id for run in list_runs(runs)}
    page.get_by_role("button", name="Train", exact=True).click()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        new = [run for run in list_runs(runs) if run.id not in before]
        if new:
            # Until then the page shows the run before.
            expect(page).to_have_url(re.compile(new[0].id))
            settle(page)
            return new[0]
        page.wait_for_timeout(50)
    raise AssertionError("Nothing was started.")


def _wait_for(run: Run, *states: State) -> None:
    """Wait until the run's own process has told one of these states."""
    began = time.monotonic()
    while time.monotonic() < began + _LONG / 1000:
        path = run.folder / "status.json"
        told = json.loads(path.read_text())["state"] if path.exists() else ""
        if told in states:
            return
        time.sleep(0.02)  # what the browser has to say would take longer
    raise AssertionError(f"The run is {run.status()}.\n{run.log()}")


def _processor_seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _pick_stop(page: Page) -> None:
    page.get_by_role("button", name="Stop", exact=True).click()


def test_a_linked_preset_and_its_button_are_in_the_first_screen(page: Page, runs: Path) -> None:
    preset = page.get_by_role("radio", name="Memorises")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        visit(page, "/train?preset=memorises")
        expect(preset).to_be_checked()
        for shown in (preset, page.get_by_role("button", name="Train", exact=True)):
            expect(shown).to_be_in_viewport(ratio=1)
    # By keyboard: the next one in the row, and its name in the link.
    preset.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("preset=no-validation"))
    expect(page.get_by_text("nothing warns")).to_be_visible()


def test_train_an_epoch_watch_it_and_use_the_model(train: Page, runs: Path) -> None:
    _fill(train, epochs=1, images="2,000")
    run = _press_train(train, runs)
    _badge(train, "Finished")
    assert run.configuration.limit == 2000
    expect(train.get_by_text("Test accuracy")).to_be_visible()
    for place in range(3):  # accuracy, loss, confusion
        expect(chart(train, place)).to_be_visible()
    shown = train.get_by_test_id("stMetricValue").inner_text()
    result = run.result()
    assert result
    assert shown == f"{100 * result['accuracy']:.2f} %"
    assert sum(map(sum, result["confusion_matrix"])) == result["n"]

    name = train.get_by_role("textbox", name="Name")
    name.fill("of-my-own")
    name.press("Tab")
    train.get_by_role("button", name="Use this model").click()
    expect(train.get_by_role("combobox", name="Model")).to_have_value("of-my-own")
    go_to(train, "Images")
    expect(train.get_by_role("combobox", name="Model")).to_have_value("of-my-own")
    expect(headline(train)).to_have_text(ANSWER)


def test_queue_reload_and_stop(train: Page, runs: Path, new_page: NewPage) -> None:
    _fill(train, epochs=200, images="All")
    first = _press_train(train, runs)
    # The curve grows while it runs.
    _badge(train, "Training")
    expect(chart(train)).to_be_visible(timeout=_LONG)
    expect(train.get_by_text(re.compile(r"Epoch \d+ of 200"))).to_be_visible()

    # Another visitor finds it, has to wait in the queue, and can go on browsing.
    other = new_page()
    visit(other, "/train")
    _badge(other, "Training")
    _fill(other, epochs=1, images="2,000")
    second = _press_train(other, runs)
    expect(other.get_by_text("In the queue: one run is before this one.")).to_be_visible(
        timeout=_LONG
    )
    _badge(other, "Waiting")
    go_to(other, "Images")
    thumbnails(other).nth(3).click()
    expect(other).to_have_url(re.compile(r"image=3\b"))

    # A link finds the run again; a reload does, too.
    visit(other, f"/train?run={first.id}")
    _badge(other, "Training")
    visit(other, f"/train?run={second.id}")
    _badge(other, "Waiting")
    _pick_stop(other)
    _badge(other, "Stopped")
    assert second.result() is None

    expect(train).to_have_url(re.compile(first.id))
    train.reload()
    _badge(train, "Training")
    expect(chart(train)).to_be_visible()
    train.get_by_role("button", name="Stop", exact=True).wait_for()
    process = psutil.Process(first.status().pid)
    _pick_stop(train)
    # From the click's arrival to the end of training, in processor time: how busy the machine is
    # with the browsers of tests does not count.
    while not first.stop_wanted:
        time.sleep(0.02)
    wanted = _processor_seconds(process)
    _wait_for(first, State.EVALUATING, State.STOPPED)
    seconds = _processor_seconds(process) - wanted
    assert seconds < _STOPPED_WITHIN, f"It went on for {seconds:.1f} s."
    _badge(train, "Stopped")
    expect(train.get_by_test_id("stMetricValue")).to_be_visible()
    expect(train.get_by_role("button", name="Use this model")).to_be_enabled()
    assert (first.model / "model.keras").is_file()
