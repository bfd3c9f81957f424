"""`policygen build` and `policygen check`: the same findings; one of them writes."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from policygen.cli.console import UsageError, is_terminal, report, say
from policygen.trace.call import Said, name_of

if TYPE_CHECKING:
    from policygen.build import Progress, Result
    from policygen.build.trace import Trace
    from policygen.model.kinds import Url
    from policygen.output import Output, Published
    from policygen.site import SiteFolder


def run(options: argparse.Namespace) -> int:
    """Build or check."""
    folder = site_folder(options.site)
    output = _output(folder, options) if options.command == "build" else None
    trace = None if options.no_cache else _trace(folder, output)
    with _opened(folder, output) as ours:
        result = _built(folder, options, trace, ours)
        out, err = report(result.findings, folder, options)
        if options.command == "check" and options.format == "text" and not result.findings:
            err += say(options, 0, "no findings")
        code = 1 if result.failed(strict=options.strict) else 0
        if ours and output:
            if code:
                return code
            moved_in = time.time_ns()
            published = ours.move_in(result.files, result.settled)
            err += _tell(published, len(result.files), output, options)
            if trace:
                said = Said(name_of(options.words), out, err, code)
                _keep(trace, result, (moved_in, published.written), said, options)
    return code


def _output(folder: SiteFolder, options: argparse.Namespace) -> Path:
    return Path(options.output) if options.output else folder.root / "site"


def _trace(folder: SiteFolder, output: Path | None) -> Trace | None:
    from policygen.build.trace import Trace

    with suppress(OSError):  # the build itself says what can't be read
        return Trace(folder, output)
    return None


@contextmanager
def _opened(folder: SiteFolder, output: Path | None) -> Iterator[Output | None]:
    """The output folder, held for as long as files come into it."""
    from policygen.output import OutputError, opened

    if output is None:
        yield None
        return
    names = ("content", "templates", "locales", "static", ".policygen", ".git")
    sources = [folder.root / name for name in names]
    try:
        with opened(output, sources) as ours:
            yield ours
    except OutputError as error:
        raise UsageError(error.message, error.help) from error


def _built(
    folder: SiteFolder, options: argparse.Namespace, trace: Trace | None, ours: Output | None
) -> Result:
    """The files and findings of a site."""
    from policygen.build import Past, Plan, build
    from policygen.build.crew import WorkerDied
    from policygen.trace.pickles import Unreadable

    progress = _progress(options)
    plan = Plan(
        drafts=ours is not None and options.drafts,
        url=_address(options.url) if ours else None,
        jobs=options.jobs or _processors(),
        past=trace.past() if trace else Past(),
        sink=ours.stage.add if ours else _thrown_away,
        progress=progress,
    )
    try:
        try:
            return build(folder, today(options), plan)
        except Unreadable:  # somebody has made up a trace
            return build(folder, today(options), replace(plan, past=Past()))
    except WorkerDied as error:
        raise UsageError(str(error), "was there enough memory? `--jobs 1` needs least") from error
    finally:
        progress(0, 0)


def _thrown_away(_path: str, content: bytes) -> str:
    """Take a file that nobody wants."""
    from policygen.memory import digest

    return digest(content)


def _processors() -> int:
    """How many processes can work at the same time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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


def _tell(published: Published, count: int, output: Path, options: argparse.Namespace) -> str:
    """Say what became of the files. Returns what the same build would say if it were run again."""
    groups = {"written": published.written, "unchanged": published.unchanged, "removed": published.removed}
    counts = ", ".join(f"{len(paths)} {what}" for what, paths in groups.items())
    say(options, 0, f"{count} files in {output} ({counts})")
    for path in published.written:
        say(options, 1, f"wrote {path}")
    for path in published.removed:
        say(options, 1, f"removed {path}")
    for path in published.kept:
        say(options, 0, f"kept {path}: it was changed by hand")
    again = f"{count} files in {output} (0 written, {count} unchanged, 0 removed)\n"
    return again if options.volume >= 0 else ""


def _keep(
    trace: Trace, result: Result, moved: tuple[int, Sequence[str]], said: Said, options: argparse.Namespace
) -> None:
    """Leave the next build what it wants to know. That it can't be kept is no reason to fail."""
    from policygen.build.trace import seconds

    site = result.site
    if site is None:
        return
    bound = options.today is None and not os.environ.get("SOURCE_DATE_EPOCH")
    days = (max(one.since for one in result.made.values()), min(one.until for one in result.made.values()))
    span = seconds(days if bound else (date.min, date.max), site.settings.timezone)
    with suppress(OSError):
        trace.keep(result, (moved[0], frozenset(moved[1])), said, span)


def site_folder(name: str) -> SiteFolder:
    """The site folder of that name."""
    from policygen.site import SETTINGS, SiteFolder

    root = Path(name)
    if not root.is_dir():
        raise UsageError(f"there is no folder {name}", "name the site's folder with --site")
    if not (root / SETTINGS).is_file():
        help = f"run policygen in the folder that has {SETTINGS}, or name it with --site"
        where = root
        with suppress(OSError):  # somebody may have removed the folder that this runs in
            where = root.resolve()
        raise UsageError(f"{where} is not a policygen site: it has no {SETTINGS}", help)
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
