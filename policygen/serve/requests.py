"""Answers requests, and tells browsers when what they show has changed."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketClosedError

from policygen.serve.dressing import SCRIPT, SOCKET
from policygen.serve.guard import Guard
from policygen.serve.shown import Shown


class Desk:
    """What is shown now, and the browsers that want to hear when that changes."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        self.browsers: dict[Browser, str] = {}
        """Each browser, with the path of the page it has."""
        self.connected: set[Browser] = set()
        """Those too that haven't said yet where they are."""
        self.shown = Shown()
        self.is_ready = asyncio.Event()
        self.tasks: set[asyncio.Task[None]] = set()

    def show(self, shown: Shown) -> None:
        """From now on, show this."""
        self.shown = shown
        self.is_ready.set()
        for browser in tuple(self.browsers):
            browser.compare()

    def watched(self) -> frozenset[str]:
        """The parts of the addresses that browsers have open; asked from another thread."""
        return frozenset(part for path in tuple(self.browsers.values()) for part in path.split("/"))


class _Guarded(RequestHandler):
    """Answers nobody it doesn't know."""

    desk: Desk

    def initialize(self, desk: Desk) -> None:
        self.desk = desk

    def set_default_headers(self) -> None:
        self.set_header("Server", "policygen")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("X-Content-Type-Options", "nosniff")

    def prepare(self) -> None:
        headers = self.request.headers
        origin = headers.get("Origin", headers.get("Sec-Websocket-Origin"))
        if not self.desk.guard.admits(self.request.host, origin):
            self.set_status(403)
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish("policygen: this preview answers only to its own address\n")

    def compute_etag(self) -> str | None:
        return None


class _Pages(_Guarded):
    """The pages of the site."""

    async def get(self) -> None:
        await self.desk.is_ready.wait()
        answer = self.desk.shown.answer(self.request.path)
        self.set_status(answer.status)
        self.set_header("Content-Type", _content_type(answer.kind))
        if answer.location:
            self.set_header("Location", answer.location)
        self.finish(answer.dressed(self.request.host))

    head = get


def _content_type(kind: str) -> str:
    is_text = kind.startswith("text/") or kind.endswith(("xml", "json"))
    return f"{kind}; charset=utf-8" if is_text else kind


class _Script(_Guarded, LiveReloadJSHandler):  # type: ignore[misc] # livereload has no types
    """The browser's part of the protocol."""

    def set_default_headers(self) -> None:
        """It never changes; a reload shouldn't wait for it."""
        super().set_default_headers()
        self.set_header("Cache-Control", "max-age=3600")


class Browser(_Guarded, LiveReloadHandler):  # type: ignore[misc] # livereload has no types
    """A browser that shows a page, and wants to hear when it has to reload."""

    def initialize(self, desk: Desk) -> None:
        """It says itself what it has."""
        super().initialize(desk)
        self._has: str | None = None
        self._told: str | None = None
        self._said: asyncio.Task[None] | None = None

    def check_origin(self, origin: str) -> bool:  # noqa: ARG002 - the base class's
        """The guard has looked at it."""
        return True

    def open(self, *args: str, **kwargs: str) -> None:
        """It may say something from now on, or nothing."""
        super().open(*args, **kwargs)
        self.desk.connected.add(self)

    async def on_message(self, message: str | bytes) -> None:
        """First the browser says what it has, then where it is."""
        try:
            said = json.loads(message)
            command, url = said["command"], said.get("url", "")
            path = urlsplit(url).path
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            self.close()
            return
        super().on_message(message)
        if command == "hello":
            self._has = str(said.get("snipver"))
        elif command == "info":
            self.desk.browsers[self] = path
            # It may have missed something between loading the page and asking for news.
            self.compare()
        if self._said:
            # Answers that nobody reads would fill the memory.
            await self._said

    def on_close(self) -> None:
        """Nobody waits any more."""
        super().on_close()
        self.desk.browsers.pop(self, None)
        self.desk.connected.discard(self)

    def leave(self) -> None:
        """Say goodbye, but wait for nobody who reads nothing any more."""
        connection = self.ws_connection
        self.close()
        if connection and self._said and not self._said.done():
            connection.stream.close()

    def compare(self) -> None:
        """Have the page reloaded if another one is shown at its address now."""
        if not self.desk.is_ready.is_set():
            return
        stamp = self.desk.shown.answer(self.desk.browsers[self]).stamp
        if stamp not in {self._has, self._told}:
            self._told = stamp
            self.send_message({"command": "reload", "path": "index.html", "liveCSS": False})

    def send_message(self, message: dict[str, object]) -> None:
        """Send it, whether or not anybody is left to read it."""
        self._said = asyncio.ensure_future(self._send(message))
        self.desk.tasks.add(self._said)
        self._said.add_done_callback(self.desk.tasks.discard)

    async def _send(self, message: dict[str, object]) -> None:
        with suppress(WebSocketClosedError):
            await self.write_message(message)


def http_server(desk: Desk) -> HTTPServer:
    """What listens, and answers from the desk."""
    given = {"desk": desk}
    handlers = [(SOCKET, Browser, given), (SCRIPT.replace(".", r"\."), _Script, given), (".*", _Pages, given)]

    def keep_quiet(_handler: RequestHandler) -> None:
        """Requests aren't worth a line: what is wrong with a page is told by the build."""

    application = Application(
        handlers, log_function=keep_quiet, websocket_max_message_size=1 << 16, websocket_ping_interval=30
    )
    # No request has a body, and one that is announced all the same needn't be waited for.
    return HTTPServer(application, idle_connection_timeout=60, body_timeout=5, max_body_size=1 << 10)
