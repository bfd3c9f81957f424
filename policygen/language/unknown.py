"""Translations in a site's own catalogue of messages that policygen doesn't have: nothing shows them.

Most often a message is misspelt, lacks its context, or is worded otherwise in a newer policygen. Some are
right: those that the site's own templates ask for. Who knows the templates has to take these out.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import islice

from policygen.diagnostics import Diagnostic, Place, Position, Severity, did_you_mean
from policygen.language.catalogue import Catalogue, Key, described, is_optional

_MOST = 1000
"""More messages than the templates of any site have: of a catalogue that belongs elsewhere, that will do."""
_SUGGESTIONS = 20
"""For a catalogue that is all wrong, looking for the nearest message of each would take minutes."""

Unknown = tuple[Key, Diagnostic]


def unknown_messages(over: Catalogue, template: Catalogue) -> Iterator[Unknown]:
    """The translated messages of a site's catalogue that the template lacks, and what to say of each."""
    known = template.entries.keys()
    suggested = 0
    unknown = (
        (key, entry)
        for key, entry in over.entries.items()
        if entry.forms and key not in known and _labelled(key) not in known
    )
    for key, entry in islice(unknown, _MOST):
        help = _context_help(key, known)
        if help is None and suggested < _SUGGESTIONS:
            suggested += 1
            near = did_you_mean(key[1], dict.fromkeys(message for _, message in known))
            help = f'did you mean "{near}"?' if near else None
        said = f"neither policygen nor a template of this site has the message {described(key)}"
        help = help or "copy its msgctxt and msgid from messages.pot, or take it out"
        position = Position(entry.line, 1, len("msgid"))
        yield (
            key,
            Diagnostic("unknown-message", said, Place(over.path), help, Severity.WARNING, False, position),
        )


def _labelled(key: Key) -> Key:
    """The message itself; for a heading, which no template of ours lists, the label that it is made from."""
    context, message = key
    if not is_optional(key):
        return key
    return (context or "").removeprefix("heading").removeprefix(":") or None, message


def _context_help(key: Key, known: Set[Key]) -> str | None:
    """Where policygen has the message, if it has it elsewhere."""
    contexts = sorted((context or "" for context, message in known if message == key[1]))
    if not contexts:
        return None
    listed = " or ".join(f'"{context}"' for context in contexts if context)
    if "" not in contexts:
        return f"write its context above it: msgctxt {listed}"
    return "take its msgctxt away" + (f", or write {listed}" if listed else "")
