"""Asks for a summary in the author's editor, as git asks for a message."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from policygen.cli.console import UsageError

_ABOVE = """\
# What changed, in a sentence or two for readers; behind each language, as long as it needs.
# Leave all of them empty to release without a summary. Lines that begin with # don't count.
"""


def ask_summary(tags: Sequence[str], changes: Sequence[str]) -> dict[str, str]:
    """The summary in each language, empty if none was written."""
    found = "".join(f"#   {change}\n" for change in changes)
    text = _ABOVE + ("# Found:\n" + found if found else "") + "".join(f"{tag}: \n" for tag in tags)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "summary.txt"
        file.write_text(text, encoding="utf-8")
        _edit(file)
        return parse_summary(_written(file), tags)


def _edit(file: Path) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    help = "set EDITOR, or give --summary LANG=TEXT"
    try:
        done = subprocess.run([*shlex.split(editor), str(file)], check=False)
    except ValueError as error:  # a quote without an end
        raise UsageError(f"the editor {editor} is no command", help) from error
    except OSError as error:
        raise UsageError(f"the editor {editor} doesn't start", help) from error
    if done.returncode != 0:
        raise UsageError(f"the editor {editor} gave up", "nothing was released")


def _written(file: Path) -> str:
    """What the author has written, if it is text and there was any."""
    if not file.is_file():  # a pipe would keep us waiting
        raise UsageError("the editor left no text", "nothing was released")
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        help = "nothing was released; have the editor write UTF-8, or give --summary LANG=TEXT"
        raise UsageError("what the editor wrote is not UTF-8", help) from error


def parse_summary(text: str, tags: Sequence[str]) -> dict[str, str]:
    """The words behind each language; a line that names none goes on with the one before."""
    words: dict[str, list[str]] = {}
    tag = ""
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        name, colon, rest = line.partition(":")
        begins = bool(colon) and name.strip() in tags
        tag = name.strip() if begins else tag
        said = rest.strip() if begins else line.strip()
        if tag and said:
            words.setdefault(tag, []).append(said)
    return {tag: " ".join(lines) for tag, lines in words.items()}
