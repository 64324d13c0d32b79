"""The app as ``FMNIST_PUBLIC=1`` serves it: one server, asked over the network."""

import http.client
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from websockets.exceptions import InvalidStatus

from benchmarks import load
from benchmarks.soak import Soak
from fmnist.limits import MB
from fmnist.server.headers import HEADERS
from tests.browser.server import Served, serving
from tests.visitor import Visitor


@pytest.fixture(scope="module")
def public(trained_models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("public")
    environment = {
        "FMNIST_PUBLIC": "1",
        "FMNIST_MODELS_DIR": str(trained_models),
        "FMNIST_CACHE_DIR": str(folder / "cache"),
    }
    with serving(folder / "log.txt", environment) as app:
        app.wait()
        yield app
    assert "Traceback" not in app.log.read_text()


def _ask(
    served: Served, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b""
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(served.url).netloc, timeout=60)
    connection.request(method, path, body or None, headers or {})
    return connection.getresponse()


def _put(served: Served, visitor: Visitor, name: str, megabytes: float) -> tuple[int, str]:
    """Upload a file of zeros under an address that the app never gave out."""
    head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.png"\r\n\r\n'
    body = head + bytes(int(megabytes * MB)) + b"\r\n--x--\r\n"
    answer = _ask(
        served,
        "PUT",
        f"/_stcore/upload_file/{visitor.session}/{name}",
        visitor.headers() | {"Content-Type": "multipart/form-data; boundary=x"},
        body,
    )
    return answer.status, answer.read().decode()


def test_it_listens_on_this_computer_alone(public: Served) -> None:
    """Public or not: what says otherwise is an option."""
    listening = psutil.Process(public.process.pid).net_connections("inet")
    assert {c.laddr.ip for c in listening if c.status == psutil.CONN_LISTEN} == {"127.0.0.1"}


def test_every_answer_has_the_security_headers(public: Served) -> None:
    for path in ("/", "/_stcore/health", "/health", "/no-such-thing.js", "/_stcore/metrics"):
        answer = _ask(public, "GET", path)
        assert {name: answer.getheader(name) for name in HEADERS} == HEADERS


def test_health_is_a_prediction(public: Served) -> None:
    answer = _ask(public, "GET", "/health")
    assert (answer.status, answer.read()) == (200, b"ok")


def test_metrics_are_closed(public: Served) -> None:
    assert _ask(public, "GET", "/_stcore/metrics").status == 404
    assert _ask(public, "GET", "/_stcore/metrics/").status == 404


def test_a_visit_holds_so_many_megabytes_whatever_its_uploads_are_called(public: Served) -> None:
    with Visitor(public.url) as visitor:
        visitor.open()
        assert [_put(public, visitor, f"made-up-{n}", 13)[0] for n in range(3)] == [204] * 3
        assert _put(public, visitor, "made-up-3", 13) == (413, "40 MB are held for you at a time.")
        path = f"/_stcore/upload_file/{visitor.session}/made-up-0"
        assert _ask(public, "DELETE", path, visitor.headers()).status == 204
        assert _put(public, visitor, "made-up-3", 13)[0] == 204


def test_a_visit_holds_so_many_files(public: Served) -> None:
    with Visitor(public.url) as visitor:
        visitor.open()
        status = [_put(public, visitor, f"made-up-{n}", 0.001)[0] for n in range(25)]
    assert status == [*[204] * 24, 413]


def test_an_upload_says_how_long_it_is_and_is_not_too_long(public: Served) -> None:
    with Visitor(public.url) as visitor:
        visitor.open()
        assert _put(public, visitor, "large", 21) == (413, "A file may have 20 MB.")
        path = f"/_stcore/upload_file/{visitor.session}/unsaid"
        chunked = _ask(public, "PUT", path, visitor.headers() | {"Transfer-Encoding": "chunked"})
        assert chunked.status == 411


def test_a_page_of_another_site_is_refused(public: Served) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        Visitor(public.url, origin="https://example.org")
    # Streamlit alone would let in every page of this computer.
    with pytest.raises(InvalidStatus, match="403"):
        Visitor(public.url, origin="http://localhost:1")
    with Visitor(public.url, origin=public.url) as visitor:
        visitor.open()
        assert visitor.elements
    answer = _ask(public, "PUT", "/_stcore/upload_file/a/b", {"Origin": "https://example.org"})
    assert answer.status == 403


def test_nothing_of_other_visitors_is_offered(public: Served) -> None:
    with Visitor(public.url) as visitor:
        visitor.open(query="source=Mine")
        sources = next(e for kind, e in visitor.elements if kind == "button_group")
        assert [option.content for option in sources.options] == ["Test", "Training"]
        visitor.open("my_images")  # a link of before
        assert "exception" not in {kind for kind, _ in visitor.elements}


def test_visitors_who_do_anything_at_all_meet_no_error(public: Served) -> None:
    """What ``make soak`` does for an hour."""
    soak = Soak(public, seed=0, end=time.monotonic() + 5)
    soak.start()
    while soak.running:
        time.sleep(0.1)
    assert not soak.problems
    assert soak.actions


def test_load_counts_every_click(public: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "_PAUSE", 0.1)
    waits = load.clicks(public, people=2)
    assert len(waits) == 2 * load._CLICKS
    assert min(waits) > 1  # milliseconds
