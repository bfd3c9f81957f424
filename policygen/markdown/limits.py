"""Which texts would take the parser seconds, so that it isn't given them.

Its time grows with the length of a block (what stands between empty lines) times the signs in it. From each
opening bracket it looks for the end of a link up to the end of the block; after each heading or rule it goes
on with a copy of the rest.
"""

from __future__ import annotations

import re

from policygen.markdown.problem import MarkdownProblem

WORK = 50_000_000
"""The most that a text may need: 300,000 letters in short paragraphs or 1,500 brackets without an end."""
_LETTER, _BRACKET, _BLOCK = 150, 20, 2_600
_LINK = re.compile(r"\[[^][`\\]*\]\([^][()`\\'\"<>]*\)")
"""A whole link, which takes no longer than its letters."""
_MARK = re.compile(r"[-+*.][ \t]")
_TICKS = re.compile(r"`+")


def is_too_much(text: str) -> bool:
    """Whether a text needs more work than is allowed."""
    return len(text) * _LETTER > WORK or sum(map(_work, text.split("\n\n"))) > WORK


def problem(text: str) -> MarkdownProblem:
    """What is wrong with such a text."""
    message = f"this text of {len(text):,} characters would take too long to read"
    return MarkdownProblem("markdown-nesting", message, "put empty lines between its parts, or shorten it")


def _work(block: str) -> int:
    """About how many times ten nanoseconds the parser needs for a block, at worst."""
    # The parser goes on with something longer in the place of a tab, an escaped sign or code.
    length = len(block) + 3 * (block.count("\t") + block.count("\\")) + 6 * len(_TICKS.findall(block))
    signs = sum(map(block.count, "\\`*_|<>#&!(\n")) + len(_MARK.findall(block))
    brackets = _LINK.sub("", block).count("[") if "[" in block else 0
    return _BLOCK + length * (_LETTER + signs + _BRACKET * brackets)
