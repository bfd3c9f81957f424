"""`policygen build` and `policygen check`: the same findings; one of them writes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from policygen.cli.console import UsageError, is_terminal, report, say

if TYPE_CHECKING:
    from policygen.build import Progress, Result
    from policygen.model.kinds import Url
    from policygen.site import SiteFolder


def run(options: argparse.Namespace) -> int:
    """Build or check."""
    folder = site_folder(options.site)
    result = built(folder, options)
    report(result.findings, folder, options)
    if options.command == "check" and options.format == "text" and not result.findings:
        say(options, 0, "no findings")
    if result.failed(strict=options.strict):
        return 1
    return _publish(result, folder, options) if options.command == "build" else 0


def built(folder: SiteFolder, options: argparse.Namespace) -> Result:
    """The pages and findings of a site; for any command but `build` the findings alone."""
    from policygen.build import build

    progress = _progress(options)
    render = options.command == "build"
    drafts, url = (options.drafts, _address(options.url)) if render else (False, None)
    try:
        return build(folder, today(options), render=render, drafts=drafts, progress=progress, url=url)
    finally:
        progress(0, 0)


def _address(given: str | None) -> Url | None:
    """The address that takes the place of the one in the settings."""
    from policygen.loading.scalars import ValueProblem, read_url

    if given is None:
        return None
    try:
        if set(given) & set("?#"):
            raise ValueProblem("bad-url", f"`{given}` has more than a path after its host")  # noqa: TRY301
        return read_url(given)
    except ValueProblem as problem:
        raise UsageError(f"--url: {problem.message}", problem.help) from problem


def _publish(result: Result, folder: SiteFolder, options: argparse.Namespace) -> int:
    from policygen.output import OutputError, publish

    output = Path(options.output) if options.output else folder.root / "site"
    sources = [folder.root / name for name in ("content", "templates", "locales", "static")]
    try:
        published = publish(output, result.pages, sources)
    except OutputError as error:
        raise UsageError(error.message, error.help) from error
    groups = {"written": published.written, "unchanged": published.unchanged, "removed": published.removed}
    counts = ", ".join(f"{len(paths)} {what}" for what, paths in groups.items())
    say(options, 0, f"{len(result.pages)} files in {output} ({counts})")
    for path in published.written:
        say(options, 1, f"wrote {path}")
    for path in published.removed:
        say(options, 1, f"removed {path}")
    for path in published.kept:
        say(options, 0, f"kept {path}: it was changed by hand")
    return 0


def site_folder(name: str) -> SiteFolder:
    """The site folder of that name."""
    from policygen.site import SETTINGS, SiteFolder

    root = Path(name)
    if not root.is_dir():
        raise UsageError(f"there is no folder {name}", "name the site's folder with --site")
    if not (root / SETTINGS).is_file():
        help = f"run policygen in the folder that has {SETTINGS}, or name it with --site"
        raise UsageError(f"{root.resolve()} is not a policygen site: it has no {SETTINGS}", help)
    return SiteFolder(root)


def today(options: argparse.Namespace) -> Callable[[str | None], date]:
    """What tells the day, once the site's time zone is known."""
    from policygen.clock import today as day

    def ask(zone: str | None) -> date:
        try:
            return day(options.today, os.environ, zone)
        except ValueError as error:
            raise UsageError(str(error)) from error

    return ask


def _progress(options: argparse.Namespace) -> Progress:
    from policygen.build import silent
    from policygen.progress import Progress as Bar

    shown = is_terminal(sys.stderr) and options.volume >= 0 and options.format == "text"
    return Bar(sys.stderr) if shown else silent
