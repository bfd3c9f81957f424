"""`never-released`, `unreleased-change` and `short-notice`: what readers don't get, or get too late.

A changed text is no error: the released one stays published. Under --strict, which CI runs before it deploys,
somebody has to decide: release the change, or take it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from policygen.diagnostics import Diagnostic, Place, Severity
from policygen.model import Policy, SiteSettings
from policygen.releases.record import Change, Kind, Release, Weight
from policygen.releases.standing import Service
from policygen.render import Renderer
from policygen.site import policy_path

_SHOWN = 3


def unreleased(settings: SiteSettings, service: Service, today: date) -> Iterator[Diagnostic]:
    """What sets a service's text of today apart from its releases."""
    place = Place(policy_path(service.name))
    newest = service.newest
    if newest is None:
        message = f"`{service.name}` has never been released: its page is marked as a draft"
        help = f"release it: `policygen release {service.name}`"
        yield Diagnostic("never-released", message, place, help, Severity.WARNING)
        return
    if service.changed:
        yield _changed(service, newest, place)
    if service.missing:
        tags = ", ".join(f"`{tag}`" for tag in service.missing)
        message = f"`{service.name}` has never been released in {tags}: that page is marked as a draft"
        help = f"release it: `policygen release {service.name}`"
        yield Diagnostic("never-released", message, place, help, Severity.WARNING)
    if late := short_notice(settings, newest, today):
        yield late


def _changed(service: Service, newest: Release, place: Place) -> Diagnostic:
    said = [change.rstrip(".") for change in service.changes_shown()]
    shown = "; ".join(said[:_SHOWN]) + (f"; and {len(said) - _SHOWN} more" if len(said) > _SHOWN else "")
    tags = ", ".join(service.changed)
    message = f"the text of `{service.name}` ({tags}) is not the released one of {newest.id}: {shown}"
    help = f"release the change with `policygen release {service.name}`, or take it back"
    return Diagnostic("unreleased-change", message, place, help, Severity.WARNING)


def fact_changes(renderer: Renderer, policy: Policy, service: Service) -> tuple[Change, ...]:
    """What changed in the facts since the newest release, in words."""
    newest = service.newest
    before = service.archive.facts(newest) if newest else None
    if before is None:
        return ()
    # Most builds have no change to tell, and can do without most of the code for it.
    from policygen.releases.changes import changes
    from policygen.releases.facts import state

    voices = [renderer.voice(policy, language) for language in renderer.languages]
    return changes(before, state(policy, voices), renderer.languages, weights(renderer.settings))


def said_in(renderer: Renderer, policy: Policy, service: Service) -> Iterator[str]:
    """What changed in the facts since the newest release, in the default language."""
    if service.changed:
        tag = renderer.languages[0].tag
        yield from (change.words[tag] for change in fact_changes(renderer, policy, service))


def weights(settings: SiteSettings) -> dict[str, Weight]:
    """The weights that a site gives to kinds of change instead of ours."""
    rules = settings.changes
    if rules is None:
        return {}
    given = dict.fromkeys(rules.material or (), Weight.MATERIAL)
    return given | dict.fromkeys(rules.editorial or (), Weight.EDITORIAL)


def short_notice(settings: SiteSettings, release: Release, today: date) -> Diagnostic | None:
    """The finding for a material change that takes effect sooner than the site announces changes.

    Once the days it should have had are over, there is nothing to mend any more.
    """
    days = settings.changes.notice_days if settings.changes else None
    if days is None or release.weight is not Weight.MATERIAL or release.kind is not Kind.RELEASE:
        return None
    due = release.recorded + timedelta(days=days)
    start = release.effective or release.recorded
    if start >= due or today >= due:
        return None
    message = (
        f"a material change released on {release.recorded} takes effect on {start}, not {days} days later"
    )
    help = f"release it with `--effective {due}` or later, or change `changes.notice_days` in site.yaml"
    place = Place(policy_path(release.service))
    return Diagnostic("short-notice", message, place, help, Severity.WARNING)
