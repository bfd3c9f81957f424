"""Write what the command line says of itself into docs/commands.md and docs/commands/*.md.

    python tools/commands.py            write the help of every command into its page, and the table of all
    python tools/commands.py --check    exit 1 if a page is not what the commands say

The rest of these pages is written by hand. A command without a page gets one that holds its help alone.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from policygen.cli.parser import parser

DOCS = Path(__file__).resolve().parent.parent / "docs"
INDEX = DOCS / "commands.md"
FOLDER = DOCS / "commands"

NOTE = "<!-- Made by `make reference` from the code: change it there. -->\n"
_HELP = re.compile(re.escape(NOTE) + r"```text\n.*?^```\n", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(re.escape(NOTE) + r"(?:\|.*\n)+")
_AS_ANYWHERE = {"COLUMNS": "80", "PYTHON_COLORS": "0"}
"""What help looks like doesn't depend on the terminal that this runs in."""


def commands() -> Mapping[str, tuple[str, argparse.ArgumentParser]]:
    """Every command with the line that `policygen --help` has of it, and its parser."""
    (found,) = (each for each in parser()._actions if isinstance(each, argparse._SubParsersAction))
    said = {each.dest: each.help or "" for each in found._choices_actions}
    return {name: (said[name], one) for name, one in found.choices.items()}


def pages() -> Mapping[Path, str]:
    """The index and the page of every command, as they have to be."""
    made = {INDEX: _filled(_TABLE, INDEX.read_text(encoding="utf-8"), _table())}
    for name, (_, one) in commands().items():
        file = FOLDER / f"{name}.md"
        block = f"{NOTE}```text\n{one.format_help()}```\n"
        text = file.read_text(encoding="utf-8") if file.is_file() else f"# `policygen {name}`\n\n{block}"
        made[file] = _filled(_HELP, text, block)
    return made


def _filled(place: re.Pattern[str], text: str, block: str) -> str:
    made, count = place.subn(lambda _: block, text)
    if count != 1:
        raise SystemExit(f"a page has {count} places that begin with: {NOTE}")
    return made


def _table() -> str:
    rows = [
        f"| [`{name}`](commands/{name}.md) | {_sentence(said)} |\n" for name, (said, _) in commands().items()
    ]
    return f"{NOTE}| Command | What it does |\n| --- | --- |\n{''.join(rows)}"


def _sentence(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}."


def main() -> int:
    """Write, or compare."""
    os.environ.update(_AS_ANYWHERE)
    stale = {
        file: text for file, text in pages().items()
        if not file.is_file() or file.read_text(encoding="utf-8") != text
    }  # fmt: skip
    if "--check" in sys.argv[1:]:
        return int(bool(stale))
    FOLDER.mkdir(exist_ok=True)
    for file, text in stale.items():
        file.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
