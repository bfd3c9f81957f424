"""Runs of found text -> words with markup that is well nested, escaped, and leads nowhere it shouldn't."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby
from urllib.parse import quote, urlsplit

from policygen.language.tags import known_locale
from policygen.releases.imported.characters import composed
from policygen.releases.imported.soup import Attributes, Format, Run

_WHITE = re.compile(r"[\t\n\r ]+")
_BLANK = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069]*")
_TAGS = {
    **{tag: tag for tag in ("b", "code", "em", "i", "q", "s", "strong", "sub", "sup")},
    "del": "s",
    "strike": "s",
    "tt": "code",
}
"""Deleted words are struck, or they would read as kept; in a redline `del` and `ins` mean other changes."""
_LINK = re.compile(r"https?://|(?:mailto|tel):(?=[^/])", re.IGNORECASE)
_EDGES = re.compile(r"^[\x00-\x20]+|[\x00-\x20]+$|[\t\n\r]+")
"""What browsers leave out of an address: https://url.spec.whatwg.org/#concept-basic-url-parser."""
_HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+\.?")
_LONGEST = 2000
"""Characters of an address; it is written again in each block that a link without an end runs through."""
_LONGEST_TAG = 36
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")

Marks = tuple[tuple[str, str], ...]
"""Opening tag and closing tag of each format, outermost first."""


def phrase(runs: Iterable[Run]) -> str:
    """Words of a block, their white space as a reader sees it; nothing if there are no words."""
    tidy: list[Run] = []
    for run in runs:
        after_space = not tidy or tidy[-1].text is None or tidy[-1].text.endswith(" ")
        if run.text is None:
            _trim(tidy)
            if tidy:  # a line that ends before it begins is none
                tidy.append(run)
            continue
        text = _WHITE.sub(" ", run.text)
        text = text[1:] if after_space and text.startswith(" ") else text
        if text:
            tidy.append(Run(text, run.formats))
    _trim(tidy)
    while tidy and tidy[-1].text is None:
        tidy.pop()
        _trim(tidy)
    return _marked_up(tidy, "<br>\n")


def preformatted(runs: Iterable[Run]) -> str:
    """Words of a block that keeps its white space."""
    return _marked_up([*runs], "\n").strip("\n")


def is_blank(run: Run) -> bool:
    """Whether a reader sees nothing of it."""
    return run.text is None or _BLANK.fullmatch(run.text) is not None


def language_of(attributes: Attributes) -> dict[str, str]:
    """The language and the direction that an element says its text has, where a page may say so."""
    found = {"lang": _canonical(attributes.get("lang", "")), "dir": attributes.get("dir", "").strip().lower()}
    if not found["lang"] or not _is_known(found["lang"]):
        del found["lang"]
    if found["dir"] not in {"ltr", "rtl", "auto"}:
        del found["dir"]
    return found


def written(attributes: Attributes) -> str:
    """A language and a direction as they stand in a tag, the language first."""
    return "".join(f' {name}="{escape(attributes[name])}"' for name in ("lang", "dir") if name in attributes)


def _trim(tidy: list[Run]) -> None:
    """Take away the space that a line ends in."""
    if tidy and tidy[-1].text is not None and tidy[-1].text.endswith(" "):
        last = tidy.pop()
        if text := last.text and last.text[:-1]:
            tidy.append(Run(text, last.formats))


def _marked_up(runs: Sequence[Run], line_end: str) -> str:
    if all(is_blank(run) for run in runs):
        return ""
    parts: list[str] = []
    open_marks: Marks = ()
    for marks, together in groupby(runs, lambda run: _marks(run.formats)):
        kept = _common(open_marks, marks)
        parts += [closing for _, closing in reversed(open_marks[kept:])]
        parts += [opening for opening, _ in marks[kept:]]
        text = "".join("\0" if run.text is None else run.text for run in together)  # no text has a NUL
        parts.append(escape(composed(text), quote=False).replace("\0", line_end))
        open_marks = marks
    parts += [closing for _, closing in reversed(open_marks)]
    return "".join(parts)


def _common(one: Marks, other: Marks) -> int:
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return min(len(one), len(other))


def _marks(formats: Iterable[Format]) -> Marks:
    """The tags of formats, each kind once: bold in bold is bold."""
    marks: dict[tuple[str, str], None] = {}
    for each in formats:
        opening, closing = _mark(each)
        if closing == "</span>" or (closing and closing not in (known for _, known in marks)):
            marks[opening, closing] = None
    return tuple(marks)


def _mark(each: Format) -> tuple[str, str]:
    language = written(language_of(each.attributes)) if each.attributes else ""
    if each.tag == "a" and (address := _address(each.attributes.get("href", ""))):
        return f'<a href="{escape(address)}"{language}>', "</a>"
    tag = _TAGS.get(each.tag) or ("span" if language else "")
    return (f"<{tag}{language}>", f"</{tag}>") if tag else ("", "")


def _address(found: str) -> str | None:
    """A link's target, as a valid address; None for one that isn't or could do more than lead somewhere.

    An address inside the site it was on is none here: it would lead elsewhere.
    """
    target = _EDGES.sub("", found[:_LONGEST])
    if len(found) >= _LONGEST or not _LINK.match(target) or target.count("#") > 1:
        return None
    if target[:4].lower() == "http" and not _has_host(target):
        return None
    return quote(_BARE_PERCENT.sub("%25", target), safe="!#$%&'()*+,/:;=?@~")


def _has_host(target: str) -> bool:
    try:
        parts = urlsplit(target)
        parts.port  # noqa: B018  # raises where it is none
    except ValueError:
        return False
    return parts.username is None and parts.hostname is not None and bool(_HOST.fullmatch(parts.hostname))


def _canonical(tag: str) -> str:
    """A language's tag in the case that it is registered in."""
    first, *rest = tag.strip().replace("_", "-").split("-")
    cases = {2: str.upper, 4: str.title}
    return "-".join((first.lower(), *(cases.get(len(part), str.lower)(part) for part in rest)))


@lru_cache(maxsize=256)
def _is_known(tag: str) -> bool:
    locale = known_locale(tag) if len(tag) < _LONGEST_TAG else None
    # Babel takes `UK` for `GB`, and no register of languages does.
    return locale is not None and all(
        part == locale.territory for part in tag.split("-")[1:] if part.isupper()
    )
