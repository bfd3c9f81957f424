"""The completion scripts, in the shells they are for."""

from __future__ import annotations

import argparse
import os
import pty
import select
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from policygen.cli.parser import FORMATS, parser
from policygen.completion import SHELLS, Shell
from policygen.completion.grammar import Kind, read
from policygen.explain import names
from policygen.scaffold.answers import HOSTS
from tests.small_site import POLICY, make_site, run

_SERVICES = {"content/shop/policy.yaml": POLICY, "content/$(touch pwned)/policy.yaml": POLICY}
_COMMANDS = [command.name for command in read(parser(), {})[1:]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with the services music and shop, a folder that means ill, and the three scripts."""
    folder = make_site(tmp_path_factory.mktemp("site folder"), _SERVICES)
    for shell in SHELLS:
        done = run(folder, "completion", shell, today=None)
        assert (done.returncode, done.stderr) == (0, "")
        (folder / f"script.{shell}").write_text(done.stdout, encoding="utf-8")
    return folder


def completed_by_bash(folder: Path, words: Sequence[str]) -> list[str]:
    """What bash offers for the last of the words, which it splits at `=` as a terminal does."""
    line = 'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _policygen; printf "%s\\n" "${COMPREPLY[@]}"'
    command = ["bash", "--norc", "-c", f"source ./script.bash; {line}", "bash", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert done.stderr == "" or "compopt" in done.stderr
    return done.stdout.split("\n")[:-1] if done.stdout != "\n" else []


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["policygen", ""], _COMMANDS),
        (["policygen", "ch"], ["check"]),
        (["policygen", "--v"], ["--version"]),
        (["policygen", "check", "--form"], ["--format"]),
        (["policygen", "check", "--format", ""], list(FORMATS)),
        (["policygen", "check", "--format", "=", "g"], [name for name in FORMATS if name[0] == "g"]),
        (["policygen", "check", "--format", "="], list(FORMATS)),
        (["policygen", "--", "x"], []),
        (["policygen", "release", ""], ["music", "shop"]),
        (["policygen", "release", "--amend", "sh"], ["shop"]),
        (["policygen", "release", "--date", ""], []),
        (["policygen", "notice", "--site", "content", ""], []),
        (["policygen", "notice", "--site", "=", ".", "m"], ["music"]),
        (["policygen", "build", "--output", "cont"], ["content"]),
        (["policygen", "schema", "s"], ["site"]),
        (["policygen", "schema", "--output", "script.b"], ["script.bash"]),
        (["policygen", "completion", ""], ["bash", "zsh", "fish"]),
        (["policygen", "explain", "unknown-k"], ["unknown-key"]),
        (["policygen", "explain", "ip_"], ["ip_address"]),
        (["policygen", "init", "--deploy", ""], list(HOSTS)),
        (["policygen", "new", "x", "--kind", "mobile"], ["mobile_app"]),
        (["policygen", "serve", "--host", ""], []),
    ],
    ids=lambda words: " ".join(words) if "policygen" in words else "",
)
def test_bash_offers_what_can_come_next(words: list[str], offered: list[str], site: Path) -> None:
    assert sorted(completed_by_bash(site, words)) == sorted(offered)
    assert not (site / "pwned").exists()


def typed(command: Sequence[str], keys: Sequence[str], folder: Path, wanted: str) -> str:
    """What a shell on a terminal shows when these are typed and the line is then printed instead of run."""
    leader, follower = pty.openpty()
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(folder), "TERM": "xterm", "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        command, cwd=folder, env=surroundings, start_new_session=True,
        stdin=follower, stdout=follower, stderr=follower,
    )  # fmt: skip
    os.close(follower)
    shown = ""
    try:
        for key in (*keys, "\x01echo Typed: \n"):
            os.write(leader, key.encode())
            shown += _read(leader, 0.5)
        end = time.monotonic() + 20
        while wanted not in shown and time.monotonic() < end:
            shown += _read(leader, 0.2)
    finally:
        process.kill()
        process.wait()
        os.close(leader)
    return shown


def _read(terminal: int, seconds: float) -> str:
    """Whatever comes until nothing has come for a while."""
    shown = b""
    while select.select([terminal], [], [], seconds)[0]:
        try:
            shown += os.read(terminal, 4096)
        except OSError:
            break
    return shown.decode(errors="replace")


def test_a_tab_on_a_terminal_completes_a_command_an_option_and_a_service(site: Path) -> None:
    keys = ["source script.bash\n", "policygen rel\t", "--ame\t", "sh\t"]
    wanted = "Typed: policygen release --amend shop"
    assert wanted in typed(["bash", "--norc", "--noprofile", "-i"], keys, site, wanted)


def test_a_tab_in_zsh_does_the_same(site: Path) -> None:
    start = "PS1='$ '; autoload -Uz compinit; compinit -u -D; source ./script.zsh\n"
    wanted = "Typed: policygen release --amend shop"
    assert wanted in typed(["zsh", "-f", "-i"], [start, "policygen rel\t", "--ame\t", "sh\t"], site, wanted)


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("policygen ch", ["check"]),
        ("policygen check --format ", list(FORMATS)),
        ("policygen release sh", ["shop"]),
        ("policygen explain ip_", ["ip_address"]),
        ("policygen schema ", ["policy", "site"]),
        ("policygen init --deploy g", ["github-pages", "gitlab-pages"]),
    ],
)
def test_fish_offers_what_can_come_next(line: str, offered: list[str], site: Path) -> None:
    command = ["fish", "--no-config", "-c", "source script.fish; complete -C $argv[1]", line]
    done = subprocess.run(
        command, cwd=site, capture_output=True, text=True, check=True, env={**os.environ, "HOME": str(site)}
    )
    assert sorted(each.partition("\t")[0] for each in done.stdout.splitlines()) == sorted(offered)


def _actions() -> Iterator[tuple[str, argparse.Action]]:
    for top in parser()._actions:
        if isinstance(top, argparse._SubParsersAction):
            yield from (
                (name, action) for name, command in top.choices.items() for action in command._actions
            )


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_knows_every_command_option_and_choice(shell: Shell, site: Path) -> None:
    script = (site / f"script.{shell}").read_text(encoding="utf-8")
    lines = script.splitlines()
    for name, action in _actions():
        said = [line for line in lines if name in line]
        assert said
        for option in action.option_strings:
            assert (option if shell != "fish" else option.lstrip("-")) in script
        for choice in action.choices or ():
            assert str(choice) in script
    assert all(word in script for word in names())


def test_every_value_that_help_calls_a_folder_or_a_file_is_completed_as_one() -> None:
    kinds = {
        option.value.name: option.value.kind
        for command in read(parser(), {})
        for option in command.options
        if option.value
    }
    assert {name: kind for name, kind in kinds.items() if "DIR" in name or "FILE" in name} == {
        "DIR": Kind.FOLDER, "FILE": Kind.FILE, "[LANG=]FILE": Kind.FILE,
    }  # fmt: skip


def test_no_shell_but_these(tmp_path: Path) -> None:
    done = run(tmp_path, "completion", "tcsh", today=None)
    assert done.returncode == 2
    assert "bash" in done.stderr
