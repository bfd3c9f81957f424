"""The part of Markdown that nearly all texts of policies are written in, read without a parser.

Paragraphs, flat lists of bullets or of numbers, `**strong**`, `*emphasis*`, `` `code` `` and `[links](/en/)`,
none of them in one another, and no sign that could mean anything else. What is read here comes out byte for
byte as from the parser; every other text is the parser's.
"""

from __future__ import annotations

import re

from policygen.markdown import links

_SIGNS = r"\\`*_{}\[\]#<>&|\x00-\x1f\x7f-\x9f\u2028\u2029"
_TEXT = rf"(?:[^{_SIGNS}]|&(?= ))++(?<!\s)"
_CODE = r"[^`<>&|\x00-\x1f\x7f-\x9f\u2028\u2029]++(?<!\s)"
_TARGET = r"(?:https?://|mailto:|tel:|#|/(?!/))[A-Za-z0-9._~/?#@!$%+,;=:*-]*+"
_INLINE = re.compile(
    rf"\*\*(?!\s)(?P<strong>{_TEXT})\*\*(?!\*)"
    rf"|\*(?!\s)(?P<em>{_TEXT})\*(?!\*)"
    rf"|`(?!\s)(?P<code>{_CODE})`(?!`)"
    rf"|(?<!!)\[(?!\s)(?P<text>{_TEXT})\]\((?P<target>{_TARGET})\)"
)
_MARK = r"(?:[*+-]|\d+\.) +"
_BREAK = rf"(?:\A|\n++(?! )|\n {{1,3}}(?!{_MARK}))"
"""Paragraphs and items begin at the margin; a line that goes on with them may be indented."""
_LINE = rf"(?:{_MARK})?(?![\s+=-]|\d+\. ){_TEXT}"
_LINES = re.compile(rf"(?:{_BREAK}{_LINE})++\Z")
_BLANK = re.compile(r"\n\n+")
_ITEM = re.compile(rf"(?:\A|\n){_MARK}")


def to_html(text: str) -> str | None:
    """The HTML of a plain text; None if it isn't one."""
    text = text.strip("\n")
    if not _LINES.match(_INLINE.sub("x", text)) or _has_wrong_link(text):
        return None
    blocks: list[str] = []
    is_after_list = False
    for block in _BLANK.split(_INLINE.sub(_element, text).replace("& ", "&amp; ")):
        words, *items = _ITEM.split(block)
        # The parser takes an item right below words for words, and lists with blank lines between for one.
        if items and (words or is_after_list):
            return None
        is_after_list = bool(items)
        blocks.append(_list("ul" if block[0] in "*+-" else "ol", items) if items else f"<p>{words}</p>")
    return "\n".join(blocks)


def _has_wrong_link(text: str) -> bool:
    """Whether a link is one that the parser's reader is told of."""
    return "](" in text and any(
        links.problem(found["target"], found["text"]) for found in _INLINE.finditer(text) if found["target"]
    )


def _element(found: re.Match[str]) -> str:
    if found["target"]:
        return f'<a href="{found["target"]}">{found["text"]}</a>'
    tag = found.lastgroup
    return f"<{tag}>{found[tag or 0]}</{tag}>"


def _list(tag: str, items: list[str]) -> str:
    lines = "".join(f"<li>{item}</li>\n" for item in items)
    return f"<{tag}>\n{lines}</{tag}>"
