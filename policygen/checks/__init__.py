"""What can be wrong with a policy that reads well: one file a family of findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policygen.checks import ages, contradictions, languages, prose, references, sections
from policygen.checks.case import Case

if TYPE_CHECKING:
    from policygen.diagnostics import Diagnostic

__all__ = ["CHECKS", "Case", "check"]

CHECKS = (references.check, sections.check, ages.check, contradictions.check, languages.check, prose.check)
"""Each takes a case and yields findings."""


def check(case: Case) -> Iterator[Diagnostic]:
    """Every finding of every check."""
    for one in CHECKS:
        yield from one(case)
