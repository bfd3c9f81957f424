"""The script for zsh: with the help of every command and option beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygen.completion.grammar import Command, Kind, Option, Value

_TEMPLATE = """\
#compdef policygen
# Completes policygen in zsh. Made by `policygen completion zsh`.

_policygen_services() {{
    local -a found
    local site=${{opt_args[--site]:-.}}
    found=($site/content/*/policy.yaml(N:h:t))
    compadd -a found
}}

_policygen() {{
    local curcontext=$curcontext state line
    local -a commands
    typeset -A opt_args
    commands=(
{commands}
    )
    _arguments -C \\
{top}
        '1:command:->command' \\
        '*::argument:->argument' && return
    case $state in
        command) _describe command commands ;;
        argument)
            case $line[1] in
{cases}
            esac ;;
    esac
}}

if [[ $funcstack[1] == _policygen ]]; then
    _policygen "$@"
else
    compdef _policygen policygen
fi
"""


def script(commands: Sequence[Command]) -> str:
    """The script."""
    top, *rest = commands
    described = [f"        {_quoted(f'{each.name}:{each.help}')}" for each in rest]
    return _TEMPLATE.format(
        commands="\n".join(described),
        top="\n".join(f"        {spec} \\" for spec in _options(top.options)),
        cases="\n".join(_case(command) for command in rest),
    )


def _case(command: Command) -> str:
    specs = [*_options(command.options), *([_argument(command.argument)] if command.argument else [])]
    separator = " \\\n                        "
    return f"                {command.name}) _arguments {separator.join(specs)} ;;"


def _options(options: Sequence[Option]) -> Iterator[str]:
    for option in options:
        names = " ".join(option.names)
        for name in option.names:
            value = f":{_escaped(option.value.name)}:{_action(option.value)}" if option.value else ""
            equals = "=" if value and name.startswith("--") else ""
            yield _quoted(f"({names}){name}{equals}[{_escaped(option.help)}]{value}")


def _argument(value: Value) -> str:
    return _quoted(f"1:{':' * (not value.required)}{_escaped(value.name)}:{_action(value)}")


def _action(value: Value) -> str:
    if value.kind is Kind.WORDS:
        return f"({' '.join(value.words)})"
    return {Kind.FILE: "_files", Kind.FOLDER: "_files -/", Kind.SERVICE: "_policygen_services"}.get(
        value.kind, " "
    )


def _escaped(text: str) -> str:
    for sign in "\\[]:":
        text = text.replace(sign, f"\\{sign}")
    return text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
