"""A tree of found HTML -> the blocks of a valid fragment.

Only elements named here get through. What doesn't fit where it stands is made plainer until it does; its
words stay, unless no reader has seen them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from policygen.releases.imported.pieces import HEADINGS, Piece, each_piece, has_words, set_levels
from policygen.releases.imported.soup import Attributes, Block, Run
from policygen.releases.imported.tables import Cell, lay_out
from policygen.releases.imported.words import is_blank, language_of, phrase, preformatted, written

_NUMBER = re.compile(r"-?[0-9]{1,5}")
_SPAN = re.compile(r"[1-9][0-9]{0,2}")
_GROUPS = ("thead", "tbody", "tfoot")


def pieces_of(tree: Block) -> list[Piece]:
    """The blocks of what a reader has seen of a page or a part of it."""
    pieces = _flow(_policy(tree).children, {})
    for piece in pieces:
        piece.tag = piece.tag or "p"
    set_levels(pieces)
    return pieces


def _policy(tree: Block) -> Block:
    """Where the text itself stands, if the page has exactly one place for that; else all of it."""
    for name in ("main", "article"):
        places = [place for place in _outermost(tree, name) if has_words(_flow(place.children, {}))]
        if len(places) == 1:
            return places[0]
    return tree


def _outermost(tree: Block, name: str) -> Iterator[Block]:
    for child in tree.children:
        if isinstance(child, Block) and not child.hidden:
            if name in {child.tag, child.attributes.get("role")}:
                yield child
            else:
                yield from _outermost(child, name)


# --- blocks


def _flow(children: Iterable[Block | Run], around: Attributes) -> list[Piece]:
    """Blocks, and words that stand alone between them; `around` is the language they stand in."""
    pieces: list[Piece] = []
    runs: list[Run] = []
    items: list[Block] = []
    for child in children:
        if isinstance(child, Block) and child.hidden:
            continue
        if isinstance(child, Run):
            if items and is_blank(child):
                continue
            pieces += _items(items, around)
            runs.append(child)
        elif child.tag == "li":
            pieces += _words(runs, around)
            items.append(child)
        else:
            pieces += [*_words(runs, around), *_items(items, around), *_block(child, around)]
    return [*pieces, *_words(runs, around), *_items(items, around)]


def _words(runs: list[Run], around: Attributes) -> list[Piece]:
    """The words collected so far; the collection begins anew."""
    words = phrase(runs)
    runs.clear()
    return [Piece("", written(around), words)] if words else []


def _items(items: list[Block], around: Attributes) -> list[Piece]:
    """The items collected so far that stand in no list, as one; the collection begins anew."""
    pieces = _list(Block("ul", children=[*items]), around) if items else []
    items.clear()
    return pieces


def _block(block: Block, around: Attributes) -> list[Piece]:
    language = {**around, **language_of(block.attributes)}
    if block.tag in _MAKERS:
        return _MAKERS[block.tag](block, language)
    return _flow(block.children, language)


def _runs(block: Block) -> Iterator[Run]:
    """All the words in a block, a space between those of different blocks."""
    for child in block.children:
        if isinstance(child, Run):
            yield child
        elif not child.hidden:
            yield Run("\n")
            yield from _runs(child)
            yield Run("\n")


def _rule(_block: Block, _language: Attributes) -> list[Piece]:
    return [Piece("hr")]


def _paragraph(block: Block, language: Attributes) -> list[Piece]:
    words = phrase(_runs(block))
    return [Piece("p", written(language), words)] if words else []


def _preformatted(block: Block, language: Attributes) -> list[Piece]:
    words = preformatted(_runs(block))
    return [Piece("pre", written(language), words)] if words else []


def _quote(block: Block, language: Attributes) -> list[Piece]:
    inside = _flow(block.children, {})
    return [Piece("blockquote", written(language), children=inside)] if has_words(inside) else []


def _heading(block: Block, language: Attributes) -> list[Piece]:
    """A heading is the first paragraph in it: one that was never closed has taken in all that follows."""
    pieces = _flow(block.children, language)
    if pieces and pieces[0].tag in {"", "p", *HEADINGS}:
        pieces[0].tag = block.tag
    return pieces


def _list(block: Block, language: Attributes) -> list[Piece]:
    """A list; what stands between its items belongs to the one before."""
    ordered = block.tag == "ol"
    items: list[Piece] = []
    for part in _parts(block, {"li"}):
        if isinstance(part, list):
            if stray := _flow(part, {}):
                items = items or [Piece("li")]
                items[-1].children += stray
            continue
        inside = _flow(part.children, {})
        if inside or ordered:  # an empty one has counted
            number = part.attributes.get("value", "")
            value = f' value="{int(number)}"' if ordered and _NUMBER.fullmatch(number) else ""
            items.append(Piece("li", written(language_of(part.attributes)) + value, children=inside))
    attributes = written(language) + (_numbering(block.attributes) if ordered else "")
    return [Piece(block.tag, attributes, children=items)] if has_words(items) else []


def _numbering(attributes: Attributes) -> str:
    """How a list counts, since texts refer to its numbers."""
    start, style = attributes.get("start", ""), attributes.get("type", "")
    number = f' start="{int(start)}"' if _NUMBER.fullmatch(start) else ""
    letter = f' type="{style}"' if style in {"a", "A", "i", "I"} else ""
    return number + letter + (" reversed" if "reversed" in attributes else "")


def _parts(block: Block, tags: Collection[str]) -> Iterator[Block | list[Block | Run]]:
    """The children of these tags, and between them whatever else there is that has been seen."""
    between: list[Block | Run] = []
    for child in block.children:
        if isinstance(child, Run) or child.tag not in tags:
            between.append(child)
        elif not child.hidden:
            if between:
                yield between
            between = []
            yield child
    if between:
        yield between


def _definitions(block: Block, language: Attributes) -> list[Piece]:
    """A list of terms and what they mean, or paragraphs where one has no other."""
    parts: list[Piece] = []
    for part in _parts(_ungrouped(block), {"dt", "dd"}):
        if isinstance(part, list):
            parts += _flow(part, {})
        elif part.tag == "dd":
            attributes = written(language_of(part.attributes))
            parts.append(Piece("dd", attributes, children=_flow(part.children, {})))
        elif words := phrase(_runs(part)):
            parts.append(Piece("dt", written(language_of(part.attributes)), words))
    tags = [part.tag for part in parts]
    if tags and tags[0] == "dt" and tags[-1] == "dd" and {*tags} == {"dt", "dd"}:
        return [Piece("dl", written(language), children=parts)]
    return _plain(parts, written(language))


def _plain(parts: Iterable[Piece], attributes: str) -> list[Piece]:
    """Terms and meanings as paragraphs."""
    pieces = [piece for part in parts for piece in (part.children if part.tag == "dd" else [part])]
    for piece in pieces:
        piece.tag = "p" if piece.tag in {"", "dt"} else piece.tag
        piece.attributes = piece.attributes or ("" if piece.tag == "hr" else attributes)
    return pieces


def _ungrouped(block: Block) -> Block:
    """A list of terms without the `div` that may stand around each group of it."""
    children: list[Block | Run] = []
    for child in block.children:
        grouped = isinstance(child, Block) and child.tag == "div" and not child.hidden
        children += child.children if grouped and isinstance(child, Block) else [child]
    return Block("dl", children=children)


def _term(block: Block, language: Attributes) -> list[Piece]:
    return [Piece("", piece.attributes, piece.words) for piece in _paragraph(block, language)]


# --- tables


def _table(block: Block, language: Attributes) -> list[Piece]:
    """A table, after what stands in it outside of its cells; without enough cells the words of each."""
    outside: list[Piece] = []
    captions: list[Piece] = []
    groups: dict[str, list[list[Cell]]] = {tag: [] for tag in _GROUPS}
    for part in _parts(block, {*_GROUPS, "caption", "tr", "td", "th"}):
        if isinstance(part, list):
            outside += _flow(part, language)
        elif part.tag == "caption":
            captions += _term(part, language_of(part.attributes))
        elif part.tag in _GROUPS:
            groups[part.tag] += _rows(part, outside, language)
        else:
            groups["tbody"] += _rows(Block("tbody", children=[part]), outside, language)
    cells = [cell.piece for group in groups.values() for row in group for cell in row]
    outside += captions[1:]
    if not has_words(cells):
        return outside + captions[:1]
    if not lay_out(groups.values()):
        return [*outside, *captions[:1], *(piece for cell in cells for piece in cell.children)]
    inside = [Piece("caption", each.attributes, each.words) for each in captions[:1]]
    inside += [
        Piece(tag, children=[Piece("tr", children=[_cell(cell) for cell in row]) for row in group])
        for tag, group in groups.items()
        if group
    ]
    return [*outside, Piece("table", written(language), children=inside)]


def _rows(group: Block, outside: list[Piece], language: Attributes) -> list[list[Cell]]:
    """The rows of a group that have cells; what stands between them is put outside."""
    rows: list[list[Cell]] = []
    for part in _parts(group, {"tr", "td", "th"}):
        if isinstance(part, list):
            outside += _flow(part, language)
            continue
        row = part if part.tag == "tr" else Block("tr", children=[part])
        cells: list[Cell] = []
        for inner in _parts(row, {"td", "th"}):
            if isinstance(inner, list):
                outside += _flow(inner, language)
            else:
                cells.append(_read_cell(inner))
        rows += [cells] if cells else []
    return rows


def _read_cell(block: Block) -> Cell:
    inside = _flow(block.children, {})
    if block.tag == "th":  # where no heading may be
        for piece in each_piece(inside):
            piece.tag = "p" if piece.tag in HEADINGS else piece.tag
    scope = block.attributes.get("scope", "").lower()
    attributes = written(language_of(block.attributes))
    if block.tag == "th" and scope in {"col", "row"}:
        attributes += f' scope="{scope}"'
    spans = (_span(block.attributes.get(name, "")) for name in ("colspan", "rowspan"))
    return Cell(Piece(block.tag, attributes, children=inside), *spans)


def _span(found: str) -> int:
    return int(found) if _SPAN.fullmatch(found) else 1


def _cell(cell: Cell) -> Piece:
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return Piece(cell.piece.tag, cell.piece.attributes + columns + rows, children=cell.piece.children)


_MAKERS: Mapping[str, Callable[[Block, Attributes], list[Piece]]] = {
    **dict.fromkeys(HEADINGS, _heading),
    **dict.fromkeys(("ul", "ol"), _list),
    **dict.fromkeys(("dt", "caption"), _term),
    "blockquote": _quote,
    "dl": _definitions,
    "hr": _rule,
    "p": _paragraph,
    "pre": _preformatted,
    "table": _table,
}
"""What makes the pieces of a block; others are made of what is in them."""
