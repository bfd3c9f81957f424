"""Messages of a language as pages need them: escaped, and cut where something stands in for a placeholder.

A page says hundreds of messages, and all pages say the same ones: each is made ready once. Whatever stands in
for a placeholder is escaped. `{you}` and `{your}` (and `{You}`, `{Your}` where a sentence begins with them)
are what the reader is called, `{service}` is the service's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from markupsafe import Markup, escape

from policygen.language import Language
from policygen.vocabulary import VOCABULARIES

_PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_MOST = 8192
"""How many messages are kept ready: all that the pages of a few languages say."""
_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Message:
    """A message: words and, between them, the names of its placeholders. `whole` is one without any."""

    parts: tuple[str, ...]
    whole: Markup | None

    @classmethod
    def of(cls, text: str) -> Message:
        """Make a message ready."""
        safe = escape(text)
        parts = _PLACEHOLDER.split(safe)
        return cls(tuple(parts), safe if len(parts) == 1 else None)

    def said(self, names: Mapping[str, Markup], values: Mapping[str, object] = _NOTHING) -> Markup:
        """The message with its placeholders filled in, from `values` or else from `names`.

        Not `str.format`: a template's message could reach into its values with `{x.__class__}`.
        """
        if self.whole is not None:
            return self.whole
        parts = list(self.parts)
        for place in range(1, len(parts), 2):
            name = parts[place]
            if name in values:
                parts[place] = escape(values[name])
            elif name in names:
                parts[place] = names[name]
            else:
                raise LookupError(f"no value for the placeholder {{{name}}}")
        return Markup("".join(parts))  # noqa: S704 - words and values are escaped


class Messages(dict[str, Markup]):
    """The messages of a language, as templates say them: `names` are what stands in for placeholders."""

    __slots__ = ("_language", "names")

    def __init__(self, language: Language, names: Mapping[str, Markup]) -> None:
        super().__init__()
        self.names = names
        self._language = language

    def __missing__(self, text: str) -> Markup:
        said = message_of(self._language, text, None).said(self.names)
        self[text] = said
        return said

    def __call__(self, text: str, /, **values: object) -> Markup:
        """A message; one that needs no more values is looked up."""
        return message_of(self._language, text, None).said(self.names, values) if values else self[text]


@lru_cache(maxsize=_MOST)
def message_of(language: Language, text: str, context: str | None) -> Message:
    """A message of a language's catalogue."""
    return Message.of(language.text(text, context))


@lru_cache(maxsize=_MOST)
def label_of(language: Language, vocabulary: str, word: str) -> Message:
    """A word of a vocabulary inside a sentence."""
    return Message.of(language.text(VOCABULARIES[vocabulary][word].label, vocabulary))


@lru_cache(maxsize=_MOST)
def heading_of(language: Language, vocabulary: str, word: str) -> Message:
    """A word of a vocabulary where it stands alone."""
    return Message.of(language.text(VOCABULARIES[vocabulary][word].label, f"heading:{vocabulary}"))
