"""The script for fish: with the help of every command and option beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygen.completion.grammar import Command, Kind, Option, Value

_HEAD = """\
# Completes policygen in fish. Made by `policygen completion fish`.

function __policygen_services
    set -l site .
    set -l words (commandline -opc)
    for i in (seq (count $words))
        if test "$words[$i]" = --site -a $i -lt (count $words)
            set site $words[(math $i + 1)]
        else if string match -q -- '--site=*' $words[$i]
            set site (string replace -- --site= '' $words[$i])
        end
    end
    for file in $site/content/*/policy.yaml
        string split -- / $file | tail -n 2 | head -n 1
    end
end

complete -c policygen -f
"""


def script(commands: Sequence[Command]) -> str:
    """The script."""
    return _HEAD + "".join(f"complete -c policygen {line}\n" for line in _lines(commands))


def _lines(commands: Sequence[Command]) -> Iterator[str]:
    for command in commands:
        seen = (
            f"-n '__fish_seen_subcommand_from {command.name}'" if command.name else "-n __fish_use_subcommand"
        )
        if command.name:
            yield f"-n __fish_use_subcommand -a {command.name} -d {_quoted(command.help)}"
        if command.argument and command.argument.kind is not Kind.TEXT:
            yield f"{seen} {_value(command.argument)}"
        yield from (f"{seen} {_option(option)}" for option in command.options)


def _option(option: Option) -> str:
    names = [f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names]
    value = f" {_value(option.value)}" if option.value else ""
    return f"{' '.join(names)} -d {_quoted(option.help)}{value}"


def _value(value: Value) -> str:
    if value.kind is Kind.WORDS:
        return f"-x -a {_quoted(' '.join(value.words))}"
    return {
        Kind.FILE: "-r -F",
        Kind.FOLDER: "-x -a '(__fish_complete_directories)'",
        Kind.SERVICE: "-x -a '(__policygen_services)'",
    }.get(value.kind, "-x")


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
