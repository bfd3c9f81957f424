"""A progress bar for builds that take longer than a second. Times are never part of a page."""

from __future__ import annotations

import time
from typing import TextIO

PATIENCE = 1.0
"""Seconds before a bar is shown: most builds are over by then."""
_WIDTH = 30


class Progress:
    """Draws how many services are done; `(0, 0)` ends it and wipes the line."""

    def __init__(self, stream: TextIO) -> None:
        """Draw on a terminal's stream."""
        self._stream = stream
        self._start = time.monotonic()
        self._shown = False

    def __call__(self, done: int, of: int) -> None:
        """Show the state."""
        passed = time.monotonic() - self._start
        if of and passed > PATIENCE:
            self._shown = True
            filled = _WIDTH * done // of
            left = passed / done * (of - done)
            bar = "#" * filled + "." * (_WIDTH - filled)
            rates = f"{done / passed:.0f}/s, {left:.0f} s left"
            self._stream.write(f"\r[{bar}] {done}/{of} services, {rates}\x1b[K")
        elif not of and self._shown:
            self._stream.write("\r\x1b[K")
        self._stream.flush()
