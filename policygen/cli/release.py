"""`policygen release`: one release, whole or not at all."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policygen.cli.console import UsageError, is_terminal, report, say
from policygen.cli.site import site_folder, today

if TYPE_CHECKING:
    from policygen.diagnostics import Diagnostic
    from policygen.release import Desk, Order
    from policygen.releases.freeze import Frozen
    from policygen.site import SiteFolder


def run(options: argparse.Namespace) -> int:
    """Make the release that is asked for."""
    from policygen.content import ContentError, recover
    from policygen.git import GitError
    from policygen.release import Refused, open_desk
    from policygen.releases.archive import releases_folder

    _check_together(options)
    folder = site_folder(options.site)
    try:
        for service in folder.services():
            # A run that was killed half way may have set a release aside.
            recover(folder.root / releases_folder(service))
        if options.rechain:
            return _rechain(folder, options)
        desk = open_desk(folder, options.service, today(options))
        if options.amend:
            _check_unpublished(folder, desk)
        made = _made(desk, options)
        _write(folder, desk, made, options)
        if options.imported:
            report(_doubts(desk, made), folder, options)
    except Refused as refusal:
        if refusal.findings:
            report(refusal.findings, folder, options)
            say(options, 0, f"nothing was released: {refusal.message}")
            return 1
        raise UsageError(refusal.message, refusal.help) from refusal
    except (ContentError, GitError) as error:
        raise UsageError(error.message, error.help) from error
    return 0


def _made(desk: Desk, options: argparse.Namespace) -> Frozen:
    from policygen.release import archive_text, release, withdraw

    order = _order(desk, options)
    if options.withdraws:
        return withdraw(desk, options.withdraws, order.reason)
    if options.imported:
        return archive_text(desk, order, _texts(desk, options.imported))
    made = release(desk, order)
    if order.summary or not desk.service.newest or not is_terminal(sys.stdin) or not is_terminal(sys.stdout):
        return made
    from policygen.cli.editor import ask_summary

    summary = ask_summary(desk.tags, [change["words"][desk.tags[0]] for change in _changes(made)])
    return release(desk, _order(desk, options, summary))


def _order(desk: Desk, options: argparse.Namespace, summary: dict[str, str] | None = None) -> Order:
    from policygen.release import Order
    from policygen.releases.record import Weight

    imported = bool(options.imported)
    date = None if options.undated or (imported and not options.date) else options.date or desk.site.today
    return Order(
        date=date,
        effective=options.effective,
        weight=Weight(options.weight) if options.weight else None,
        summary=summary or _by_language("--summary", options.summary),
        reason=_by_language("--reason", options.reason),
        corrects=options.corrects,
        checked=tuple(options.translated),
        amend=options.amend,
    )


def _write(folder: SiteFolder, desk: Desk, made: Frozen, options: argparse.Namespace) -> None:
    from policygen.content import write_folder
    from policygen.releases.archive import releases_folder

    root = folder.root / releases_folder(desk.service.name)
    replaced = root / desk.archive.releases[-1].id if options.amend else None
    write_folder(root / made.release.id, made.files, replacing=replaced)
    path = f"{releases_folder(desk.service.name)}/{made.release.id}"
    say(options, 0, f"released {desk.service.name} {made.release.id} in {path}")
    for change in _changes(made):
        say(options, 0, f"  {change['weight']}: {change['words'][desk.tags[0]]}")
    if made.release.effective and made.release.effective > desk.site.today:
        say(options, 0, f"  upcoming: it takes effect on {made.release.effective}")
    for name in made.files:
        say(options, 1, f"wrote {path}/{name}")
    say(options, 0, f"fingerprint {made.release.fingerprint}; commit the folder to publish it")


def _doubts(desk: Desk, made: Frozen) -> tuple[Diagnostic, ...]:
    """What the author of an archived text should look at."""
    from policygen.diagnostics import first
    from policygen.releases.archive import releases_folder
    from policygen.releases.scrutiny import doubtful

    path = f"{releases_folder(desk.service.name)}/{made.release.id}"
    texts = ((name, content) for name, content in made.files.items() if name.endswith(".html"))
    return tuple(found for name, html in texts for found in first(doubtful(html.decode(), f"{path}/{name}")))


def _changes(made: Frozen) -> list[dict[str, dict[str, str]]]:
    from policygen.releases.record import CHANGES

    found: list[dict[str, dict[str, str]]] = json.loads(made.files.get(CHANGES, b"[]"))
    return found


def _rechain(folder: SiteFolder, options: argparse.Namespace) -> int:
    from policygen.content import write_folder
    from policygen.release import forked
    from policygen.releases.archive import releases_folder

    name, moved = forked(folder, options.service, today(options))
    root = folder.root / releases_folder(name)
    for frozen in moved:
        write_folder(root / frozen.release.id, frozen.files, replacing=root / frozen.release.id)
        say(options, 0, f"{name} {frozen.release.id} now follows the release before it by date")
    return 0


def _check_unpublished(folder: SiteFolder, desk: Desk) -> None:
    """A published release isn't amended: whoever has read it must find it again."""
    from policygen.git import files_at, is_repository, published_ref
    from policygen.releases.archive import releases_folder

    if not desk.archive.releases:
        return
    newest = desk.archive.releases[-1].id
    help = f"correct it by a new release: `--corrects {newest} --reason …`"
    if not is_repository(folder.root):
        message = f"without git, nobody can tell whether {newest} is published"
        raise UsageError(message, help)
    ref = published_ref(folder.root)
    if ref and files_at(folder.root, ref, f"{releases_folder(desk.service.name)}/{newest}"):
        raise UsageError(f"{newest} is published already (it is in {ref})", help)


def _by_language(option: str, given: Sequence[str]) -> dict[str, str]:
    words: dict[str, str] = {}
    for item in given:
        tag, equals, text = item.partition("=")
        if not equals or not tag or not text.strip():
            raise UsageError(f"{option}: `{item}` has no language", f"write it as {option} en=…")
        if tag in words:
            raise UsageError(f"{option}: `{tag}` is given twice", "keep one of them")
        words[tag] = text.strip()
    return words


def _texts(desk: Desk, given: Sequence[str]) -> dict[str, tuple[str, bytes]]:
    """The files to archive, by language; a file alone is in the language the policy was first written in."""
    policy = desk.stated.policy
    texts: dict[str, tuple[str, bytes]] = {}
    for item in given:
        tag, equals, name = item.partition("=")
        if not equals or tag not in desk.tags:
            tag, name = policy.language or desk.tags[0], item
        if tag in texts:
            raise UsageError(
                f"--import: two files are in `{tag}`", "write --import LANG=FILE for each language"
            )
        file = Path(name)
        if not file.is_file():
            raise UsageError(f"there is no file {name}", "name an .html, .md or .txt file")
        texts[tag] = (file.name, file.read_bytes())
    return texts


def _check_together(options: argparse.Namespace) -> None:
    """Options that mean different releases don't go together."""
    modes = {
        "--withdraws": options.withdraws,
        "--import": options.imported,
        "--rechain": options.rechain,
        "--corrects": options.corrects,
    }
    given = [name for name, value in modes.items() if value]
    if len(given) > 1:
        raise UsageError(f"{given[0]} and {given[1]} don't go together", "make two releases")
    if options.amend and given and given != ["--corrects"]:
        raise UsageError(f"--amend and {given[0]} don't go together", "use one of them")
    if options.reason and not (options.withdraws or options.corrects):
        raise UsageError("--reason is the reason of a correction or a withdrawal", "use --summary")
