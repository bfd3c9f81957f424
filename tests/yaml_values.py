"""Whatever an author could write under each key: mostly as the model has it, now and then something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from hypothesis import strategies as st

from policygen.loading import Shape, shapes
from policygen.model import References, Term, Text, Time
from policygen.model.kinds import Email, LanguageTag, Phone, Region, Slug, TimeZone, Url
from policygen.model.sections import SECTIONS
from policygen.releases.weights import KINDS
from policygen.source import Data
from policygen.vocabulary import VOCABULARIES

ODD: Sequence[Data] = (
    None, "", "  ", [], {}, "none", "all", 0, -3, 13, True, False, 1.5, "x", "Bad Id", "two_words", "email",
    [None], [""], [[]], ["none"], ["x", "x"], [5], {"id": 5}, {"id": "x"}, {"use": "ours"}, {"use": 3},
    {"id": "email", "colour": "red"}, {"en": "words"}, {"en": "words", "vi": "lời"}, {"en": "", "vi": None},
    {"en": "w", "vi": "l", "fr": "m"}, {"is": "email"}, {"from": 13}, {"en": 5, "vi": "l"},
)  # fmt: skip
"""What could stand anywhere, by mistake."""

_Values = tuple[Sequence[Data], Sequence[Data]]
_BOTH: dict[str, Data] = {"en": "words", "vi": "lời"}

_TEXTS: _Values = (
    (_BOTH, {"en": "none", "vi": "all"}),
    ({"en": "words"}, {"vi": "lời"}, "Name", "a name", "ông", "Ông", " ", "none", "none at all",
     {"en": "words", "vi": " "}, {**_BOTH, "de": "Worte"}),
)  # fmt: skip
"""Right in any site, and right in some or wrong."""

_SINGLE: Mapping[Any, _Values] = {
    str: (("words", "Name", "none of them", " none"), ("none", 12, "\t")),
    Slug: (("mobile_app", "a-b_c", "1"), ("none", "Bad", "a--b", "-a", "a_", "ä")),
    Url: (
        ("https://example.com/", "HTTP://a", "https://a.b:8080/c?d=e#f", "https://a/@b", "https://a:/"),
        ("ftp://a/", "https://", "https://a b/", "https:///x", "https://-a/", "https://a-/", "https://ä/",
         "example.com", "https://a/<b>", "https://a\\b", "https://[::1]/", "https://a:x/", "https://u:p@h/x", "https://@h/"),
    ),
    Email: (("a@b.cd", "a.b+c@d-e.fg"), ("a@b", "a b@c.de", "a..b@c.de", "a@-b.cd", "<a@b.cd>", "a&b@c.de")),
    Phone: (("+84 28 1234 5678", "(028) 12.34", "12"), ("1", "+1 (2)", "call 1234", "12-", 123)),
    date: (
        ("2026-11-21", "2024-02-29"),
        ("2023-02-30", "2026-13-01", "2026-1-1", "21/11/2026", "0000-01-01"),
    ),
    LanguageTag: (("en", "vi", "pt-BR", "zh-Hant"), ("qq", "EN", "vn", "english", "pt_BR", "en-")),
    Region: (("VN", "US-CA", "EU", "EEA"), ("UK", "ZZ", "VN-", "EU-X", "VN-HANO", "vn", "Vietnam", "419")),
    TimeZone: (("UTC", "Asia/Ho_Chi_Minh"), ("Hanoi", "Asia//Tokyo", "../x", "none")),
    Time: (
        ("30 days", "1 month", "10  working  days", "30 days in advance", "any_time"),
        ("0 days", "1000000 days", "30", "P1M", "1 month ", "some_time", "day"),
    ),
    bool: ((True, False), ("yes", 1, 0)),
    int: ((13, 18), (0, -1, True, "13", 1.5)),
    References: (("all", ["a"], ["a", "b"]), ("none", ["B c"], ["a", "a"], ["all"], [5], [], "a")),
}  # fmt: skip
"""By type: right, and nearly right."""

_TEXTUAL: Mapping[str, _Values] = {
    "sections": (tuple(section.id for section in SECTIONS), ("nowhere",)),
    "before": (("rights",), ("nowhere", "none")),
    "after": (("data",), ("nowhere",)),
    "material": (tuple(KINDS), ("nothing",)),
    "editorial": (tuple(KINDS), ("nothing",)),
    "use": (("ours",), ("nobody", "none")),
}

_FACTS: Sequence[Data] = (
    {"id": "own", "label": _BOTH}, {"id": "own", "label": _BOTH, "meaning": _BOTH}, {"id": "own"},
    {"id": "own", "meaning": _BOTH}, {"label": _BOTH, "meaning": _BOTH}, {"label": _BOTH}, {"name": "N"},
    {"id": "own", "name": "N"}, {"id": "own", "rights": ["access"]}, {"rights": ["access"]},
    {"use": "ours", "id": "own"}, {"use": "ours", "is": "x"}, {"use": "ours", "label": "small"},
    {"rights": "none"},
    {"id": "own", "title": _BOTH, "text": _BOTH}, {"title": _BOTH, "text": _BOTH}, {"id": "x", "is": "y"},
)  # fmt: skip

VALUES: Sequence[Data] = [
    *_FACTS,
    *(value for pair in (*_SINGLE.values(), _TEXTS) for each in pair for value in each),
]
"""Of all these, right and wrong ones, whatever their type."""


@st.composite
def nearly_right(draw: st.DrawFn, kind: Any) -> str:
    """A right value of a type, with a sign more or less, or as it is."""
    value: str = draw(st.sampled_from([each for each in _SINGLE[kind][0] if isinstance(each, str)]))
    at = draw(st.integers(0, len(value)))
    more: str = draw(st.sampled_from(("", *"aZ0.-_@:/?#[] +()\\<>\"'é\t&%")))
    return value[:at] + more + value[at + draw(st.integers(0, 1)) :]


def mapping(
    cls: type, vocabulary: str | None = None, always: Mapping[str, Data] | None = None
) -> st.SearchStrategy[Data]:
    """Keys of a model class with values: those a fact can't do without nearly always, others now and then."""
    words = vocabulary or getattr(cls, "vocabulary_name", None)
    return st.composite(_draw_mapping)(cls, shapes(cls), words, always or {})


def _draw_mapping(
    draw: st.DrawFn, cls: type, known: Mapping[str, Shape], words: str | None, always: Mapping[str, Data]
) -> dict[str, Data]:
    data: dict[str, Data] = dict(always)
    usual = [key for key, shape in known.items() if shape.required or key == "id"]
    if getattr(cls, "needs_label", False) and not words:
        usual.append("label")
    wanted = [key for key in usual if not draw(_once_in(30))]
    rest = [key for key in known if key not in {*usual, "use", "is"}]
    wanted += draw(st.lists(st.sampled_from(rest), max_size=2, unique=True))
    if "use" in known and draw(_once_in(10)):
        wanted.append(draw(st.sampled_from(("use", "is"))))
    for key in wanted:
        if key in known and key not in data:
            data[key] = draw(_field(known[key], words))
    if draw(_once_in(60)):
        data["colour"] = "red"
    return data


def _field(shape: Shape, words: str | None) -> st.SearchStrategy[Data]:
    return _mostly(_proper(shape, words), st.sampled_from(ODD), 40)


def _mostly(
    usual: st.SearchStrategy[Data], rare: st.SearchStrategy[Data], times: int
) -> st.SearchStrategy[Data]:
    return _once_in(times).flatmap(lambda now: rare if now else usual)


def _once_in(times: int) -> st.SearchStrategy[bool]:
    # Hypothesis likes the ends of a range, so it is a number amid it that counts.
    return st.integers(0, times).map(lambda n: n == times // 3 + 1)


def _of(values: _Values) -> st.SearchStrategy[Data]:
    return _mostly(st.sampled_from(values[0]), st.sampled_from(values[1]), 12)


def _proper(shape: Shape, words: str | None) -> st.SearchStrategy[Data]:
    if shape.key == "format":
        return _of(((1,), (2, "1", True)))
    one = _one(shape, words)
    value: st.SearchStrategy[Data] = st.lists(one, min_size=1, max_size=2).map(list) if shape.many else one
    return st.just("none") | value if shape.none else value


def _one(shape: Shape, words: str | None) -> st.SearchStrategy[Data]:
    kind = shape.type
    if shape.key in {"id", "is"} and kind is str:
        return _of((_words(words), ("x", "own_id", "Bad Id", "none")))
    if shape.key in _TEXTUAL:
        return _of(_TEXTUAL[shape.key])
    if shape.choices or (isinstance(kind, type) and issubclass(kind, StrEnum)):
        return _of(([str(one) for one in shape.choices or kind], ("none", "sometimes", True)))
    if kind in _SINGLE:
        return _of(_SINGLE[kind])
    if issubclass(kind, Text):
        return _of(_TEXTS)
    return _structure(kind, shape.vocabulary or getattr(kind, "vocabulary_name", None))


def _structure(kind: type, vocabulary: str | None) -> st.SearchStrategy[Data]:
    keys: st.SearchStrategy[Data] = st.deferred(lambda: mapping(kind, vocabulary))
    if not issubclass(kind, Term):
        return keys
    return _of((_words(vocabulary), ("x", "Bad Id", "none"))) | keys if vocabulary else keys


def _words(vocabulary: str | None) -> tuple[str, ...]:
    return tuple(VOCABULARIES[vocabulary].words) if vocabulary else ("word", "own")
