"""A plain static host on loopback: files as they are, 404.html for the rest, and a list of what was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from tests.page_source import page_source


@dataclass(frozen=True, slots=True)
class ServedSite:
    """A site on the network: its folder, the address of its front page and every answer so far.

    `base` ends in the path that the site is made for: on a host that serves it from a sub-folder, links from
    the root of the host would lead out of it.
    """

    root: Path
    base: str
    answers: list[tuple[str, int]] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """Scheme, host and port: what no request of a page may leave."""
        parts = urlsplit(self.base)
        return f"{parts.scheme}://{parts.netloc}"

    def address(self, page: str) -> str:
        """The address of a page as readers know it, without ``index.html``."""
        return self.base + page.removesuffix("index.html")


class _StaticHost(SimpleHTTPRequestHandler):
    """Python's static server, mounted at a path and with a page of its own for what isn't there."""

    def __init__(self, *args: object, site: ServedSite, **kwargs: object) -> None:
        self.site = site
        super().__init__(*args, directory=str(site.root), **kwargs)  # type: ignore[arg-type] # passed on untouched

    def translate_path(self, path: str) -> str:
        mount = urlsplit(self.site.base).path
        inside = path.removeprefix(mount) if path.startswith(mount) else "outside-the-site"
        return super().translate_path("/" + inside)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = self.site.root / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:  # noqa: ARG002 # the base class's
        self.site.answers.append((self.path, int(code)))

    def log_message(self, format: str, *args: object) -> None:
        pass


def mount_path(root: Path) -> str:
    """The path that a site is made to be served from: the one of its front page's canonical address."""
    front = root / "index.html"
    canonical = page_source(front).canonical if front.is_file() else None
    path = urlsplit(canonical or "/").path
    return path if path.endswith("/") else path + "/"


@contextmanager
def serve(root: Path) -> Iterator[ServedSite]:
    """Serve a folder on a free port of loopback for as long as the block runs."""
    with ThreadingHTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler) as server:
        site = ServedSite(root, f"http://127.0.0.1:{server.server_port}{mount_path(root)}")
        server.RequestHandlerClass = partial(_StaticHost, site=site)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
