"""Markdown as plain text for a terminal: wrapped, without the marks that only a page needs."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

_BLOCK = re.compile(r"^( *)```\w*\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]*\)")
_CODE = re.compile(r"`[^`]*`")
_BOLD, _END = "\033[1m", "\033[0m"


def plain(markdown: str, width: int = 80, *, colour: bool = False) -> str:
    """The text of a page: headings, paragraphs and lists wrapped, examples as they are."""
    parts: list[str] = []
    rest = 0
    for block in _BLOCK.finditer(markdown):
        parts += _blocks(markdown[rest : block.start()], width, colour=colour)
        parts.append(textwrap.indent(textwrap.dedent(block[2]).rstrip("\n"), "    "))
        rest = block.end()
    parts += _blocks(markdown[rest:], width, colour=colour)
    return "\n\n".join(parts)


def _blocks(markdown: str, width: int, *, colour: bool) -> Iterator[str]:
    for block in re.split(r"\n{2,}", markdown.strip("\n")):
        if heading := re.match(r"#+ +(.*)", block):
            yield f"{_BOLD}{heading[1]}{_END}" if colour else heading[1]
        elif block.strip():
            items = re.split(r"\n(?=[-*] )", block) if block.startswith(("- ", "* ")) else [block]
            yield "\n".join(_wrapped(_LINK.sub(r"\1", item), width) for item in items)


def _wrapped(text: str, width: int) -> str:
    indent = "  " if text.startswith(("- ", "* ")) else ""
    whole = _CODE.sub(lambda match: match[0].replace(" ", "\N{NO-BREAK SPACE}"), " ".join(text.split()))
    filled = textwrap.fill(
        whole, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return filled.replace("\N{NO-BREAK SPACE}", " ")
