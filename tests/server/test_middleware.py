"""What the middleware lets through, without a server."""

import asyncio
import tomllib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg

from fmnist.limits import MB, limits
from fmnist.server import uploads, visits
from fmnist.server.closed import Closed
from fmnist.server.health import health
from fmnist.server.hosts import is_our_host, is_our_page
from fmnist.server.uploads import UploadCap
from fmnist.server.visits import VisitCap


def _through(app: ASGIApp, scope: Scope, receive: Receive | None = None) -> list[Message]:
    """What an app sends."""
    sent: list[Message] = []

    async def nothing() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(_as_coroutine(app(scope, receive or nothing, send)))
    return sent


async def _as_coroutine(awaited: Awaitable[None]) -> None:
    await awaited


@pytest.mark.parametrize(
    "host", ["localhost:8501", "127.0.0.1:8501", "192.168.1.7:8501", "[::1]:8501", "LOCALHOST."]
)
def test_this_computer_goes_by_its_addresses(host: str) -> None:
    assert is_our_host(host)


@pytest.mark.parametrize(
    "host", ["example.org:8501", "127.0.0.1.example.org", "", "localhost:x", "a@[", "1.2.3"]
)
def test_a_name_that_somebody_points_to_us_is_not_ours(host: str) -> None:
    assert not is_our_host(host)


def test_names_can_be_added_and_hold_in_public_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FMNIST_PUBLIC", "1")
    assert is_our_host("example.org")
    get = config.get_option
    named = {"server.allowedHosts": ["school.example.org", "*.class.example.org"]}
    monkeypatch.setattr(config, "get_option", lambda key: named.get(key) or get(key))
    assert is_our_host("school.example.org:8501")
    assert is_our_host("a.class.example.org")
    assert not is_our_host("example.org")
    monkeypatch.delenv("FMNIST_PUBLIC")
    assert is_our_host("school.example.org")


def test_a_page_is_ours_if_it_comes_from_where_it_asks_or_from_the_proxy_s_host() -> None:
    def of(**headers: str) -> Headers:
        return Headers({k.replace("_", "-"): v for k, v in headers.items()})

    assert is_our_page(of(host="localhost:8501"))
    assert is_our_page(of(host="localhost:8501", origin="http://localhost:8501"))
    assert not is_our_page(of(host="localhost:8501", origin="http://localhost:3000"))
    assert not is_our_page(of(host="localhost:8501", origin="null"))
    assert is_our_page(of(host="app:8501", origin="https://a.org", x_forwarded_host="a.org"))


def test_only_what_a_visit_consists_of_reaches_the_app() -> None:
    messages = [
        BackMsg(clear_cache=True),
        BackMsg(load_git_info=True),
        BackMsg(set_run_on_save=True),
        BackMsg(stop_script=True),
    ]
    waiting = [{"type": "websocket.receive", "bytes": m.SerializeToString()} for m in messages]
    arrived: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        arrived.append(await receive())

    async def receive() -> Message:
        return waiting.pop(0)

    _through(Closed(app), {"type": "websocket", "path": "/_stcore/stream"}, receive)
    assert arrived == [
        {"type": "websocket.receive", "bytes": BackMsg(stop_script=True).SerializeToString()}
    ]


def test_a_visit_too_many_is_refused_and_one_that_ends_makes_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(visits, "limits", lambda: replace(limits(), visits=1))
    scope = {"type": "websocket", "path": "/_stcore/stream"}
    inner: list[list[Message]] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        sent: list[Message] = []

        async def send_inner(message: Message) -> None:
            sent.append(message)

        await cap(scope, receive, send_inner)
        inner.append(sent)

    once: Callable[..., Awaitable[None]] = app
    cap = VisitCap(once)
    assert _through(cap, scope) == []
    assert [message["type"] for message in inner[0]] == ["websocket.close"]
    assert _through(cap, scope) == []  # there is room again


def test_all_visits_together_hold_so_many_megabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "passed"})

    def upload(size: int) -> Scope:
        return {
            "type": "http",
            "method": "PUT",
            "path": "/_stcore/upload_file/mine/1",
            "headers": [(b"content-length", str(size).encode())],
        }

    everyone = limits().everyone
    held = [SimpleNamespace(data=range((everyone - 5) * MB))]
    monkeypatch.setattr(uploads, "_held", lambda: {"theirs": [len(f.data) for f in held]})
    cap = UploadCap(app)
    assert _through(cap, upload(4 * MB)) == [{"type": "passed"}]
    assert _through(cap, upload(6 * MB))[0]["status"] == 413


def test_what_is_on_its_way_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "_held", dict)
    monkeypatch.setattr(uploads, "limits", lambda: replace(limits(), files=1))
    scope = {
        "type": "http",
        "method": "PUT",
        "path": "/_stcore/upload_file/mine/1",
        "headers": [(b"content-length", b"10")],
    }
    second: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_second(message: Message) -> None:
            second.append(message)

        await cap(scope, receive, send_second)

    cap = UploadCap(app)
    _through(cap, scope)
    assert second[0]["status"] == 413


def test_a_message_is_not_held_that_no_page_sends() -> None:
    """Uvicorn holds it whole before Streamlit, which takes 25 MB, or we can look at it."""
    path = Path(__file__).parents[2] / ".streamlit" / "config.toml"
    assert tomllib.loads(path.read_text())["server"]["maxMessageSize"] <= 30


@pytest.mark.usefixtures("no_models_here")
def test_health_says_when_nobody_would_get_an_answer() -> None:
    answer = asyncio.run(health(Request({"type": "http"})))
    assert answer.status_code == 503


@pytest.fixture
def no_models_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FMNIST_MODELS_DIR", str(tmp_path / "none"))
