"""`markdown-html`, `-link`, `-image` and `-nesting`: what Markdown on a policy page may not hold.

Pages run no script and load nothing, so raw HTML, images and links with schemes like `javascript:` have no
place there.

`hidden-character` and `lookalike-address`, where HTML's entities stand for them, as in `&shy;`. What is
written as it is has been found in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from policygen.checks.case import Case
from policygen.diagnostics import Diagnostic
from policygen.markdown import problems
from policygen.model import Prose
from policygen.source import disguised


def check(case: Case) -> Iterator[Diagnostic]:
    """Read every Markdown text of the policy, in every language."""
    for value in case.values:
        if isinstance(value, Prose):
            for tag, text in value.by_language.items():
                for code, message, help in problems(text):
                    yield Diagnostic(code, message, value.place / tag, help)
                if "&" in text:
                    for found in disguised(unescape(text), text, value.place.path):
                        yield replace(found, place=value.place / tag)
