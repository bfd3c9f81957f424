"""`policygen completion`: prints the script by which a shell completes this command line."""

from __future__ import annotations

import argparse

from policygen.cli.console import show
from policygen.cli.parser import parser


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    from policygen.completion import script
    from policygen.explain import names
    from policygen.scaffold.answers import HOSTS
    from policygen.vocabulary import VOCABULARIES

    kinds = [word.key for word in VOCABULARIES["kind"]]
    words = {"CODE|WORD": names(), "--deploy": HOSTS, "--kind": kinds}
    show(script(options.shell, parser(), words).rstrip("\n"))
    return 0
