"""Listens, and keeps what is shown up to date, until it is asked to end."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date

from tornado.netutil import bind_sockets

from policygen.serve.guard import LOOPBACK, Guard
from policygen.serve.keeper import Keeper, News, Order
from policygen.serve.requests import Desk, http_server
from policygen.serve.shown import Shown
from policygen.site import SiteFolder

PORT = 8000
_NEIGHBOURS = 20
"""How many ports from the default one on are tried before any free one is taken."""
_LONGEST_GOODBYE = 5.0
"""Seconds that the end of the preview waits for a build to notice."""
_BREATH = 0.05
"""Seconds between attempts to take a connection that there is no room for."""


class Busy(OSError):
    """The port that was asked for is taken."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A site to preview: where it is, on which day, and the host it was told to listen on, if any.

    `opened` is told the address once it can be visited, `tell` how each build went; the latter from another
    thread.
    """

    folder: SiteFolder
    today: Callable[[str | None], date]
    opened: Callable[[str], None]
    tell: Callable[[News], None]
    host: str | None = None

    def run(self, sockets: Sequence[socket.socket]) -> None:
        """Serve until SIGINT or SIGTERM."""
        with suppress(KeyboardInterrupt):
            asyncio.run(self._serve(sockets))

    async def _serve(self, sockets: Sequence[socket.socket]) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(_bear)
        ended = asyncio.Event()
        desk = Desk(Guard(self.host))
        server = http_server(desk)
        server.add_sockets(sockets)

        def show(shown: Shown) -> None:
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(desk.show, shown)

        keeper = Keeper(Order(self.folder, self.today, show, self.tell, desk.watched))
        with _signals(loop, ended):
            keeper.start()
            try:
                self.opened(address(sockets[0], self.host))
                await ended.wait()
            finally:
                keeper.end()
                server.stop()
                for browser in tuple(desk.connected):
                    browser.leave()
                await server.close_all_connections()
                await loop.run_in_executor(None, keeper.join, _LONGEST_GOODBYE)


def _bear(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    """More connections than the system allows us: they wait, and are no reason to fill the terminal."""
    error = context.get("exception")
    if isinstance(error, OSError) and error.errno in {errno.EMFILE, errno.ENFILE}:
        time.sleep(_BREATH)
    else:
        loop.default_exception_handler(context)


@contextmanager
def _signals(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> Iterator[None]:
    """Set the event when the process is asked to end. Where that can't be had, Python raises instead."""
    caught = (signal.SIGINT, signal.SIGTERM)
    with suppress(NotImplementedError):
        for each in caught:
            loop.add_signal_handler(each, ended.set)
    try:
        yield
    finally:
        with suppress(NotImplementedError):
            for each in caught:
                loop.remove_signal_handler(each)


def address(listening: socket.socket, host: str | None) -> str:
    """What a browser on this machine types."""
    port = listening.getsockname()[1]
    name = LOOPBACK[0] if host in {None, "", "0.0.0.0", "::"} else host or ""  # noqa: S104 - compared only
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def listen(host: str | None, port: int | None) -> list[socket.socket]:
    """Listen on a host, or on this machine alone; without a port, on a free one.

    Raises Busy if the port is taken, another OSError if there is no such host or port.
    """
    if port is not None:
        return _bind(host, port)
    for near in range(PORT, PORT + _NEIGHBOURS):
        with suppress(Busy):
            return _bind(host, near)
    return _bind(host, 0)


def _bind(host: str | None, port: int) -> list[socket.socket]:
    """Listen on the host, or on this machine alone: `localhost` means either of its addresses."""
    names = LOOPBACK if host in {None, "localhost"} else (host or "",)
    sockets: list[socket.socket] = []
    try:
        for name in names:
            try:
                sockets += bind_sockets(port, name)
            except UnicodeError as error:
                raise OSError(f"no host can be called {name!r}") from error
            except OSError as error:
                # A machine without IPv6 is none the worse for it.
                if not sockets or error.errno == errno.EADDRINUSE:
                    raise
            port = sockets[0].getsockname()[1]
    except OSError as error:
        for each in sockets:
            each.close()
        if error.errno == errno.EADDRINUSE:
            raise Busy(port) from error
        raise
    return sockets
