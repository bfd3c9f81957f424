"""The command line: arguments, one call, findings, an exit code. The only package that prints."""

from __future__ import annotations

import sys

from policygen import __version__
from policygen.cli.show import show

TYPE_CHECKING = False  # importing `typing` takes a tenth of a build that has nothing to do
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        # What there is to say or to do is found out before anything heavy is imported.
        if words == ["--version"]:
            show(f"policygen {__version__}")
            return 0
        if words[:1] == ["build"] and (code := _said_again(words)) is not None:
            return code
        return _run(words)
    except KeyboardInterrupt:
        return 130
    except MemoryError:
        from policygen.cli.console import fail

        return fail("there is not enough memory", None)
    except OSError as error:
        from policygen.cli.console import fail

        return fail(f"{error.filename}: {error.strerror}" if error.filename else str(error), None)


def _said_again(words: list[str]) -> int | None:
    from policygen.trace.call import replayed

    said = replayed(words)
    if said is None:
        return None
    for text, stream in ((said.out, sys.stdout), (said.err, sys.stderr)):
        if text:
            show(text, stream, end="")
    return said.code


def _run(words: list[str]) -> int:
    import argparse

    from policygen.cli.console import UsageError, fail
    from policygen.cli.parser import parser

    if empty := _empty(words):
        return fail(f"{empty} is empty", "is a variable not set?")
    options = parser().parse_args(words, argparse.Namespace(words=words))
    try:
        return _COMMANDS[options.command](options)
    except UsageError as error:
        return fail(error.message, error.help)


def _empty(words: list[str]) -> str | None:
    """What is given and says nothing. Taken for what isn't given, it would do what nobody meant."""
    for before, word in zip(("", *words), words, strict=False):
        option, sign, value = word.partition("=")
        if not word:
            return f"the value of {before}" if before.startswith("-") else "an argument"
        if option.startswith("--") and sign and not value:
            return f"the value of {option}"
    return None


def _site(options: argparse.Namespace) -> int:
    from policygen.cli.site import run

    return run(options)


def _status(options: argparse.Namespace) -> int:
    from policygen.cli.status import run

    return run(options)


def _release(options: argparse.Namespace) -> int:
    from policygen.cli.release import run

    return run(options)


def _verify(options: argparse.Namespace) -> int:
    from policygen.cli.verify import run

    return run(options)


def _notice(options: argparse.Namespace) -> int:
    from policygen.cli.notice import run

    return run(options)


def _serve(options: argparse.Namespace) -> int:
    from policygen.cli.serve import run

    return run(options)


def _init(options: argparse.Namespace) -> int:
    from policygen.cli.init import run

    return run(options)


def _new(options: argparse.Namespace) -> int:
    from policygen.cli.new import run

    return run(options)


def _schema(options: argparse.Namespace) -> int:
    from policygen.cli.schema import run

    return run(options)


def _explain(options: argparse.Namespace) -> int:
    from policygen.cli.explain import run

    return run(options)


def _completion(options: argparse.Namespace) -> int:
    from policygen.cli.completion import run

    return run(options)


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "init": _init,
    "new": _new,
    "build": _site,
    "check": _site,
    "status": _status,
    "release": _release,
    "verify": _verify,
    "notice": _notice,
    "serve": _serve,
    "schema": _schema,
    "explain": _explain,
    "completion": _completion,
}
