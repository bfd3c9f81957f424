"""Writes to a stream, whatever became of it."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

TYPE_CHECKING = False  # as in policygen/cli/__init__.py
if TYPE_CHECKING:
    from typing import TextIO


def show(text: str, stream: TextIO | None = None, *, end: str = "\n") -> None:
    """Write a line. A reader who has gone changes nothing; what can't be written is the machine's OSError."""
    stream = stream or sys.stdout
    if isinstance(stream, TextIOWrapper):
        # A terminal that can't show a letter gets its number instead of a traceback.
        stream.reconfigure(errors="backslashreplace")
    try:
        print(text, file=stream, end=end, flush=True)
    except OSError as error:
        # Python would complain once more when it exits.
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - pathlib takes longer to import than this does
            os.dup2(nowhere.fileno(), stream.fileno() if stream else 1)
        if not isinstance(error, BrokenPipeError):
            name = "standard error" if stream is sys.stderr else "standard output"
            raise OSError(error.errno, error.strerror, name) from error
