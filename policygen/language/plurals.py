"""Which plural form a number takes, by the ``Plural-Forms`` header of a ``.po`` file.

The file's own header decides, not CLDR: translation tools number the forms by it, and two files of one
language may differ. The locale is asked only whether the header has too few forms for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from gettext import c2py
from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic, Place, Position
from policygen.language.tags import known_locale

if TYPE_CHECKING:
    from collections.abc import Callable

    from policygen.language.po import Message, Part

_HEADER = re.compile(r"^Plural-Forms:[ \t]*(.*)$", re.MULTILINE | re.IGNORECASE)
_RULE = re.compile(r"\s*nplurals\s*=\s*([1-9])\s*;\s*plural\s*=\s*([^;]+?)\s*;?\s*")
_LONGEST = 1000
"""Characters of the longest expression that gettext reads; the longest one in use has a quarter of that."""
_PROBES = (*range(201), 1_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class PluralRule:
    """How many forms there are, and the C expression that numbers them."""

    count: int
    expression: str

    def names_one(self, form: int) -> bool:
        """Whether a form is for one number alone, so that it needs no sign of it: “a day”, “no days”."""
        choose = compile_rule(self.expression)
        return sum(choose(n) == form for n in _PROBES if n) <= 1


def compile_rule(expression: str) -> Callable[[int], int]:
    """The function that gives a number's form; only for an expression that was read without a finding."""
    return c2py(expression)


def read_plural_rule(
    tag: str, header: Message | None, path: str
) -> tuple[PluralRule | None, tuple[Diagnostic, ...]]:
    """The rule of a file's header, or what is wrong with it."""
    part = header.parts["msgstr"] if header and "msgstr" in header.parts else None
    stated = _HEADER.search(part.text) if part else None
    if stated is None:
        return None, (_finding("the header has no Plural-Forms", tag, part, path),)
    rule = _valid_rule(stated[1])
    if rule is None:
        rule_text = stated[1] if len(stated[1]) <= _LONGEST else f"{stated[1][:60]}…"
        return None, (_finding(f'"{rule_text}" is not a plural rule', tag, part, path),)
    needed = _forms_needed(tag)
    if rule.count < needed:
        said = f"nplurals is {rule.count}, '{tag}' needs {needed}"
        return None, (_finding(said, tag, part, path),)
    return rule, ()


def _valid_rule(stated: str) -> PluralRule | None:
    """The rule, if it gives every number one of its forms."""
    match = _RULE.fullmatch(stated) if len(stated) <= _LONGEST else None
    if match is None:
        return None
    rule = PluralRule(int(match[1]), match[2])
    try:
        choose = compile_rule(rule.expression)
        return rule if all(0 <= choose(n) < rule.count for n in _PROBES) else None
    except (ValueError, ArithmeticError, RecursionError):
        return None


def _forms_needed(tag: str) -> int:
    """The fewest forms a catalogue of the language can do with, by gettext's habit or by CLDR."""
    from babel.messages.plurals import PLURALS

    locale = known_locale(tag)
    if locale is None:
        return 1
    by_cldr = len(locale.plural_form.tags | {"other"})
    habit = PLURALS.get(str(locale)) or PLURALS.get(locale.language)
    return min(by_cldr, habit[0]) if habit else by_cldr


def _finding(said: str, tag: str, part: Part | None, path: str) -> Diagnostic:
    from babel.messages.plurals import get_plural

    locale = known_locale(tag)
    advice = f"for '{tag}' it can be Plural-Forms: {get_plural(locale)}" if locale else None
    at = part.find("Plural-Forms") if part else Position(1, 1)
    return Diagnostic("catalogue-plural", said, Place(path), advice, position=at)
