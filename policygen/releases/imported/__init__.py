"""A policy older than policygen, as its author kept it -> a fragment that is safe and valid in a page.

```
characters  what may stand in a page
soup        HTML as found → a tree
words       runs of text → words with markup
tables      cells that fit
pieces      blocks, and how they are written
fragment    a tree → blocks
```
The words stay as they were, and with them the structure that HTML has a name for. Looks, scripts, pictures
and addresses inside the old site don't.
"""

from __future__ import annotations

import codecs
import re
from pathlib import PurePosixPath

from policygen.diagnostics import Diagnostic, Place, Position
from policygen.markdown import limits
from policygen.releases.imported.characters import characters
from policygen.releases.imported.fragment import pieces_of
from policygen.releases.imported.pieces import Piece, each_piece, has_words, write
from policygen.releases.imported.soup import Block, Run, read_html
from policygen.releases.imported.words import phrase
from policygen.source import SIZE_LIMIT

__all__ = ["article"]

_CODE = "bad-import"
_MARKDOWN = frozenset({".md", ".markdown"})
_ENDINGS = ".html, .htm, .md, .markdown or .txt"
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


def article(content: bytes, name: str, title: str | None = None) -> str | Diagnostic:
    """The text of a file as HTML, one block a line, or what keeps it from being read.

    The file's name says what it is written in. A text without a heading of the first level begins with
    `title`, if that is given.
    """
    text = _decoded(content, name)
    if isinstance(text, Diagnostic):
        return text
    ending = PurePosixPath(name.lower()).suffix
    if ending in _MARKDOWN and limits.is_too_much(text):
        return _bad(name, limits.problem(text).message, "save it as HTML")
    try:
        pieces = _pieces(text, ending)
    except RecursionError:
        return _bad(name, "its lists or quotes are nested too deep", "save it as HTML")
    if pieces is None:
        return _bad(name, f"can't tell what `{name}` is written in", f"name it {_ENDINGS}")
    if not has_words(pieces):
        return _bad(name, "there is no text in it", "see what a reader was shown")
    if title is not None and not any(piece.tag == "h1" for piece in each_piece(pieces)):
        pieces.insert(0, Piece("h1", words=phrase([Run(characters(title))])))
    return write(pieces)


def _pieces(text: str, ending: str) -> list[Piece] | None:
    if ending in {".html", ".htm"}:
        return pieces_of(read_html(text))
    if ending in _MARKDOWN:
        return pieces_of(read_html(_marked_down(characters(text))))
    if ending == ".txt":
        return [piece for each in _BLANK_LINES.split(characters(text)) for piece in _paragraph(each)]
    return None


def _paragraph(text: str) -> list[Piece]:
    runs = [run for line in text.split("\n") for run in (Run(None), Run(line))]
    tree = Block("p", children=[*runs])
    return pieces_of(Block("body", children=[tree]))


def _marked_down(text: str) -> str:
    """The HTML of a Markdown text, HTML in it included: what is unsafe goes when that is read.

    Not `policygen.markdown`: there headings stand below those of a page, and here they are the page's own.
    """
    from markdown import Markdown
    from markdown.extensions.tables import TableExtension

    reader = Markdown(extensions=[TableExtension()])
    # It raises on some broken HTML; as a part of a line any is taken as it is.
    reader.preprocessors.deregister("html_block")
    return reader.convert(text)


def _decoded(content: bytes, name: str) -> str | Diagnostic:
    """The text of a file. Only UTF-8 is read: a guess would publish wrong letters without a word."""
    if len(content) > SIZE_LIMIT:
        message = f"the file has {len(content):,} bytes, more than the {SIZE_LIMIT:,} allowed"
        return _bad(name, message, "save only the text of the policy")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _bad(name, "the file is UTF-16, not UTF-8", "save the file as UTF-8")
    body = content.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"byte 0x{body[error.start]:02x} is not UTF-8 here"
        lines = body[: error.start].decode("utf-8").split("\n")
        return _bad(name, message, "save the file as UTF-8", Position(len(lines), len(lines[-1]) + 1))


def _bad(name: str, message: str, help_: str, position: Position | None = None) -> Diagnostic:
    return Diagnostic(_CODE, message, Place(name), help_, position=position or Position(1, 1))
