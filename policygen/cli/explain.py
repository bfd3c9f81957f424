"""`policygen explain`: the manual page of a finding or a vocabulary word."""

from __future__ import annotations

import argparse
import os
import shutil
import sys

from policygen.cli.console import UsageError, is_terminal, show

_WIDEST = 100


def run(options: argparse.Namespace) -> int:
    """Print the pages of that name."""
    from policygen.explain import pages, suggestion
    from policygen.terminal import plain

    found = pages(options.word)
    if not found:
        near = suggestion(options.word)
        help = (
            f"did you mean `{near}`?"
            if near
            else "name a finding's code, a word, or a vocabulary such as `purpose`"
        )
        raise UsageError(f"`{options.word}` is neither a finding nor a word of a vocabulary", help)
    terminal = is_terminal(sys.stdout)
    width = min(shutil.get_terminal_size().columns, _WIDEST) if terminal else 80
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    show("\n\n".join(plain(page, width, colour=colour) for page in found))
    return 0
