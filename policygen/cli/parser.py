"""The arguments of every command."""

from __future__ import annotations

import argparse
from datetime import date

from policygen import __version__

_Commands = argparse._SubParsersAction  # argparse has no public name for it

FORMATS = ("text", "concise", "json", "github")

DESCRIPTION = """\
Builds privacy policy pages from facts in YAML, and keeps every version that was published.

  content/site.yaml                      the site: name, address, languages
  content/<service>/policy.yaml          the facts of one service
  content/<service>/releases/            what was published; written by `policygen release`
  templates/, locales/                   your own templates and words, over ours

Exit codes: 0 fine (warnings included), 1 findings that stop the site, 2 wrong usage or a broken machine."""

EXAMPLES = """\
examples:
  policygen check                    list what is wrong, write nothing
  policygen build                    write the pages into site/
  policygen status                   what has changed since it was released
  policygen release shop             freeze what readers of `shop` see from today
  policygen build --site ../policies --output public --strict
  policygen check --format github    annotations for a pull request"""


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    made = argparse.ArgumentParser(
        "policygen",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.add_argument("--version", action="version", version=f"policygen {__version__}")
    commands = made.add_subparsers(dest="command", metavar="command", required=True)
    _build(commands)
    _findings(_command(commands, "check", "list what is wrong, and write nothing"))
    _findings(_command(commands, "status", "list what has changed since it was released"))
    _release(commands)
    _verify(commands)
    _notice(commands)
    return made


def _build(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(commands, "build", "check the site, and write its pages if nothing stops them")
    output = "where to write the pages (default: site/ in the site's folder)"
    command.add_argument("--output", metavar="DIR", help=output)
    drafts = "show today's texts, marked as drafts, where they differ from the released ones"
    command.add_argument("--drafts", action="store_true", help=drafts)
    _findings(command)


def _release(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(commands, "release", "freeze what readers of a service see from today")
    _service(command)
    dates = command.add_mutually_exclusive_group()
    dated = "the date the company states for the text (default: today)"
    dates.add_argument("--date", metavar="DATE", type=_date, help=dated)
    dates.add_argument("--undated", action="store_true", help="the company states no date")
    effective = (
        "the day the text takes effect, where that is stated; a day to come makes it an upcoming version"
    )
    command.add_argument("--effective", metavar="DATE", type=_date, help=effective)
    weight = command.add_mutually_exclusive_group()
    material = "the change matters to readers (default: what the changed facts say)"
    weight.add_argument("--material", dest="weight", action="store_const", const="material", help=material)
    editorial = "the change matters to no reader, such as a corrected spelling"
    weight.add_argument("--editorial", dest="weight", action="store_const", const="editorial", help=editorial)
    summary = "what changed, in a sentence for readers; once for each language"
    _words(command, "--summary", "LANG=TEXT", summary)
    corrects = "the text or its dates correct an earlier release, for the --reason given"
    command.add_argument("--corrects", metavar="RELEASE", help=corrects)
    withdraws = "take back an earlier release, for the --reason given, and release nothing"
    command.add_argument("--withdraws", metavar="RELEASE", help=withdraws)
    _words(command, "--reason", "LANG=TEXT", "why, for readers; once for each language")
    checked = "this translation has been checked against the changed source text and still holds"
    command.add_argument("--translated", metavar="LANG", action="append", default=[], help=checked)
    imported = (
        "archive a text older than policygen as it was: an .html, .md or .txt file; once for each language"
    )
    _words(command, "--import", "[LANG=]FILE", imported, dest="imported")
    command.add_argument(
        "--amend", action="store_true", help="replace the newest release, if it isn't published yet"
    )
    rechain = "put the releases of two merged branches in one line"
    command.add_argument("--rechain", action="store_true", help=rechain)


def _verify(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(commands, "verify", "check that every release is as it was released")
    against = (
        "also compare with a git revision, or with a fingerprint that was published: finds removed releases"
    )
    command.add_argument("--against", metavar="REF", help=against)
    _findings(command)


def _notice(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(commands, "notice", "write the announcement of a release: e-mails and a banner")
    _service(command)
    command.add_argument("--release", metavar="RELEASE", help="the release to announce (default: the newest)")
    output = "where to write it (default: notices/ in the site's folder)"
    command.add_argument("--output", metavar="DIR", help=output)


def _command(commands: _Commands[argparse.ArgumentParser], name: str, help: str) -> argparse.ArgumentParser:
    about = help[:1].upper() + help[1:] + "."
    command = commands.add_parser(name, help=help, description=about, allow_abbrev=False)
    site = "the site's folder (default: the current one)"
    command.add_argument("--site", metavar="DIR", default=".", help=site)
    today = "work as on this day (default: SOURCE_DATE_EPOCH, else today in the site's time zone)"
    command.add_argument("--today", metavar="DATE", type=_date, help=today)
    volume = command.add_mutually_exclusive_group()
    loud, quiet = "name every file written", "show findings only"
    volume.add_argument("-v", "--verbose", dest="volume", action="store_const", const=1, help=loud)
    volume.add_argument("-q", "--quiet", dest="volume", action="store_const", const=-1, help=quiet)
    command.set_defaults(volume=0, format="text", strict=False)
    return command


def _findings(command: argparse.ArgumentParser) -> None:
    command.add_argument("--strict", action="store_true", help="fail on warnings too")
    shown = "how findings are shown (default: text)"
    command.add_argument("--format", choices=FORMATS, default="text", help=shown)


def _service(command: argparse.ArgumentParser) -> None:
    service = "the service's folder in content/ (may be left out where there is only one)"
    command.add_argument("service", metavar="SERVICE", nargs="?", help=service)


def _words(
    command: argparse.ArgumentParser, name: str, metavar: str, help: str, dest: str | None = None
) -> None:
    named = {"dest": dest} if dest else {}
    command.add_argument(name, metavar=metavar, action="append", default=[], help=help, **named)  # type: ignore[arg-type]


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as 2026-11-21") from None
