"""What can stand on the command line, read from its parser."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a value is."""

    TEXT = "text"
    WORDS = "words"
    FILE = "file"
    FOLDER = "folder"
    SERVICE = "service"


_KINDS = {"DIR": Kind.FOLDER, "FILE": Kind.FILE, "[LANG=]FILE": Kind.FILE, "SERVICE": Kind.SERVICE}
"""By the name that the help shows for a value."""


@dataclass(frozen=True, slots=True)
class Value:
    """What completes the value of an option, or an argument."""

    name: str
    kind: Kind
    words: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """An option under all its names; without a value it is a switch."""

    names: tuple[str, ...]
    help: str
    value: Value | None


@dataclass(frozen=True, slots=True)
class Command:
    """A command; the one without a name is what stands before any other."""

    name: str
    help: str
    options: tuple[Option, ...]
    argument: Value | None


def read(parser: argparse.ArgumentParser, words: Mapping[str, Sequence[str]]) -> tuple[Command, ...]:
    """The command line as a whole, then each command."""
    found = [_command("", parser, words)]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found += [_command(name, command, words) for name, command in action.choices.items()]
    return tuple(found)


def _command(name: str, parser: argparse.ArgumentParser, words: Mapping[str, Sequence[str]]) -> Command:
    actions = [action for action in parser._actions if not isinstance(action, argparse._SubParsersAction)]
    options = [
        Option(tuple(action.option_strings), _sentence(action.help), _value(action, words))
        for action in actions
        if action.option_strings
    ]
    arguments = [_value(action, words) for action in actions if not action.option_strings]
    return Command(name, _sentence(parser.description), tuple(options), arguments[0] if arguments else None)


def _value(action: argparse.Action, words: Mapping[str, Sequence[str]]) -> Value | None:
    if action.nargs == 0:
        return None
    name = action.metavar if isinstance(action.metavar, str) else action.dest
    called = next((each for each in (name, *action.option_strings) if each in words), "")
    known = [str(choice) for choice in action.choices or words.get(called, ())]
    kind = Kind.WORDS if known else _KINDS.get(name, Kind.TEXT)
    return Value(name, kind, tuple(known), required=action.nargs != "?")


def _sentence(help: str | None) -> str:
    """The first sentence, on one line."""
    return (help or "").replace("%%", "%").partition("\n")[0].partition(". ")[0].rstrip(".")
