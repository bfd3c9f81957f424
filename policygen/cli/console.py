"""What the commands print: findings to standard output, everything else beside it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from policygen.cli.show import show

if TYPE_CHECKING:
    from policygen.diagnostics import Diagnostic
    from policygen.site import SiteFolder


__all__ = ["UsageError", "fail", "is_terminal", "report", "say", "show"]


class UsageError(Exception):
    """A wrong argument, or a machine that doesn't do its part: one line, and what would help."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message, self.help = message, help


def report(
    findings: Sequence[Diagnostic], folder: SiteFolder, options: argparse.Namespace
) -> tuple[str, str]:
    """Print findings in the format that is asked for. Returns what was printed to either stream."""
    from policygen.report import render, summary
    from policygen.source import locate

    shown = counted = ""
    if findings or options.format in {"json", "gitlab"}:
        text = render(findings, options.format, folder.text, locate, colour=_colour(options))
        shown = text.rstrip("\n") + "\n"
        show(shown, end="")
    if findings and options.format in {"text", "concise"}:
        counted = say(options, 0, summary(findings))
    return shown, counted


def say(options: argparse.Namespace, volume: int, message: str) -> str:
    """Print a line beside the findings, which are what a program reads. Returns what was printed."""
    if options.volume < volume:
        return ""
    show(message, sys.stderr)
    return f"{message}\n"


def fail(message: str, help: str | None) -> int:
    """Say why nothing came of it, and return the exit code."""
    with suppress(OSError):  # nobody can be told
        show(f"policygen: {message}", sys.stderr)
        if help:
            show(f"  = help: {help}", sys.stderr)
    return 2


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody looks at a stream."""
    # A process that was started without the stream has None in its place.
    return stream is not None and stream.isatty()


def _colour(options: argparse.Namespace) -> bool:
    if options.format != "text" or os.environ.get("NO_COLOR"):
        return False
    return is_terminal(sys.stdout) and os.environ.get("TERM") != "dumb"
