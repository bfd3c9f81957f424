"""Scripts by which shells complete the command line, made from its parser.

Our own rather than a package's: they must know a site's services, which no package does, and three short
files cost less than a dependency that every user would install.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, get_args

from policygen.completion import bash, fish, zsh
from policygen.completion.grammar import Command, read

__all__ = ["SHELLS", "Shell", "script"]

Shell = Literal["bash", "zsh", "fish"]
SHELLS: tuple[Shell, ...] = get_args(Shell)

_WRITERS: Mapping[Shell, Callable[[Sequence[Command]], str]] = {
    "bash": bash.script,
    "zsh": zsh.script,
    "fish": fish.script,
}


def script(shell: Shell, parser: argparse.ArgumentParser, words: Mapping[str, Sequence[str]]) -> str:
    """The script for a shell; `words` are what values can be, by the name in the help or the option."""
    return _WRITERS[shell](read(parser, words))
