"""A web server on this machine that plays the one Keras downloads from, and its bad days."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Literal

Fault = Literal["break off", "unavailable", "stall", "slow", "garbage"]


class LocalServer:
    """Serves `files` by name; the next requests meet `faults`, one each.

    Attributes:
        url: the address of the folder.
        files: content by name.
        faults: what goes wrong with the coming requests, in turn.
        requests: the names asked for so far.
        paths: where they were asked for.
        closing: set when stalled requests are to be let go.
    """

    def __init__(self, url: str, files: dict[str, bytes]) -> None:
        self.url = url
        self.files = files
        self.faults: list[Fault] = []
        self.requests: list[str] = []
        self.paths: list[str] = []
        self.closing = Event()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        name = handler.path.rpartition("/")[2]
        self.requests.append(name)
        self.paths.append(handler.path)
        fault = self.faults.pop(0) if self.faults else None
        if fault == "unavailable":
            return handler.send_error(503)
        if name not in self.files:
            return handler.send_error(404)
        body = b"<html>Please log in</html>" if fault == "garbage" else self.files[name]
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if fault == "break off":
            body = body[: len(body) // 2]
        if fault == "stall":
            handler.wfile.write(body[:100])
            self.closing.wait(10)
        elif fault == "slow":
            for start in range(0, len(body), len(body) // 20):
                handler.wfile.write(body[start : start + len(body) // 20])
                time.sleep(0.02)
        else:
            handler.wfile.write(body)


@contextmanager
def serving(files: dict[str, bytes]) -> Iterator[LocalServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server = LocalServer(f"http://127.0.0.1:{http.server_port}/datasets", files)
        Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield server
        finally:
            server.closing.set()
            http.shutdown()
