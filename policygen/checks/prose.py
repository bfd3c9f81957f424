"""`markdown-html`, `-link`, `-image` and `-nesting`: what Markdown on a policy page may not hold.

Pages run no script and load nothing, so raw HTML, images and links with schemes like `javascript:` have no
place there.

`hidden-character` and `lookalike-address`, where HTML's entities stand for them, as in `&shy;`. What is
written as it is has been found in the file.

`empty-value`, where of a text nothing is seen: definitions of links are all that it is made of, or signs of
Markdown. A reviewer would read what no reader gets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from policygen.checks.case import Case
from policygen.diagnostics import Diagnostic
from policygen.markdown import problems, to_html
from policygen.model import Prose
from policygen.source import disguised

_SEEN = re.compile(r">[^\s<&]")
"""The first word of nearly every text."""
_TAG = re.compile(r"<[^>]*>")


def check(case: Case) -> Iterator[Diagnostic]:
    """Read every Markdown text of the policy, in every language."""
    for value in case.values:
        if isinstance(value, Prose):
            for tag, text in value.by_language.items():
                found = problems(text)
                for code, message, help in found:
                    yield Diagnostic(code, message, value.place / tag, help)
                if not found and _shows_nothing(to_html(text)):
                    message = f"nothing is seen of the text in `{tag}`"
                    yield Diagnostic(
                        "empty-value", message, value.place / tag, "write what readers should get"
                    )
                if "&" in text:
                    for each in disguised(unescape(text), text, value.place.path):
                        yield replace(each, place=value.place / tag)


def _shows_nothing(html: str) -> bool:
    return not _SEEN.search(html) and not unescape(_TAG.sub("", html)).strip()
