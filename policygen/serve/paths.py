"""The path of a request to the page it asks for.

Pages are looked up among those that were built, never in a folder: there is nothing outside to be reached.
What no browser sends by itself is refused all the same.
"""

from __future__ import annotations

from urllib.parse import unquote_to_bytes


class BadPath(Exception):
    """A path that no link leads to."""


def asked_for(path: str) -> str:
    """What the path of a request, as it was sent, names: '' or 'en/harmix/' or 'robots.txt'."""
    if not path.startswith("/"):
        raise BadPath(path)
    *folders, file = path[1:].split("/")
    parts = [_part(folder) for folder in folders]
    if not all(parts):
        raise BadPath(path)
    return "/".join([*parts, _part(file)])


def _part(raw: str) -> str:
    try:
        part = unquote_to_bytes(raw).decode()
    except UnicodeError as error:
        raise BadPath(raw) from error
    if part in {".", ".."} or any(sign in "/\\" or not sign.isprintable() for sign in part):
        raise BadPath(raw)
    return part
