"""What no policygen writes into a release, though every digest fits: somebody else wrote it.

Digests show that a file is the one that its record names, and whoever proposes a release names what they
like. An archived text of old may read however it read then, so only what it could do is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from html import unescape
from itertools import islice

from policygen.diagnostics import ENOUGH, Diagnostic, Place, Position, Route, Severity
from policygen.markdown.links import problem
from policygen.releases.reading import RESTORE, read_json
from policygen.releases.record import Json
from policygen.source import deceptive, disguised, is_usual
from policygen.source.encoding import forbidden, position_at

_ACTING = re.compile(
    r"<(?:applet|base|embed|frame(?:set)?|iframe|object|portal|script(?! type=\"application/ld\+json\">)"
    r"|(?:link|meta)(?! itemprop=\"[^\"<>]*\" (?:content|href)=\"[^\"<>]*\"\s*/?>))(?=[\s/>])",
    re.IGNORECASE,
)
"""The beginning of an element that runs, loads or leads away by itself."""
_TAG = re.compile(r"<[A-Za-z][^>]*(?:>|\Z)")
_PLAIN = re.compile(
    r"<[A-Za-z][A-Za-z0-9:-]*+(?:\s++[^\s\"'<>/=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>=`]++))?)*+\s*+/?>"
)
"""A tag that everybody reads alike. Quotes in odd places, or `>` in them, could hide where it ends."""
_QUIET = re.compile(
    r"<(?!applet|base|embed|frame|iframe|link|meta|object|portal|script)[a-z][a-z0-9]*+"
    r"(?:\s++(?:(?!on|href|xlink|src|action|formaction|ping)[a-z][a-z-]*+(?:=\"[^\"]*+\")?"
    r"|href=\"(?:#|\.|https?://)[^\"]*+\"))*+\s*+/?>"
)
"""A tag like nearly all of ours."""
_LINK = re.compile(r"<a href=\"([^\"]*)\"[^>]*>((?:[^<]|<(?!/?a[\s>]))*+)</a>")
_ELEMENT = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
_TARGETS = frozenset({"href", "xlink:href", "src", "action", "formaction", "ping"})
_SCHEME = re.compile(r"(?!(?:https?|mailto|tel):)[A-Za-z][A-Za-z0-9+.-]*:", re.IGNORECASE)
_UNREAD = re.compile(r"[\x00-\x20]")
"""What browsers leave out before a scheme, and in it."""
_MARKS = re.compile("[\u061c\u200e\u200f]")
"""Marks of direction are normal where another text of the policy has right-to-left letters."""
_ESCAPES = re.compile(rb"\\[bfu]")
"""What stands for a character in JSON, but for line breaks, tabs and quotes."""


def strange_record(content: bytes, path: str) -> Iterator[Diagnostic]:
    """What no policygen writes into a JSON file, as it stands there and as what its escapes stand for."""
    yield from _strange(content, path)
    if not _ESCAPES.search(content):
        return
    text = content.decode()
    data = read_json(content, path)
    for route, value in () if isinstance(data, Diagnostic) else _texts(data):
        place = Place(path, route)
        if (found := forbidden(value)) is not None:
            yield _stray(value[found], place)
        else:
            plain = _MARKS.sub("·", value)
            yield from (replace(each, place=place, help=RESTORE) for each in disguised(plain, text, path))


def strange_text(content: bytes, path: str, *, is_archived: bool) -> Iterator[Diagnostic]:
    """What no policygen writes into the text of a release, which is UTF-8."""
    yield from _strange(content, path, may_deceive=is_archived)
    html = content.decode()
    if (at := _acting(html)) is not None:
        shown = " ".join(html[at : at + 200].partition(">")[0].split())[:60]
        message = f"a text holds words, and no element that acts: `{shown}`"
        yield Diagnostic("bad-release", message, Place(path), RESTORE, position=position_at(html[:at]))


def doubtful(html: str, path: str) -> Iterator[Diagnostic]:
    """Where an archived text may read otherwise than it looks. It stays as it was: its author should know."""
    help_ = "it is archived as it stood in the file; see whether this is what readers saw"
    wrong = ((link, _misleading(link)) for link in _LINK.finditer(html))
    for link, message in islice(((link, message) for link, message in wrong if message), ENOUGH):
        position = position_at(html[: link.start()])
        yield Diagnostic("misleading-link", message, Place(path), help_, Severity.WARNING, position=position)
    for each in deceptive(html, path):
        yield replace(each, help=help_, severity=Severity.WARNING)


def _misleading(link: re.Match[str]) -> str | None:
    found = problem(unescape(link[1]), unescape(_ELEMENT.sub("", link[2])))
    return found.message if found and found.code == "misleading-link" else None


def _strange(content: bytes, path: str, *, may_deceive: bool = False) -> Iterator[Diagnostic]:
    if is_usual(content):
        return
    text = content.decode()
    if (found := forbidden(text)) is not None:
        yield _stray(text[found], Place(path), position_at(text[:found]))
    elif not may_deceive:
        yield from (replace(each, help=RESTORE) for each in deceptive(_MARKS.sub("·", text), path))


def _stray(character: str, place: Place, position: Position | None = None) -> Diagnostic:
    message = f"no policygen writes the character U+{ord(character):04X}, which stands here"
    return Diagnostic("bad-release", message, place, RESTORE, position=position)


def _texts(data: Json) -> Iterator[tuple[Route, str]]:
    """Every text of a JSON file, keys included, however deep, and where it stands."""
    waiting: list[tuple[Route, Json]] = [((), data)]
    while waiting:
        route, part = waiting.pop()
        if isinstance(part, str):
            yield route, part
        elif isinstance(part, dict):
            yield from (((*route, key), key) for key in part)
            waiting += [((*route, key), each) for key, each in part.items()]
        elif isinstance(part, list):
            waiting += [((*route, index), each) for index, each in enumerate(part)]


def _acting(html: str) -> int | None:
    """Where the first element begins that does more than say something and lead somewhere."""
    return next((html.index(tag) for tag in dict.fromkeys(_TAG.findall(html)) if _is_acting(tag)), None)


@lru_cache(maxsize=4096)  # the tags of one text are mostly those of the next
def _is_acting(tag: str) -> bool:
    if _QUIET.fullmatch(tag):
        return False
    if _ACTING.match(tag) or not _PLAIN.fullmatch(tag):
        return True
    for name, value in _ATTRIBUTE.findall(tag):
        if re.match("on[a-z]", name, re.IGNORECASE):
            return True
        target = _UNREAD.sub("", unescape(value.strip("\"'")))
        if name.lower() in _TARGETS and _SCHEME.match(target):
            return True
    return False
