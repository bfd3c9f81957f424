"""The announcement of a release: an e-mail as text and HTML and a banner for the app, in each language."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from policygen.language import Language
from policygen.release import Desk, Refused
from policygen.releases.timeline import Version
from policygen.releases.views import View, views

_TAG = re.compile(r"<[^>]*>")
_FILES = {
    "notice/email.txt": "email.txt",
    "notice/email.html": "email.html",
    "notice/banner.html": "banner.html",
}


def notice(desk: Desk, id: str | None) -> tuple[str, tuple[tuple[str, bytes], ...]]:
    """The id of the release that is announced, and the files, named by language."""
    timeline = desk.service.timeline
    version = (
        timeline.newest if id is None else next((one for one in timeline.versions if one.id == id), None)
    )
    if version is None:
        known = ", ".join(one.id for one in timeline.versions) or "none"
        missing = f"there is no release {id}" if id else f"`{desk.service.name}` has never been released"
        raise Refused(missing, f"the releases are: {known}")
    languages = [one for one in desk.site.languages if one.tag in version.release.heads]
    return version.id, tuple(file for language in languages for file in _files(desk, version, language))


def _files(desk: Desk, version: Version, language: Language) -> Iterator[tuple[str, bytes]]:
    shown = views(desk.archive, desk.service.timeline, language.tag)
    view = next(one for one in shown if one.id == version.id)
    head = version.release.heads[language.tag]
    context = {**_addresses(desk, version, view, language), "head": head, "view": view, "plain": _plain}
    say = desk.renderer.site_voice(language, head.name).say
    context["subject"] = say("Changes to the privacy policy of {service}")
    for template, name in _FILES.items():
        text = desk.renderer.text(template, language, name=head.name, **context)
        yield f"{language.tag}/{name}", (text.strip() + "\n").encode()


def _addresses(desk: Desk, version: Version, view: View, language: Language) -> dict[str, object]:
    """Where the e-mail leads: an upcoming text has its own address until it takes effect."""
    service = f"{language.tag}/{desk.service.name}/"
    is_current = desk.service.shown is not None and desk.service.shown.id == version.id
    before = desk.service.timeline.before(version)
    has_redline = before is not None and language.tag in before.release.heads
    absolute = desk.renderer.addresses.absolute
    return {
        "address": absolute(service if is_current else service + view.path),
        "compared": absolute(f"{service}{view.path}changes/") if has_redline else "",
        "history": absolute(f"{service}history/"),
    }


def _plain(text: str) -> str:
    """The words in one line, as HTML shows them: the first line of an e-mail is its subject."""
    return " ".join(html.unescape(_TAG.sub("", str(text))).split())
