"""What there is to show at a moment: the last good pages, and what is wrong now, if anything."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote

from policygen.memory import digest
from policygen.serve.dressing import dressed, empty_page
from policygen.serve.paths import BadPath, asked_for

_HTML = "text/html"
_MISSING_PAGE = "404.html"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong: a heading, and the text that the terminal shows."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered with, before it is dressed.

    `stamp` is a name for it: a browser has to reload if it would get another one.
    """

    status: HTTPStatus
    kind: str = "text/plain"
    body: bytes = b""
    location: str | None = None
    trouble: Trouble | None = None

    @property
    def stamp(self) -> str:
        """A letter comes first: the browser's script takes digits with an e for a number."""
        told = (self.trouble.heading, self.trouble.text) if self.trouble else ()
        return "v" + digest(str(self.status), self.location, self.body, *told)[:16]

    def dressed(self, host: str) -> bytes:
        """The bytes for a browser that calls this server `host`."""
        if self.kind != _HTML:
            return self.body
        trouble = (self.trouble.heading, self.trouble.text) if self.trouble else None
        # A file of the site's own may be in another encoding.
        page = self.body.decode(errors="surrogateescape")
        return dressed(page, host, self.stamp, trouble).encode(errors="surrogateescape")


@dataclass(frozen=True, slots=True)
class Shown:
    """The pages by path, the path of the site's root on its host, and what is wrong."""

    pages: Mapping[str, bytes] = field(default_factory=dict)
    root: str = "/"
    trouble: Trouble | None = None

    def answer(self, path: str) -> Answer:
        """The answer to a request for a path, as it was sent."""
        try:
            asked = "/" + asked_for(path)
        except BadPath:
            return Answer(HTTPStatus.BAD_REQUEST, body=b"policygen: no page has such an address\n")
        if not asked.startswith(self.root):
            # A site that is made for a folder of its host is at home there, and its front door stands open.
            return _redirect(self.root) if asked in {"/", self.root[:-1]} else self._missing()
        return self._page(asked.removeprefix(self.root))

    def _page(self, page: str) -> Answer:
        file = page + "index.html" if not page or page.endswith("/") else page
        if file in self.pages:
            return self._answer(HTTPStatus.OK, _kind(file), self.pages[file])
        if f"{page}/index.html" in self.pages:
            return _redirect(f"{self.root}{page}/")
        return self._missing()

    def _missing(self) -> Answer:
        if self.trouble:
            return self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, _HTML, empty_page().encode())
        if _MISSING_PAGE in self.pages:
            return self._answer(HTTPStatus.NOT_FOUND, _HTML, self.pages[_MISSING_PAGE])
        return Answer(HTTPStatus.NOT_FOUND, body=b"policygen: there is no such page\n")

    def _answer(self, status: HTTPStatus, kind: str, body: bytes) -> Answer:
        return Answer(status, kind, body, trouble=self.trouble if kind == _HTML else None)


def _redirect(path: str) -> Answer:
    return Answer(HTTPStatus.FOUND, location=quote(path))


def _kind(file: str) -> str:
    return mimetypes.guess_type(file)[0] or "application/octet-stream"
