"""What the commands print: findings to standard output, everything else beside it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from policygen.diagnostics import Diagnostic
    from policygen.site import SiteFolder


class UsageError(Exception):
    """A wrong argument, or a machine that doesn't do its part: one line, and what would help."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message, self.help = message, help


def report(findings: Sequence[Diagnostic], folder: SiteFolder, options: argparse.Namespace) -> None:
    """Print findings in the format that is asked for."""
    from policygen.report import render, summary
    from policygen.source import locate

    if findings or options.format in {"json", "gitlab"}:
        text = render(findings, options.format, folder.text, locate, colour=_colour(options))
        show(text.rstrip("\n"))
    if findings and options.format in {"text", "concise"}:
        say(options, 0, summary(findings))


def say(options: argparse.Namespace, volume: int, message: str) -> None:
    """Print a line beside the findings, which are what a program reads."""
    if options.volume >= volume:
        show(message, sys.stderr)


def fail(message: str, help: str | None) -> int:
    """Say why nothing came of it, and return the exit code."""
    show(f"policygen: {message}", sys.stderr)
    if help:
        show(f"  = help: {help}", sys.stderr)
    return 2


def show(text: str, stream: TextIO | None = None, *, end: str = "\n") -> None:
    """Write a line, whatever became of the stream: what is built doesn't depend on who listens."""
    stream = stream or sys.stdout
    if isinstance(stream, TextIOWrapper):
        # A terminal that can't show a letter gets its number instead of a traceback.
        stream.reconfigure(errors="backslashreplace")
    try:
        print(text, file=stream, end=end, flush=True)
    except BrokenPipeError:
        # The reader of our output has gone; Python would complain once more when it exits.
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno() if stream else 1)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody looks at a stream."""
    # A process that was started without the stream has None in its place.
    return stream is not None and stream.isatty()


def _colour(options: argparse.Namespace) -> bool:
    if options.format != "text" or os.environ.get("NO_COLOR"):
        return False
    return is_terminal(sys.stdout) and os.environ.get("TERM") != "dumb"
