"""How a command was called and what it said: enough to say it again if nothing has changed."""

from __future__ import annotations

import os
import sys
import time
from _blake2 import blake2b

from policygen.trace.files import folder_of, read, rows
from policygen.trace.seen import still


class Said:
    """A call, by its name, what it said to either stream, and its exit code."""

    def __init__(self, call: str, out: str, err: str, code: int) -> None:
        self.call, self.out, self.err, self.code = call, out, err, code


_STEERING = ("NO_COLOR", "TERM", "SOURCE_DATE_EPOCH")
_PARTS = 6
"""Lines of a trace before the files: the call, its days (2), its exit code, what it said (2)."""


def name_of(arguments: list[str]) -> str:
    """A name for a call: its words, and whatever else steers what it says."""
    looks = [str(stream.isatty()) if stream else "" for stream in (sys.stdout, sys.stderr)]
    parts = [sys.version, *looks, *(os.environ.get(name, "") for name in _STEERING), *arguments]
    return blake2b("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def site_of(arguments: list[str]) -> str:
    """The site folder that a call names."""
    for index, word in enumerate(arguments):
        if word == "--site" and index + 1 < len(arguments):
            return arguments[index + 1]
        if word.startswith("--site="):
            return word.removeprefix("--site=")
    return "."


def replayed(arguments: list[str]) -> Said | None:
    """What the same call said, if it would do and say the same again."""
    if arguments[:1] != ["build"] or "--no-cache" in arguments:
        return None
    try:
        content = read(folder_of(site_of(arguments)), "seen").decode("utf-8", "surrogateescape")
        call, since, until, code, out, err, files = content.split("\n", _PARTS)
        if call != name_of(arguments) or not int(since) <= time.time() < int(until):
            return None
        if not all(still(path, entry) for path, entry in rows(files)):
            return None
        return Said(call, quoted_back(out), quoted_back(err), int(code))
    except ValueError:  # NoTrace is one
        return None


def quoted(text: str) -> str:
    """A text on one line."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def quoted_back(text: str) -> str:
    """The text that was put on one line."""
    return text.replace("\\\\", "\0").replace("\\n", "\n").replace("\0", "\\")
