"""Write the reference pages from the model and the vocabulary, so that they can't say anything else.

    python tools/reference.py            write docs/reference/*.md
    python tools/reference.py --check    exit 1 if a page is not what the sources say

An example that the model doesn't give is made from the type; `tests/test_docs.py` loads every one of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from policygen.language import read_catalogue
from policygen.loading import Shape, shapes
from policygen.model.data import DataFact
from policygen.model.facts import Ages, Applies, Fact, Qualified, Statement, Term
from policygen.model.kinds import (
    Email,
    LanguageTag,
    Phone,
    Prose,
    References,
    Region,
    Slug,
    Text,
    Time,
    TimeZone,
    Url,
    Words,
)
from policygen.model.policy import Policy
from policygen.model.sections import SECTIONS
from policygen.model.site import SiteSettings
from policygen.releases import weights
from policygen.vocabulary import VOCABULARIES, Vocabulary, Word, crosswalk

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
GUIDE = "../writing-policies.md"
NOTE = "<!-- Made by `python tools/reference.py` from the code: change it there. -->\n"

BASES: tuple[type, ...] = (Term, Qualified, Fact, Statement, DataFact, Applies, Ages)
"""What facts have in common: described once, before the facts."""

_SCALARS: Mapping[Any, tuple[str, str]] = {
    str: ("text", "Example"),
    int: ("number", "13"),
    bool: ("`true` or `false`", "true"),
    Text: (f"[text]({GUIDE}#texts)", "{en: In Vietnam, vi: Tại Việt Nam}"),
    Words: (f"[text in each language]({GUIDE}#texts)", "{en: Coins and gifts, vi: Xu và quà tặng}"),
    Prose: (f"[prose]({GUIDE}#texts)", "{en: We ask first., vi: Chúng tôi hỏi trước.}"),
    Time: (f"[time]({GUIDE}#times)", "30 days"),
    References: (f"[ids]({GUIDE}#ids)", "all"),
    Url: ("web address", "https://example.com/privacy"),
    Email: ("e-mail address", "privacy@example.com"),
    Phone: ("phone number", '"+84 28 1234 5678"'),
    date: ("date", "2026-11-21"),
    LanguageTag: ("language tag", "vi"),
    Region: (f"[region]({GUIDE}#regions)", "VN"),
    TimeZone: ("time zone", "Asia/Ho_Chi_Minh"),
    Slug: ("id", "coins"),
}

_OF_KEYS = {
    "id": "my_id", "is": "email", "use": "hq", "formerly": "[old_id]", "before": "rights",
    "sections": "[data, purposes, rights]", "also_called": "[Example]", "legal_name": "Example Ltd",
    "short_name": "Example", "registration": '"0312345678"', "provider": "Example Ltd",
}  # fmt: skip
"""Values of texts that aren't any words."""


def pages() -> Mapping[str, str]:
    """Every reference page by its file name."""
    return {
        "policy.md": "\n".join(_policy_page()),
        "site.md": "\n".join(_site_page()),
        "vocabulary.md": "\n".join(_vocabulary_page()),
        "changes.md": "\n".join(_changes_page()),
    }


# --- the keys


def _policy_page() -> Iterator[str]:
    yield NOTE
    yield "# policy.yaml: every key\n"
    yield f"How to write a policy, and what absent and `none` mean: [writing policies]({GUIDE}).\n"
    yield "## Policy\n"
    yield from _class(Policy, "policy.md")
    yield "## What facts have in common\n"
    for cls in BASES:
        yield f"### {_title(cls)}\n"
        yield from _class(cls, "policy.md")
    yield "## The parts of a policy\n"
    for cls in parts(Policy):
        yield f"### {_title(cls)}\n"
        yield from _class(cls, "policy.md")
    yield "## Sections\n"
    yield "In their usual order, by the ids that `sections`, `before` and `after` name.\n"
    yield from _table(("Id", "Title", "Shows"), [_section_row(each) for each in SECTIONS])


def _section_row(section: Any) -> tuple[str, ...]:
    return f"`{section.id}`", section.title, ", ".join(f"`{name}`" for name in section.facts)


def _site_page() -> Iterator[str]:
    yield NOTE
    yield "# site.yaml: every key\n"
    yield f"The file stands in `content/`. What the kinds of values are: [writing policies]({GUIDE}).\n"
    yield "## Settings\n"
    yield from _class(SiteSettings, "site.md")
    for cls in parts(SiteSettings):
        if cls not in parts(Policy):
            yield f"## {_title(cls)}\n"
            yield from _class(cls, "site.md")


def _class(cls: type, page: str) -> Iterator[str]:
    """A model class: what it is, and its own keys."""
    yield f"{(cls.__doc__ or '').strip()}\n"
    inherited = [base for base in cls.__mro__[1:] if base in BASES]
    own = [shape for shape in shapes(cls).values() if not _is_inherited(shape, inherited)]
    if own:
        yield from _table(("Key", "Value", "Meaning", "Example"), [_key_row(shape, page) for shape in own])
    if inherited:
        more = "Also the keys of" if own else "The keys of"
        yield f"{more} [{_title(inherited[0]).lower()}]({_link(inherited[0], page)}).\n"


def _key_row(shape: Shape, page: str) -> tuple[str, ...]:
    return f"`{shape.key}`", _kind(shape, page), _meaning(shape), f"`{shape.key}: {example(shape)}`"


def _is_inherited(shape: Shape, inherited: Iterable[type]) -> bool:
    """Whether a key is told at a base class already, and in the same words."""
    return any(shapes(base).get(shape.key) == shape for base in inherited)


def parts(cls: type) -> tuple[type, ...]:
    """The model classes that a class is made of, in the order in which they are met."""
    found: dict[type, None] = {}

    def visit(outer: type) -> None:
        for shape in shapes(outer).values():
            kind: type = shape.type
            if is_dataclass(kind) and kind not in {*_SCALARS, *BASES, *found}:
                found[kind] = None
                visit(kind)

    visit(cls)
    return tuple(found)


def _title(cls: type) -> str:
    """A class's name in words: 'StoragePlace' is 'Storage place'."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in cls.__name__).strip()
    return _TITLES.get(cls, words.capitalize())


_TITLES: Mapping[type, str] = {
    Term: "Any listed thing", Qualified: "Any conditional fact", Fact: "Any fact with force",
    Statement: "Any sentence", DataFact: "Any data",
}  # fmt: skip


def _link(cls: type, page: str) -> str:
    anchor = _title(cls).lower().replace(" ", "-")
    is_here = page == "policy.md" or cls not in {*BASES, *parts(Policy)}
    return f"#{anchor}" if is_here else f"policy.md#{anchor}"


def _kind(shape: Shape, page: str) -> str:
    """What a key holds, in words."""
    kind = _single_kind(shape, page)
    if shape.many:
        kind = f"list: {kind}"
    if shape.refers:
        kind += f" under `{shape.refers}`"
    return kind


def _single_kind(shape: Shape, page: str) -> str:
    options = _choices(shape)
    if options:
        return " or ".join(f"`{option}`" for option in options)
    if shape.type in _SCALARS:
        return _SCALARS[shape.type][0]
    vocabulary = _vocabulary(shape)
    word = f"[`{vocabulary}`](vocabulary.md#{vocabulary})" if vocabulary else ""
    if shape.type is Term:
        return word or f"[{_title(Term).lower()}]({_link(Term, page)})"
    linked = f"[{_title(shape.type).lower()}]({_link(shape.type, page)})"
    return f"{linked}, from {word}" if word else linked


def _choices(shape: Shape) -> tuple[str, ...]:
    is_enum = isinstance(shape.type, type) and issubclass(shape.type, StrEnum)
    return tuple(option.value for option in shape.type) if is_enum else shape.choices


def _vocabulary(shape: Shape) -> str | None:
    return shape.vocabulary or getattr(shape.type, "vocabulary_name", None)


def _meaning(shape: Shape) -> str:
    needed = " **Required.**" if shape.required else ""
    none = " Can be `none`." if shape.none else ""
    return shape.doc + needed + none


# --- examples


def example(shape: Shape) -> str:
    """A value in YAML that the key can have."""
    if given := shape.example or _OF_KEYS.get(shape.key):
        return given
    one = _one_example(shape)
    return f"[{one}]" if shape.many else one


def _one_example(shape: Shape) -> str:
    options = _choices(shape)
    if options:
        return options[0]
    if shape.type in _SCALARS:
        return _SCALARS[shape.type][1]
    vocabulary, kind = _vocabulary(shape), shape.type
    keys = shapes(kind)
    missing = [each for each in keys.values() if each.required]
    if vocabulary and not missing:
        return next(iter(VOCABULARIES[vocabulary])).key
    parts = [("id", "my_id")] if issubclass(kind, Term) and not kind().id else []
    if parts and kind.needs_label:
        parts.append(("label", "{en: my words, vi: lời của tôi}"))
    own = [each for key, each in keys.items() if key not in shapes(Fact)]
    parts += [(each.key, example(each)) for each in missing or own[:1]]
    return "{" + ", ".join(f"{key}: {value}" for key, value in parts) + "}"


# --- the words

WORDS = """\
A word is a key that never changes its meaning. Its labels come with policygen, in English and Vietnamese;
`{service}`, `{you}` and `{your}` stand for the service's and the reader's names. A thing that is no word of a
vocabulary takes an id and a label of your own.
"""

ELSEWHERE = """\
The last column names the same thing elsewhere: Google Play's data safety form, Apple's privacy labels, the
W3C Data Privacy Vocabulary (DPV), fideslang, the IAB Transparency and Consent Framework (TCF), and the
articles of the GDPR. “As `word`” means that a finer word shares another word's row.
"""


def _vocabulary_page() -> Iterator[str]:
    yield NOTE
    yield "# The vocabulary: every word\n"
    yield WORDS
    for vocabulary in VOCABULARIES.values():
        yield f"- [`{vocabulary.name}`](#{vocabulary.name}): {vocabulary.title}"
    yield "\n## Words elsewhere\n"
    yield ELSEWHERE
    for vocabulary in VOCABULARIES.values():
        yield from _words(vocabulary)


def _words(vocabulary: Vocabulary) -> Iterator[str]:
    yield f"## {vocabulary.name}\n"
    yield f"{vocabulary.title}.\n"
    known = any(_elsewhere(vocabulary.name, word.key) for word in vocabulary)
    heads = ("Key", "English", "Vietnamese", *(("Elsewhere",) if known else ()))
    yield from _table(heads, [_word_row(vocabulary.name, word, known) for word in vocabulary])


def _word_row(vocabulary: str, word: Word, known: bool) -> tuple[str, ...]:
    key = f"`{word.key}`" + (f" (retired: use `{word.successor}`)" if word.successor else "")
    row = (key, word.label, _vietnamese().get((vocabulary, word.label), "–"))
    return (*row, _elsewhere(vocabulary, word.key)) if known else row


_CROSSWALK: Mapping[str, Mapping[str, NamedTuple]] = {
    "data": crosswalk.DATA,
    "purpose": crosswalk.PURPOSES,
    "basis": crosswalk.BASES,
    "right": crosswalk.RIGHTS,
}
_NAMES = {"google_play": "Google Play", "apple": "Apple", "dpv": "DPV", "fideslang": "fideslang",
          "tcf": "TCF", "gdpr": "GDPR"}  # fmt: skip


def _elsewhere(vocabulary: str, key: str) -> str:
    same = crosswalk.SAME.get(vocabulary, {}).get(key)
    if same:
        return f"as `{same}`"
    row = _CROSSWALK.get(vocabulary, {}).get(key)
    found = row._asdict() if row else {}
    return ", ".join(f"{name}: `{found[system]}`" for system, name in _NAMES.items() if found.get(system))


@cache
def _vietnamese() -> Mapping[tuple[str | None, str], str]:
    file = ROOT / "locales" / "vi" / "LC_MESSAGES" / "policygen.po"
    catalogue, _ = read_catalogue("vi", file.read_text(encoding="utf-8"), file.name)
    entries = catalogue.entries if catalogue else {}
    return {key: entry.forms[0] for key, entry in entries.items() if entry.forms}


# --- the kinds of change

CHANGES = """\
A [release](../releases.md) lists what changed since the one before, fact by fact. Each kind of change is
material or editorial. One material change makes a release material. A site gives a kind another weight under
`changes` in [`site.yaml`](site.md#change-rules); `--material` or `--editorial` gives one to a whole release.
"""


def _changes_page() -> Iterator[str]:
    yield NOTE
    yield "# Kinds of change\n"
    yield CHANGES
    for part in (weights.__doc__ or "").strip().split("\n\n")[1:]:
        yield f"{part}\n"
    rows = [(f"`{kind}`", weight.value, why) for kind, (weight, why) in weights.TABLE.items()]
    yield from _table(("Kind", "Weight", "Why"), rows)


# --- Markdown


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + " --- |" * len(heads)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def main() -> int:
    """Write, or compare."""
    stale = [
        name for name, text in pages().items()
        if not (FOLDER / name).is_file() or (FOLDER / name).read_text(encoding="utf-8") != text
    ]  # fmt: skip
    if "--check" in sys.argv[1:]:
        return int(bool(stale))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (FOLDER / name).write_text(pages()[name], encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
