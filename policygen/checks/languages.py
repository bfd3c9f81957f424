"""`unknown-choice`: the language that prevails must be one that the policy is published in."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.checks.case import Case
from policygen.diagnostics import Diagnostic


def check(case: Case) -> Iterator[Diagnostic]:
    """Look for the prevailing language among those of the site."""
    prevailing, languages = case.policy.prevailing_language, case.settings.languages
    if prevailing is not None and prevailing not in languages:
        message = f"`{prevailing}` prevails, but the site has no text in it"
        help = f"the languages are {', '.join(languages)}"
        yield Diagnostic("unknown-choice", message, case.place / "prevailing_language", help)
