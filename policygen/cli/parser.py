"""The arguments of every command."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING

from policygen import __version__
from policygen.cli.show import show

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_Commands = argparse._SubParsersAction  # argparse has no public name for it

FORMATS = ("text", "concise", "json", "github", "gitlab")

DESCRIPTION = """\
Builds privacy policy pages from facts in YAML, and keeps every version that was published.

  content/site.yaml                      the site: name, address, languages
  content/<service>/policy.yaml          the facts of one service
  content/<service>/releases/            what was published; written by `policygen release`
  templates/, locales/                   your own templates and words, over ours
  static/                                files to publish beside the pages

Exit codes: 0 fine (warnings included), 1 findings that stop the site, 2 wrong usage or a broken machine."""

EXAMPLES = """\
examples:
  policygen init my-policies         a new site: asks a few questions
  policygen check                    list what is wrong, write nothing
  policygen build                    write the pages into site/
  policygen status                   what has changed since it was released
  policygen release shop             freeze what readers of `shop` see from today
  policygen serve --open             see the pages while you write
  policygen build --site ../policies --output public --strict
  policygen check --format github    annotations for a pull request"""


class _Parser(argparse.ArgumentParser):
    """argparse drops what a full disk refuses, and says that all went well."""

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        is_asked_for = file is sys.stdout
        show(message, sys.stdout if is_asked_for else sys.stderr, end="")


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    made: argparse.ArgumentParser = _Parser(
        "policygen",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.add_argument("--version", action="version", version=f"policygen {__version__}")
    commands = made.add_subparsers(dest="command", metavar="command", required=True)
    _init(commands)
    _new(commands)
    _build(commands)
    check = _command(commands, "check", "list what is wrong, and write nothing")
    _findings(check)
    _effort(check)
    _findings(_command(commands, "status", "list what has changed since it was released"))
    _release(commands)
    _verify(commands)
    _notice(commands)
    _serve(commands)
    _writing_help(commands)
    return made


def _init(commands: _Commands[argparse.ArgumentParser]) -> None:
    help = "begin a site: settings, an example service, and what publishes it"
    about = (
        f"{help[:1].upper()}{help[1:]}. On a terminal it asks for what isn't given. Nothing is overwritten."
    )
    command = commands.add_parser("init", help=help, description=about, allow_abbrev=False)
    folder = "the site's folder, new or there already (default: the current one)"
    command.add_argument("folder", metavar="DIR", nargs="?", default=".", help=folder)
    command.add_argument("-y", "--yes", action="store_true", help="never ask: defaults for what isn't given")
    command.add_argument("--name", metavar="NAME", help="the name of the app or service (default: Example)")
    service = "the service's folder in content/, which is its address (default: made from its name)"
    command.add_argument("--service", metavar="SERVICE", help=service)
    command.add_argument("--kind", metavar="KIND", help="what it is, as in app, website, shop (default: app)")
    command.add_argument("--company", metavar="NAME", help="the company (default: Example Company)")
    command.add_argument("--email", metavar="ADDRESS", help="where to write about privacy")
    languages = "the languages of the pages, the default one first (default: en,vi)"
    command.add_argument("--languages", metavar="LANG,LANG", help=languages)
    host = (
        "where it is published: none, github-pages, gitlab-pages, netlify, cloudflare-pages (default: none)"
    )
    command.add_argument("--deploy", metavar="HOST", help=host)
    command.add_argument("--url", metavar="URL", help="the address that the site will have")
    _lang(command)
    _volume(command)


def _new(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(commands, "new", "add a service to the site")
    service = "the service's folder in content/, which is its address, as in `my-shop`"
    command.add_argument("service", metavar="SERVICE", help=service)
    like = "begin with what this service states, instead of the example"
    command.add_argument("--like", metavar="SERVICE", help=like)
    command.add_argument("--name", metavar="NAME", help="its name (default: made from the folder's)")
    command.add_argument("--kind", metavar="KIND", help="what it is, as in app, website, shop (default: app)")
    _lang(command)


def _lang(command: argparse.ArgumentParser) -> None:
    lang = "the language of the comments that explain every key (default: en)"
    command.add_argument("--lang", choices=("en", "vi"), default="en", help=lang)


def _build(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(commands, "build", "check the site, and write its pages if nothing stops them")
    output = "where to write the pages (default: site/ in the site's folder)"
    command.add_argument("--output", metavar="DIR", help=output)
    url = "the site's address, in place of the `url` in content/site.yaml, as a host tells it"
    command.add_argument("--url", metavar="URL", help=url)
    drafts = "show today's texts, marked as drafts, where they differ from the released ones"
    command.add_argument("--drafts", action="store_true", help=drafts)
    _findings(command)
    _effort(command)


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


def _serve(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _command(commands, "serve", "show the pages in a browser while they are being written")
    host = "where to listen (default: this machine alone); others can then read drafts"
    command.add_argument("--host", metavar="HOST", help=host)
    port = "the port to listen on (default: 8000, or a free one)"
    command.add_argument("--port", metavar="PORT", type=_port, help=port)
    command.add_argument("--open", action="store_true", help="open the preview in a browser")


def _port(text: str) -> int:
    if text.isascii() and text.isdecimal() and int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port; write a number from 1 to 65535")


def _writing_help(commands: _Commands[argparse.ArgumentParser]) -> None:
    schema = _plain_command(commands, "schema", "print what editors complete and check the YAML files by")
    kind = "the file it describes (default: policy)"
    schema.add_argument("kind", metavar="policy|site", nargs="?", choices=("policy", "site"), help=kind)
    site = "the site whose languages it knows (default: the current folder, if it is one)"
    schema.add_argument("--site", metavar="DIR", help=site)
    where = schema.add_mutually_exclusive_group()
    where.add_argument("--output", metavar="FILE", help="write it there")
    both = "write both into .policygen/ of the site, where the first line of each YAML file looks for them"
    where.add_argument("--write", action="store_true", help=both)
    explain = _plain_command(commands, "explain", "show the manual page of a finding or a vocabulary word")
    word = "a finding's code, a word, or a vocabulary, as in unknown-key, ip_address, purpose"
    explain.add_argument("word", metavar="CODE|WORD", help=word)
    completion = _plain_command(
        commands, "completion", "print what completes policygen's commands in a shell"
    )
    shell = "the shell: bash, zsh or fish"
    completion.add_argument("shell", metavar="bash|zsh|fish", choices=("bash", "zsh", "fish"), help=shell)


def _plain_command(
    commands: _Commands[argparse.ArgumentParser], name: str, help: str
) -> argparse.ArgumentParser:
    """A command that works without a site and on any day."""
    about = help[:1].upper() + help[1:] + "."
    command = commands.add_parser(name, help=help, description=about, allow_abbrev=False)
    command.set_defaults(volume=0, format="text")
    return command


def _command(commands: _Commands[argparse.ArgumentParser], name: str, help: str) -> argparse.ArgumentParser:
    about = help[:1].upper() + help[1:] + "."
    command = commands.add_parser(name, help=help, description=about, allow_abbrev=False)
    site = "the site's folder (default: the current one)"
    command.add_argument("--site", metavar="DIR", default=".", help=site)
    today = "work as on this day (default: SOURCE_DATE_EPOCH, else today in the site's time zone)"
    command.add_argument("--today", metavar="DATE", type=_date, help=today)
    _volume(command)
    return command


def _volume(command: argparse.ArgumentParser) -> None:
    volume = command.add_mutually_exclusive_group()
    loud, quiet = "name every file written", "show findings only"
    volume.add_argument("-v", "--verbose", dest="volume", action="store_const", const=1, help=loud)
    volume.add_argument("-q", "--quiet", dest="volume", action="store_const", const=-1, help=quiet)
    command.set_defaults(volume=0, format="text", strict=False)


def _findings(command: argparse.ArgumentParser) -> None:
    command.add_argument("--strict", action="store_true", help="fail on warnings too")
    shown = "how findings are shown (default: text)"
    command.add_argument("--format", choices=FORMATS, default="text", help=shown)


def _effort(command: argparse.ArgumentParser) -> None:
    jobs = "how many processes work at the same time (default: one for each processor)"
    command.add_argument("--jobs", metavar="N", type=_jobs, help=jobs)
    cold = "do everything anew, whatever the last build left"
    command.add_argument("--no-cache", action="store_true", help=cold)


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"`{text}` is no number from 1 to 64")
    return int(text)


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
