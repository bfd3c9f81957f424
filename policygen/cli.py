"""The command line: arguments, one call, findings, an exit code. The only module that prints."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from policygen import __version__

if TYPE_CHECKING:
    from policygen.build import Result
    from policygen.site import SiteFolder

    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]

FORMATS = ("text", "concise", "json", "github")

DESCRIPTION = """\
Builds privacy policy pages from facts in YAML.

  content/site.yaml               the site: name, address, languages
  content/<service>/policy.yaml   the facts of one service
  templates/, locales/            your own templates and words, over ours

Exit codes: 0 fine (warnings included), 1 findings that stop the site, 2 wrong usage or a broken machine."""

EXAMPLES = """\
examples:
  policygen check                    list what is wrong, write nothing
  policygen build                    write the pages into site/
  policygen build --site ../policies --output public --strict
  policygen check --format github    annotations for a pull request"""


class UsageError(Exception):
    """A wrong argument, or a machine that doesn't do its part: one line, and what would help."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message, self.help = message, help


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except UsageError as error:
        return _fail(error.message, error.help)
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error), None)


def _run(options: argparse.Namespace) -> int:
    from policygen.build import build

    folder = _folder(options.site)
    progress = _progress(options)
    try:
        result = build(folder, _today(options.today), render=options.command == "build", progress=progress)
    finally:
        progress(0, 0)
    _report(result, folder, options)
    if result.failed(strict=options.strict):
        return 1
    return _publish(result, folder, options) if options.command == "build" else 0


def _publish(result: Result, folder: SiteFolder, options: argparse.Namespace) -> int:
    from policygen.output import OutputError, publish

    output = Path(options.output) if options.output else folder.root / "site"
    sources = [folder.root / name for name in ("content", "templates", "locales")]
    try:
        published = publish(output, result.pages, sources)
    except OutputError as error:
        raise UsageError(error.message, error.help) from error
    groups = {"written": published.written, "unchanged": published.unchanged, "removed": published.removed}
    counts = ", ".join(f"{len(paths)} {what}" for what, paths in groups.items())
    _say(options, 0, f"{len(result.pages)} files in {output} ({counts})")
    for path in published.written:
        _say(options, 1, f"wrote {path}")
    for path in published.removed:
        _say(options, 1, f"removed {path}")
    for path in published.kept:
        _say(options, 0, f"kept {path}: it was changed by hand")
    return 0


def _report(result: Result, folder: SiteFolder, options: argparse.Namespace) -> None:
    from policygen.report import render, summary
    from policygen.source import decode, locate

    def read(path: str) -> str | None:
        raw = folder.read(path)
        text = decode(raw, path) if raw is not None else None
        return text if isinstance(text, str) else None

    if result.findings or options.format == "json":
        text = render(result.findings, options.format, read, locate, colour=_colour(options))
        _print(text.rstrip("\n"), sys.stdout)
    if result.findings and options.format in {"text", "concise"}:
        _say(options, 0, summary(result.findings))
    elif options.command == "check" and options.format == "text":
        _say(options, 0, "no findings")


def _folder(name: str) -> SiteFolder:
    from policygen.site import SETTINGS, SiteFolder

    root = Path(name)
    if not root.is_dir():
        raise UsageError(f"there is no folder {name}", "name the site's folder with --site")
    if not (root / SETTINGS).is_file():
        help = f"run policygen in the folder that has {SETTINGS}, or name it with --site"
        raise UsageError(f"{root.resolve()} is not a policygen site: it has no {SETTINGS}", help)
    return SiteFolder(root)


def _today(given: date | None) -> Callable[[str | None], date]:
    from policygen.clock import today

    def ask(zone: str | None) -> date:
        try:
            return today(given, os.environ, zone)
        except ValueError as error:
            raise UsageError(str(error)) from error

    return ask


def _progress(options: argparse.Namespace) -> Callable[[int, int], None]:
    from policygen.build import silent
    from policygen.progress import Progress

    shown = _is_terminal(sys.stderr) and options.volume >= 0 and options.format == "text"
    return Progress(sys.stderr) if shown else silent


def _colour(options: argparse.Namespace) -> bool:
    if options.format != "text" or os.environ.get("NO_COLOR"):
        return False
    return _is_terminal(sys.stdout) and os.environ.get("TERM") != "dumb"


def _say(options: argparse.Namespace, volume: int, message: str) -> None:
    # Beside the findings, which are what a program reads.
    if options.volume >= volume:
        _print(message, sys.stderr)


def _print(text: str, stream: TextIO | None) -> None:
    """Write a line, whatever became of the stream: what is built doesn't depend on who listens."""
    if isinstance(stream, TextIOWrapper):
        # A terminal that can't show a letter gets its number instead of a traceback.
        stream.reconfigure(errors="backslashreplace")
    try:
        print(text, file=stream, flush=True)
    except BrokenPipeError:
        # The reader of our output has gone; Python would complain once more when it exits.
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno() if stream else 1)


def _is_terminal(stream: TextIO | None) -> bool:
    # A process that was started without the stream has None in its place.
    return stream is not None and stream.isatty()


def _fail(message: str, help: str | None) -> int:
    _print(f"policygen: {message}", sys.stderr)
    if help:
        _print(f"  = help: {help}", sys.stderr)
    return 2


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as 2026-11-21") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "policygen",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"policygen {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="command", required=True)
    build = _command(commands, "build", "check the site, and write its pages if nothing stops them")
    output = "where to write the pages (default: site/ in the site's folder)"
    build.add_argument("--output", metavar="DIR", help=output)
    _command(commands, "check", "list what is wrong, and write nothing")
    return parser


def _command(commands: _Commands, name: str, help: str) -> argparse.ArgumentParser:
    about = help[:1].upper() + help[1:] + "."
    command = commands.add_parser(name, help=help, description=about, allow_abbrev=False)
    site = "the site's folder (default: the current one)"
    command.add_argument("--site", metavar="DIR", default=".", help=site)
    command.add_argument("--strict", action="store_true", help="fail on warnings too")
    shown = "how findings are shown (default: text)"
    command.add_argument("--format", choices=FORMATS, default="text", help=shown)
    today = "build as on this day (default: SOURCE_DATE_EPOCH, else today in the site's time zone)"
    command.add_argument("--today", metavar="DATE", type=_date, help=today)
    volume = command.add_mutually_exclusive_group()
    loud, quiet = "name every file written", "show findings only"
    volume.add_argument("-v", "--verbose", dest="volume", action="store_const", const=1, help=loud)
    volume.add_argument("-q", "--quiet", dest="volume", action="store_const", const=-1, help=quiet)
    command.set_defaults(volume=0)
    return command
