"""Texts: in each language of a site, or plain where the language doesn't matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policygen.model.kinds import Prose, Text, Words
from policygen.schema.scalars import NOT_BLANK, NOT_NONE, line, pattern
from policygen.schema.words import Schema

_SMALL = "a-zß-öø-ÿăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹα-ωа-я"
"""The small letters most languages of most sites begin a word with; the loader knows all of them."""


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages texts are written in; none if the site isn't known, and then any will do.

    `required` are those that a text can't lack.
    """

    tags: Sequence[str] = ()
    required: Sequence[str] = ()


def text(kind: type[Text], languages: Languages) -> Schema:
    """A text of a kind."""
    mapping = _by_language(kind, languages)
    if kind is not Text and len(languages.tags) > 1:
        return mapping
    return {"title": mapping["title"], "anyOf": [line(), mapping]}


def label(languages: Languages) -> Schema:
    """The label of a fact: plain only if it is a name, where there are several languages."""
    mapping = _by_language(Text, languages)
    if len(languages.tags) < 2:
        return {"title": mapping["title"], "anyOf": [line(), mapping]}
    wanted = "a name, with a capital, or a text in each language"
    return {
        "title": mapping["title"],
        "anyOf": [pattern(f"{NOT_NONE}(?!\\s*[{_SMALL}]){NOT_BLANK}", wanted), mapping],
    }


def _by_language(kind: type[Text], languages: Languages) -> Schema:
    words = "Markdown" if kind is Prose else "Text"
    schema: Schema = {"title": _TITLES[kind], "type": "object", "minProperties": 1}
    if not languages.tags:
        one: Schema = {"description": f"{words} in this language.", **line(in_list=True)}
        return {**schema, "additionalProperties": one}
    schema["properties"] = {
        tag: {"description": f"{words} in {_name(tag)}.", **line(in_list=True)} for tag in languages.tags
    }
    return {**schema, "required": list(languages.required), "additionalProperties": False}


def _name(tag: str) -> str:
    from babel import Locale

    return Locale.parse(tag, sep="-").get_display_name("en") or tag


_TITLES = {Text: "A text", Words: "A text in each language", Prose: "Markdown in each language"}
