"""A value for every key of the model: what the explained settings that aren't in use show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from policygen.loading import Shape, shapes
from policygen.model.facts import Fact, Term
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
from policygen.model.sections import SECTIONS
from policygen.source import Data, parse
from policygen.vocabulary import VOCABULARIES

_PLAIN: Mapping[Any, Data] = {
    str: "Example",
    int: 13,
    bool: True,
    Time: "30 days",
    References: "all",
    Url: "https://www.example.com/page",
    Email: "privacy@example.com",
    Phone: "+84 28 1234 5678",
    date: "2027-03-31",
    Region: "VN",
    TimeZone: "Asia/Ho_Chi_Minh",
    Slug: "my-section",
}
_WORDS: Mapping[Any, Mapping[str, str]] = {
    Text: {"en": "in Vietnam", "vi": "tại Việt Nam"},
    Words: {"en": "We answer every question.", "vi": "Chúng tôi trả lời mọi câu hỏi."},
    Prose: {"en": "A sentence of our own.", "vi": "Một câu của riêng chúng tôi."},
}
_OWN: Mapping[str, str] = {"en": "a thing of our own", "vi": "một mục của riêng chúng tôi"}
_OF_KEYS: Mapping[str, Data] = {
    "id": "my_id", "is": "email", "use": "my_shared_fact", "formerly": ["old_id"], "after": "rights",
    "before": "contact", "also_called": ["Example App"], "legal_name": "Example Company Ltd",
    "short_name": "Example", "registration": "0312345678", "provider": "Example Company",
    "name": "Example",
}  # fmt: skip
_TEXTS_OF_KEYS: Mapping[str, Mapping[str, str]] = {
    "name": {"en": "Privacy office", "vi": "Bộ phận bảo mật"},
    "heading": {"en": "In Vietnam", "vi": "Tại Việt Nam"},
    "address": {"en": "1 Example Street, Hanoi", "vi": "Số 1 phố Ví Dụ, Hà Nội"},
    "hours": {"en": "on working days, 9 to 17", "vi": "vào ngày làm việc, từ 9 giờ đến 17 giờ"},
    "imprint": {"en": "© Example Company", "vi": "© Example Company"},
    "interest": {"en": "to keep the service secure", "vi": "giữ an toàn cho dịch vụ"},
    "meaning": {"en": "Whoever uses the service.", "vi": "Bất kỳ ai sử dụng dịch vụ."},
    "title": {"en": "Coins and gifts", "vi": "Xu và quà tặng"},
    "text": {"en": "You can buy *coins*.", "vi": "Bạn có thể mua *xu*."},
    "path": {"en": "Settings > Account > Delete", "vi": "Cài đặt > Tài khoản > Xóa"},
    "content": {"en": "videos", "vi": "video"},
}


@dataclass(frozen=True, slots=True)
class Samples:
    """Samples whose texts are in the languages of a site."""

    tags: Sequence[str]

    def of(self, shape: Shape) -> Data:
        """A value that the key can have."""
        if (own := self._of_key(shape)) is not None:
            return own
        one = self._one(shape)
        return [one] if shape.many else one

    def _of_key(self, shape: Shape) -> Data:
        if shape.type is LanguageTag:
            return list(self.tags) if shape.many else self.tags[0]
        if shape.type in _WORDS:
            return self._text(_TEXTS_OF_KEYS.get(shape.key) or _WORDS[shape.type])
        if shape.example:
            data, _ = parse(f"example: {shape.example}\n", "")
            return data["example"] if isinstance(data, dict) else None
        if shape.key == "sections":
            return [section.id for section in SECTIONS]
        return _OF_KEYS.get(shape.key) if shape.type is str or shape.key in {"id", "name"} else None

    def _text(self, words: Mapping[str, str]) -> Data:
        return {tag: words.get(tag, "…") for tag in self.tags}

    def _one(self, shape: Shape) -> Data:
        if shape.choices:
            return shape.choices[0]
        if isinstance(shape.type, type) and issubclass(shape.type, StrEnum):
            return next(iter(shape.type)).value
        return _PLAIN[shape.type] if shape.type in _PLAIN else self.item(shape.type, shape.vocabulary)

    def item(self, kind: type, vocabulary: str | None) -> Data:
        """As little as a thing of a model class can be: a word if there are any, else what it needs."""
        identity = self.identity(kind, vocabulary)
        keys = shapes(kind)
        needed = [each for each in keys.values() if each.required and each.key not in identity]
        own = [each for key, each in keys.items() if key not in shapes(Fact)]
        is_word = "id" in identity and len(identity) == 1 and not needed and vocabulary_of(kind, vocabulary)
        if is_word:
            return identity["id"]
        return {**identity, **{each.key: self.of(each) for each in needed or own[:1]}}

    def identity(self, kind: type, vocabulary: str | None) -> dict[str, Data]:
        """The id of a thing, and its label if it needs one."""
        if not issubclass(kind, Term) or kind().id:
            return {}
        if name := vocabulary_of(kind, vocabulary):
            return {"id": next(iter(VOCABULARIES[name])).key}
        label: dict[str, Data] = {"label": self._text(_OWN)} if kind.needs_label else {}
        return {"id": "my_id", **label}


def vocabulary_of(kind: type, vocabulary: str | None) -> str | None:
    """The vocabulary that a thing's words come from."""
    return vocabulary or getattr(kind, "vocabulary_name", None)
