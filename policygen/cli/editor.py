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
        return parse_summary(file.read_text(encoding="utf-8"), tags)


def _edit(file: Path) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        done = subprocess.run([*shlex.split(editor), str(file)], check=False)
    except OSError as error:
        help = "set EDITOR, or give --summary LANG=TEXT"
        raise UsageError(f"the editor {editor} doesn't start", help) from error
    if done.returncode != 0:
        raise UsageError(f"the editor {editor} gave up", "nothing was released")


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
