"""A trace's files: written whole, and believed only if they are whole.

```
.policygen/cache/build/seen    how the build was called, what it said, and every file it saw
.policygen/cache/build/made    what became of each service
```
"""

from __future__ import annotations

import os
from _hashlib import openssl_sha256 as sha256

from policygen.trace.seen import Seen

FOLDER = ".policygen/cache"
_MAGIC = b"policygen trace 1"


class NoTrace(ValueError):
    """There is none, or none that can be believed."""


def folder_of(site: str) -> str:
    """Where the trace of a site's builds is."""
    return f"{site}/{FOLDER}/build"


def write(folder: str, name: str, content: bytes) -> None:
    """Write a file in the place of an older one."""
    os.makedirs(folder, exist_ok=True)
    ignored = f"{os.path.dirname(folder)}/.gitignore"
    if not os.path.exists(ignored):
        with open(ignored, "w", encoding="utf-8") as file:
            file.write("*\n")
    waiting = f"{folder}/{name}.{os.getpid()}"
    with open(waiting, "wb") as file:
        file.writelines((_MAGIC, b" ", sha256(content).hexdigest().encode(), b"\n", content))
    os.replace(waiting, f"{folder}/{name}")


def read(folder: str, name: str) -> bytes:
    """A file's content. Raises NoTrace."""
    try:
        with open(f"{folder}/{name}", "rb") as file:
            head, _, content = file.read().partition(b"\n")
    except OSError as error:
        raise NoTrace(name) from error
    if head != _MAGIC + b" " + sha256(content).hexdigest().encode():
        raise NoTrace(name)
    return content


def seen_lines(groups: dict[str, Seen]) -> str:
    """Groups of entries as text: `= name`, then a line for each."""
    lines = []
    for name, seen in groups.items():
        lines.append(f"= {name}")
        lines += [f"{size} {time} {digest} {path}" for path, (size, time, digest) in seen.items()]
    return "\n".join(lines)


def read_seen(text: str) -> dict[str, Seen]:
    """Groups of entries from text. Raises NoTrace."""
    groups: dict[str, Seen] = {}
    group: Seen = {}
    try:
        for line in text.split("\n"):
            if line.startswith("= "):
                group = groups[line[2:]] = {}
            else:
                size, time, digest, path = line.split(" ", 3)
                group[path] = int(size), int(time), digest
    except ValueError as error:
        raise NoTrace("seen") from error
    return groups
