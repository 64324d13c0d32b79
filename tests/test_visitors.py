"""Visitors: the cookie that tells people apart, and what belongs to whom."""

import asyncio
import stat
from http.cookies import SimpleCookie
from pathlib import Path

import numpy as np
import pytest
from starlette.types import Message, Receive, Scope, Send

from fmnist import visitors
from fmnist.datasets import DATASETS
from fmnist.my_images import default_collection
from fmnist.server.visitors import VisitorCookie
from fmnist.training.configuration import Configuration
from fmnist.training.run import Run
from fmnist.training.runs import all_runs, list_runs, unreadable_runs
from fmnist.visitors import COOKIE, known_visitors, new_visitor, sign, visitor_of

pytestmark = pytest.mark.usefixtures("my_images_folder")


def test_a_cookie_that_we_have_not_signed_is_nobody_s() -> None:
    ours, another = new_visitor(), new_visitor()
    cookie = sign(ours)
    assert visitor_of(cookie) == ours
    for forged in (
        "",
        ours,
        f"{ours}.",
        cookie.replace(ours, another),
        cookie[:-1],
        f"../{cookie}",
        "ü.ü",
    ):
        assert visitor_of(forged) is None


def test_servers_of_a_folder_know_each_other_s_visitors(
    my_images_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = sign("a")
    visitors._key.cache_clear()  # as another process, or one of tomorrow
    assert visitor_of(cookie) == "a"
    key = my_images_folder / "visitors" / ".key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert known_visitors() == []
    monkeypatch.setenv("FMNIST_MY_IMAGES_DIR", str(tmp_path / "elsewhere"))
    assert visitor_of(cookie) is None


def test_where_nothing_can_be_kept_a_visitor_is_known_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("FMNIST_MY_IMAGES_DIR", str(tmp_path / "file"))
    assert visitor_of(sign("a")) == "a"


def _answered(path: str = "/", kind: str = "text/html", cookie: str = "") -> SimpleCookie:
    """The cookies that the middleware adds to an answer."""
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", kind.encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"cookie", f"{COOKIE}={cookie}".encode())] if cookie else []
    scope = {"type": "http", "path": path, "scheme": "http", "headers": headers}
    asyncio.run(VisitorCookie(app)(scope, receive, send))
    given = [value.decode() for name, value in sent[0]["headers"] if name == b"set-cookie"]
    return SimpleCookie("; ".join(given))


def test_a_browser_is_given_a_cookie_once_and_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not _answered(), "on one's own computer nobody needs one"
    monkeypatch.setenv("FMNIST_CLASS", "1")
    given = _answered()[COOKIE]
    assert given["httponly"] and given["samesite"] == "Lax" and int(given["max-age"]) > 1e7
    assert visitor_of(given.value)
    assert _answered(cookie=given.value)[COOKIE].value == given.value
    assert _answered(cookie="made.up")[COOKIE].value != "made.up"
    assert visitor_of(_answered("/_stcore/health", "text/plain")[COOKIE].value)
    assert not _answered("/static/main.js", "text/javascript"), "what a proxy may keep for others"


def test_in_public_people_are_told_apart_only_if_they_may_train(
    monkeypatch: pytest.MonkeyPatch, my_images_folder: Path
) -> None:
    monkeypatch.setenv("FMNIST_PUBLIC", "1")
    assert not _answered() and not my_images_folder.exists()
    monkeypatch.setenv("FMNIST_TRAIN_PASSWORD", "apron")
    assert COOKIE in _answered()


def test_runs_and_images_are_their_makers_and_those_of_before_this_computer_s(
    runs_folder: Path,
) -> None:
    configuration = Configuration("dense")
    ours, a, b = (Run.create(configuration, visitor=who) for who in (None, "a", "b"))
    for who, run in ((None, ours), ("a", a), ("b", b)):
        assert [found.id for found in list_runs(visitor=who)] == [run.id]
    (b.folder / "configuration.json").write_text("{")
    assert list(unreadable_runs(visitor="b")) == [b.id]
    assert unreadable_runs() == unreadable_runs(visitor="a") == {}
    assert [run.id for run in all_runs()] == [b.id, a.id, ours.id]

    dataset = DATASETS["fashion-mnist"]
    for label, who in enumerate((None, "a", "b")):
        image = np.full((28, 28), label, np.uint8)
        default_collection(dataset, who).add(image, label, "drawing")
    for label, who in enumerate((None, "a", "b")):
        assert [item.label for item in default_collection(dataset, who).read()[0]] == [label]
    assert known_visitors() == ["a", "b"]
