"""What changed beside the facts: in which languages the text differs, and which are new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policygen.language import Language
from policygen.releases.changes import wording_only
from policygen.releases.lines import Speaker
from policygen.releases.record import Change, Weight
from policygen.releases.standing import Service


def wording_changes(
    languages: Sequence[Language], service: Service, overrides: Mapping[str, Weight], *, only: bool
) -> tuple[Change, ...]:
    """The changes since the newest release that no fact explains. `only`: no fact changed."""
    if service.newest is None:
        return ()
    speaker = Speaker(languages, overrides)
    found = tuple(
        speaker.line("language-added", "now in", language=lambda one, tag=tag: one.language_name(tag) or tag)  # type: ignore[misc]
        for tag in service.missing
    )
    unchanged = [tag for tag in service.articles if tag not in (*service.changed, *service.missing)]
    if service.changed and (only or unchanged):
        return (*found, wording_only(service.changed, unchanged, languages, overrides))
    return found
