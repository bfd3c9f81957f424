"""Authors' Markdown to HTML, without raw HTML and without links that could do more than lead somewhere.

Nearly all texts of policies are paragraphs, flat lists, links and words in bold: `plain.py` reads these.
`parser.py` reads the others, unless `limits.py` says that this could take seconds.
"""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup, escape

from policygen.markdown import limits, parser, plain
from policygen.markdown.problem import MarkdownProblem

__all__ = ["MarkdownProblem", "problems", "to_html"]


def to_html(text: str) -> Markup:
    """The HTML of a Markdown text; raw HTML comes out as the characters it is made of."""
    return Markup(_read(text)[0])  # noqa: S704 - raw HTML is off and links are checked


def problems(text: str) -> tuple[MarkdownProblem, ...]:
    """Raw HTML, images, links that lead where none should, and what no parser reads in time."""
    return _read(text)[1]


@lru_cache(maxsize=256)  # what has been checked is rendered next
def _read(text: str) -> tuple[str, tuple[MarkdownProblem, ...]]:
    html = plain.to_html(text)
    if html is not None:
        return html, ()
    if limits.is_too_much(text):
        return escape(text), (limits.problem(text),)
    return parser.read(text)
