"""One release: the text of today, an older one, or the word that one is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from policygen import __version__
from policygen.diagnostics import Diagnostic, first
from policygen.release.desk import Desk, Order, Refused
from policygen.release.refusals import check_dates, check_languages, check_words, known_releases
from policygen.releases.archive import Archive, releases_folder
from policygen.releases.changes import changes
from policygen.releases.entries import read as read_facts
from policygen.releases.facts import state
from policygen.releases.freeze import Frozen, freeze, next_number, sealed
from policygen.releases.imported import article as imported_article
from policygen.releases.record import Change, Json, Kind, Release, text_file
from policygen.releases.scrutiny import strange_text
from policygen.releases.standing import Service, stand
from policygen.releases.timeline import State, Timeline, timeline
from policygen.releases.translations import sources
from policygen.releases.unreleased import weights
from policygen.releases.weights import overall
from policygen.releases.wording import wording_changes
from policygen.render.article import DATES, Article, head

GENERATOR = f"policygen {__version__}"


def release(desk: Desk, order: Order) -> Frozen:
    """Today's text, frozen."""
    desk = _before_the_newest(desk) if order.amend else desk
    service, today = desk.service, desk.site.today
    check_words(desk, order)
    newest = service.newest
    if newest and service.is_released and not order.corrects and not order.amend:
        help = f"change it first; if its dates were wrong, correct them with `--corrects {newest.id}`"
        raise Refused(f"nothing to release: the text of `{service.name}` is that of {newest.id}", help)
    policy = desk.stated.policy
    facts = state(policy, [desk.renderer.voice(policy, language) for language in desk.site.languages])
    compared = _compared(desk, order)
    base = compared.newest
    if base and order.weight is None and not read_facts(desk.archive.facts(base)).entries:
        help = "say whether what changed matters to readers: --material or --editorial"
        raise Refused(f"the facts of {base.id} can't be read, so nothing can be compared with them", help)
    changed = changed_since(desk, compared, facts) if base else ()
    number = next_number(desk.archive.releases, today)
    blank = Release(service.name, Kind.RELEASE, today, number)
    source = policy.language or desk.tags[0]
    made_from = sources(blank.id, service.articles, facts, source, desk.archive, newest, order.checked)
    weight = (order.weight or overall(changed)) if base else None
    filled = replace(
        blank, date=order.date, effective=order.effective, weight=weight, summary=order.summary,
        base=base.id if base else None, reason=order.reason, corrects=order.corrects,
        sources=made_from, previous=_last(desk.archive), generator=GENERATOR,
    )  # fmt: skip
    check_dates(desk, filled)
    _check_texts(service, filled)
    return freeze(filled, service.articles, facts, changed)


def _check_texts(service: Service, made: Release) -> None:
    """Refuse what a template brings in that no build would take from a release."""
    folder = f"{releases_folder(service.name)}/{made.id}"
    texts = {f"{folder}/{text_file(tag)}": article.html for tag, article in service.articles.items()}
    found = (
        one for path, html in texts.items() for one in strange_text(html.encode(), path, is_archived=False)
    )
    if findings := tuple(first(found)):
        raise Refused("the text holds what no release can", None, findings)


def _compared(desk: Desk, order: Order) -> Service:
    """The service beside the release its readers will know when this one takes effect.

    A version to come that is corrected, or that this one gets ahead of, is none that they will have known.
    """
    today = desk.site.today
    releases = [one for one in desk.archive.releases if one.kind is not Kind.IMPORT]
    upcoming = [one.id for one in timeline(releases, today).versions if one.state is State.UPCOMING]
    known = [one for one in releases if one.id != order.corrects or one.id not in upcoming]
    current = timeline(known, max(order.effective or today, today)).current
    service = desk.service
    return stand(service.name, service.articles, desk.archive, Timeline((current,) if current else ()))


def changed_since(desk: Desk, service: Service, facts: Json) -> tuple[Change, ...]:
    """What changed since a release, in words."""
    newest = service.newest
    before = desk.archive.facts(newest) if newest else None
    languages, rules = desk.site.languages, weights(desk.site.settings)
    found = changes(before, facts, languages, rules) if before is not None else ()
    return (*found, *wording_changes(languages, service, rules, only=not found))


def withdraw(desk: Desk, id: str, reason: Mapping[str, str]) -> Frozen:
    """The record that takes back an earlier release."""
    known = {version.id: version for version in desk.service.timeline.versions}
    if id not in known or known[id].withdrawn_by:
        raise Refused(f"there is no release {id} that could be withdrawn", known_releases(desk))
    check_languages(desk, "--reason", reason, needed=True)
    number = next_number(desk.archive.releases, desk.site.today)
    record = Release(
        desk.service.name, Kind.WITHDRAWAL, desk.site.today, number,
        withdraws=id, reason=reason, previous=_last(desk.archive), generator=GENERATOR,
    )  # fmt: skip
    return sealed(record, {})


def archive_text(desk: Desk, order: Order, texts: Mapping[str, tuple[str, bytes]]) -> Frozen:
    """A text older than policygen, as it was: by language its file's name and bytes."""
    check_words(desk, order)
    policy = desk.stated.policy
    articles: dict[str, Article] = {}
    for language in desk.site.languages:
        if language.tag not in texts:
            continue
        name, content = texts[language.tag]
        about = head(policy, desk.renderer.voice(policy, language))
        said = imported_article(content, name, about.title)
        if isinstance(said, Diagnostic):
            raise Refused("the file can't be archived", None, (said,))
        articles[language.tag] = Article(_framed(said), replace(about, publisher={}))
    if unknown := texts.keys() - articles.keys():
        raise Refused(
            f"`{min(unknown)}` is not a language of this site", f"languages: {', '.join(desk.tags)}"
        )
    number = next_number(desk.archive.releases, desk.site.today)
    record = Release(
        desk.service.name, Kind.IMPORT, desk.site.today, number, date=order.date, effective=order.effective,
        summary=order.summary, previous=_last(desk.archive), generator=GENERATOR,
    )  # fmt: skip
    return freeze(record, articles, None, None)


def _framed(html: str) -> str:
    """An archived text with the dates below its heading, where it begins with one."""
    opening, end, rest = html.partition("</h1>\n") if html.startswith("<h1") else ("", "", html)
    return f'<header class="title">\n{opening}{end}</header>\n{DATES}\n<div class="archived">\n{rest}</div>\n'


def _before_the_newest(desk: Desk) -> Desk:
    """The desk as it was before the newest record was made."""
    if not desk.archive.releases:
        raise Refused("there is no release to amend", None)
    archive = Archive(desk.archive.releases[:-1], desk.archive.files)
    articles = desk.service.articles
    service = stand(desk.service.name, articles, archive, timeline(archive.releases, desk.site.today))
    return replace(desk, service=service)


def _last(archive: Archive) -> str | None:
    return archive.releases[-1].fingerprint if archive.releases else None
