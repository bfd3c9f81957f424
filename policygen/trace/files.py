"""A trace's files: written whole, and believed only if they are whole.

```
.policygen/cache/build/seen    how the build was called, what it said, and every file it saw
.policygen/cache/build/made    what became of each service
```
"""

from __future__ import annotations

import os
from _blake2 import blake2b  # hashlib itself takes longer to import than all of this
from itertools import islice

from policygen.trace.seen import Entry, Seen

TYPE_CHECKING = False  # as in policygen/cli/__init__.py
if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = ".policygen/cache"
_MAGIC = b"policygen trace 2"


class NoTrace(ValueError):
    """There is none, or none that can be believed."""


def folder_of(site: str) -> str:
    """Where the trace of a site's builds is."""
    return f"{site}/{FOLDER}/build"


def write(folder: str, name: str, content: bytes) -> None:
    """Write a file in the place of an older one, through no link. Raises OSError."""
    waiting = f"{folder}/{name}.new"
    if os.path.lexists(waiting):
        os.unlink(waiting)  # a killed build's
    with open(waiting, "xb") as file:
        file.writelines((_MAGIC, b" ", _checksum(content), b"\n", content))
    os.replace(waiting, f"{folder}/{name}")


def read(folder: str, name: str) -> bytes:
    """A file's content. Raises NoTrace."""
    path = f"{folder}/{name}"
    if not os.path.isfile(path):
        raise NoTrace(name)  # a pipe would keep its reader waiting
    try:
        with open(path, "rb") as file:
            head, _, content = file.read().partition(b"\n")
    except OSError as error:
        raise NoTrace(name) from error
    if head != _MAGIC + b" " + _checksum(content):
        raise NoTrace(name)
    return content


def _checksum(content: bytes) -> bytes:
    return blake2b(content, digest_size=32).hexdigest().encode()


def seen_text(groups: dict[str, Seen]) -> str:
    """Groups of entries as text: how many there are of each, then column by column, which is fast to read."""
    entries = [entry for seen in groups.values() for entry in seen.values()]
    columns = (" ".join(map(str, column)) for column in zip(*entries, strict=True))
    names = "\n".join(f"{len(seen)} {name}" for name, seen in groups.items())
    paths = "\n".join(path for seen in groups.values() for path in seen)
    return "\n".join((names, "", *columns, paths))


def rows(text: str) -> Iterator[tuple[str, Entry]]:
    """The entries of all groups, with their paths. Raises NoTrace."""
    try:
        sizes, times, digests, paths = text.partition("\n\n")[2].split("\n", 3)
        numbers = map(int, sizes.split(" ")), map(int, times.split(" "))
        entries = zip(*numbers, digests.split(" "), strict=True)
        yield from zip(paths.split("\n"), entries, strict=True)
    except ValueError as error:
        raise NoTrace("seen") from error


def read_seen(text: str) -> dict[str, Seen]:
    """Groups of entries from text. Raises NoTrace."""
    groups: dict[str, Seen] = {}
    entries = rows(text)
    try:
        for line in text.partition("\n\n")[0].split("\n"):
            count, name = line.split(" ", 1)
            groups[name] = dict(islice(entries, int(count)))
    except ValueError as error:
        raise NoTrace("seen") from error
    return groups
