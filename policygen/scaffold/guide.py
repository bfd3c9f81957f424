"""The comments of new files in the author's language: a catalogue of its own.

Not the catalogue of pages: a third language needs that one to build, and this one never.
"""

from __future__ import annotations

from collections.abc import Callable

from policygen.language import SOURCE_TAG, read_catalogue
from policygen.resources import locales_folder

DOMAIN = "guide.po"

Guide = Callable[[str], str]
"""What is said in English, in the author's language."""


def guide_languages() -> tuple[str, ...]:
    """The languages that comments can be in."""
    found = sorted(file.parts[-3].replace("_", "-") for file in locales_folder().glob(f"*/*/{DOMAIN}"))
    return (SOURCE_TAG, *found)


def guide(tag: str) -> Guide:
    """The comments in a language; a sentence that isn't translated stays as it is."""
    file = locales_folder() / tag.replace("-", "_") / "LC_MESSAGES" / DOMAIN
    if not file.is_file():
        return str
    catalogue, _ = read_catalogue(tag, file.read_text(encoding="utf-8"), file.name)
    entries = catalogue.entries if catalogue else {}
    said = {message: entry.forms[0] for (_, message), entry in entries.items() if entry.forms}
    return lambda message: said.get(message, message)
