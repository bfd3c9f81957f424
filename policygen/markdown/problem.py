"""What an author may not write in Markdown."""

from __future__ import annotations

from typing import NamedTuple


class MarkdownProblem(NamedTuple):
    """A finding's code, what was found, what would be right."""

    code: str
    message: str
    help: str
