"""What reading a file needs everywhere: its languages, the site's shared facts, where findings collect."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from policygen.diagnostics import ENOUGH, Diagnostic, Place, Severity, last
from policygen.model.facts import Term
from policygen.source import Data

Shared = Mapping[type, Mapping[str, Term]]
"""The shared facts of site.yaml, by their kind and id."""

_NAMES: Mapping[type, str] = {
    str: "text",
    int: "a whole number",
    float: "a number with a fraction",
    bool: "true or false",
    list: "a list",
    dict: "keys with values",
    type(None): "nothing",
}


class Enough(Exception):
    """So much is wrong with a file that nobody wants to know more."""


@dataclass(slots=True)
class Context:
    """One file being read."""

    languages: Sequence[str]
    shared: Shared = field(default_factory=dict)
    fallback: str | None = None
    """The language whose text may stand in for a missing one; None if none may."""
    findings: list[Diagnostic] = field(default_factory=list)
    errors: int = 0

    def report(
        self, code: str, message: str, place: Place, help: str | None = None, *, on_key: bool = False,
        severity: Severity = Severity.ERROR,
    ) -> None:  # fmt: skip
        """Add a finding. Raises Enough with the last one that anybody could want."""
        finding = Diagnostic(code, message, place, help, severity, on_key)
        self.errors += severity is Severity.ERROR
        if self.errors == ENOUGH:
            self.findings.append(last(finding))
            raise Enough
        self.findings.append(finding)

    def wrong_type(self, value: Data, wanted: type | str, place: Place, help: str | None = None) -> None:
        """Add the finding for a value of another type than is wanted."""
        name = wanted if isinstance(wanted, str) else _NAMES[wanted]
        if wanted is bool and help is None:
            help = "write `true` or `false`"
        self.report("wrong-type", f"expected {name}, found {_NAMES[type(value)]}", place, help)

    def text_example(self) -> str:
        """How a text in each language is written."""
        return "{" + ", ".join(f"{tag}: …" for tag in self.languages) + "}"


Step = str | int
"""A key of a mapping, or an index of a list."""

Read = Callable[[Context, Data, Place, Step], Any]
"""Makes a value at a step from a place into a model value; None, with a finding, where that can't be done.

Place and step come apart, because most values are right, and nobody asks where they stand.
"""
