"""`policygen serve`: the preview, what its builds find, and how it ends."""

from __future__ import annotations

import argparse
import sys
import threading
from typing import TYPE_CHECKING

from policygen.cli.console import UsageError, is_terminal, report, say, show
from policygen.cli.site import site_folder, today

if TYPE_CHECKING:
    from collections.abc import Sequence
    from socket import socket

    from policygen.diagnostics import Diagnostic
    from policygen.serve.keeper import News
    from policygen.site import SiteFolder


def run(options: argparse.Namespace) -> int:
    """Serve until somebody ends it."""
    folder = site_folder(options.site)
    ask = today(options)
    ask(None)  # a wrong SOURCE_DATE_EPOCH is told before anything starts
    from policygen.serve.guard import Guard
    from policygen.serve.server import Preview

    sockets = _listening(options)
    last: tuple[Diagnostic, ...] = ()

    def tell(news: News) -> None:
        nonlocal last
        _tell(news, last, folder, options)
        last = news.findings

    def opened(address: str) -> None:
        say(options, 0, f"preview at {address} (Ctrl-C ends it)")
        if Guard(options.host).is_open:
            show(f"policygen: whoever reaches {options.host} can read the preview", sys.stderr)
        if options.open:
            _open(address)

    Preview(folder, ask, opened, tell, options.host).run(sockets)
    # A terminal has shown ^C, and stands behind it.
    behind = "\n" if is_terminal(sys.stderr) else ""
    say(options, 0, f"{behind}the preview has ended")
    return 0


def _listening(options: argparse.Namespace) -> Sequence[socket]:
    from policygen.serve.server import Busy, listen

    if options.host == "":  # to the system it means: to everybody
        raise UsageError("--host names no address", "leave it out to listen on this machine alone")
    try:
        return listen(options.host, options.port)
    except Busy as error:
        help = "name another one, or leave --port out to take a free one"
        raise UsageError(f"port {options.port} is taken", help) from error
    except OSError as error:
        port = "" if options.port is None else f", port {options.port}"
        where = f"{options.host or 'this machine'}{port}"
        raise UsageError(f"can't listen on {where}: {error.strerror or error}") from error


def _tell(news: News, last: Sequence[Diagnostic], folder: SiteFolder, options: argparse.Namespace) -> None:
    """Say how a build went, and of its findings only if they aren't those of the last one."""
    if news.failure:
        show(f"policygen: {news.failure}", sys.stderr)
        return
    if news.findings != last:
        report(news.findings, folder, options)
    if last and not news.findings:
        say(options, 0, "no findings")
    if news.files:
        say(options, 0, f"{news.files} files built in {news.seconds * 1000:.0f} ms")


def _open(address: str) -> None:
    import webbrowser

    # Some browsers keep their caller waiting until they are closed.
    threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()
