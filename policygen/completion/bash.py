"""The script for bash, from 3.2 on, which macOS has.

Names of folders are compared, never given to `compgen -W`: that expands `$(…)` in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygen.completion.grammar import Command, Kind, Value

_TEMPLATE = """\
# Completes policygen in bash. Made by `policygen completion bash`.

_policygen_words() {{ # words: those that begin as the current one
    local word
    for word in "$@"; do
        [[ $word == "$current"* ]] && COMPREPLY+=("$word")
    done
}}

_policygen_services() {{ # the services of the site
    local site=. i file
    for ((i = 1; i < COMP_CWORD - 1; i++)); do
        [[ ${{COMP_WORDS[i]}} == --site ]] || continue
        site=${{COMP_WORDS[i + 1]}}
        [[ $site == = ]] && site=${{COMP_WORDS[i + 2]}}
    done
    for file in "$site"/content/*/policy.yaml; do
        [[ -f $file ]] || continue
        file=${{file%/policy.yaml}}
        file=${{file##*/}}
        # What isn't made of these is no service, and might mean something to the shell.
        [[ $file == *[!a-z0-9_-]* ]] || _policygen_words "$file"
    done
}}

_policygen_paths() {{ # -f or -d: files or folders
    local path
    compopt -o filenames 2>/dev/null
    while IFS= read -r path; do
        COMPREPLY+=("$path")
    done < <(compgen "$1" -- "$current")
}}

_policygen() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}} command= i
    COMPREPLY=()
    if [[ $current == = ]]; then # --option=
        current=
    elif [[ $previous == = ]]; then # --option=value
        previous=${{COMP_WORDS[COMP_CWORD - 2]}}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        if [[ ${{COMP_WORDS[i]}} != -* ]]; then
            command=${{COMP_WORDS[i]}}
            break
        fi
    done
    case "$command $previous" in
{values}
    esac
    case "$command:$current" in
{options}
    esac
    case "$command" in
{arguments}
    esac
}}

complete -F _policygen policygen
"""


def script(commands: Sequence[Command]) -> str:
    """The script."""
    return _TEMPLATE.format(
        values="\n".join(_values(commands)),
        options="\n".join(_options(commands)),
        arguments="\n".join(_arguments(commands)),
    )


def _values(commands: Sequence[Command]) -> Iterator[str]:
    for command in commands:
        for option in command.options:
            if option.value:
                patterns = " | ".join(f'"{command.name} {name}"' for name in option.names)
                yield f"        {patterns}) {_complete(option.value)} return ;;"


def _options(commands: Sequence[Command]) -> Iterator[str]:
    for command in commands:
        names = " ".join(name for option in command.options for name in option.names)
        yield f"        {command.name}:-*) _policygen_words {names}; return ;;"


def _arguments(commands: Sequence[Command]) -> Iterator[str]:
    names = " ".join(command.name for command in commands if command.name)
    yield f'        "") _policygen_words {names} ;;'
    for command in commands:
        if command.argument and command.argument.kind is not Kind.TEXT:
            yield f"        {command.name}) {_complete(command.argument)} ;;"


def _complete(value: Value) -> str:
    """What completes a value, ended by a semicolon; nothing completes a free text."""
    if value.kind is Kind.WORDS:
        return f"_policygen_words {' '.join(value.words)};"
    return {
        Kind.FILE: "_policygen_paths -f;",
        Kind.FOLDER: "_policygen_paths -d;",
        Kind.SERVICE: "_policygen_services;",
    }.get(value.kind, "")
