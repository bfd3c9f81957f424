"""Commands in odd surroundings: one line and exit code 2, no traceback, and nothing written elsewhere."""

from __future__ import annotations

import os
import pickle
import subprocess
from collections.abc import Callable
from enum import Enum
from pathlib import Path

import pytest

from policygen import cli
from policygen.cli.console import UsageError
from policygen.cli.files import put
from policygen.diagnostics import Diagnostic, Place, Severity
from policygen.git import GitError, published_ref
from policygen.trace.pickles import Unreadable, dumped, loaded
from tests.site_under_test import installed_command
from tests.small_site import files_of, make_site, released_site, run


def _is_one_line(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("policygen: "), done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1 or (len(lines) == 2 and lines[1].startswith("  = help: ")), done.stderr


# --- Python


def test_a_value_can_be_read_again_whatever_python_calls_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before 3.11.4, and so on Debian 12, Python writes a word as a call of `getattr`."""

    def of_old(self: Enum, _: int) -> tuple[Callable[..., object], tuple[object, ...]]:
        return getattr, (type(self), self.name)

    monkeypatch.setattr(Enum, "__reduce_ex__", of_old)
    monkeypatch.setattr(Severity, "__reduce_ex__", of_old, raising=False)
    value = Diagnostic("bad-slug", "a message", Place("content"), severity=Severity.WARNING)
    assert loaded(dumped(value), Diagnostic) == value


class _Reach:
    """Asks for an attribute of whatever it is given."""

    def __init__(self, *asked: object) -> None:
        self._asked = asked

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return getattr, self._asked


@pytest.mark.parametrize(
    "asked", [(Severity, "mro"), (Severity.ERROR, "value"), (Diagnostic, "__init__"), ("a", "b")]
)
def test_nothing_but_a_word_is_read_by_its_name(asked: tuple[object, str]) -> None:
    with pytest.raises(Unreadable):
        loaded(pickle.dumps(_Reach(*asked)), object)


def test_too_little_memory_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where exactly it ends differs from one machine to the next; so it ends at once."""

    def run_out(_: object) -> int:
        raise MemoryError

    monkeypatch.setitem(cli._COMMANDS, "check", run_out)
    assert cli.main(["check"]) == 2
    assert capsys.readouterr().err == "policygen: there is not enough memory\n"


# --- folders


@pytest.mark.parametrize(
    "name", ["static", "content/music", "content/music/releases", "templates", "locales"]
)
def test_too_many_folders_in_each_other_are_one_line(name: str, tmp_path: Path) -> None:
    site = released_site(tmp_path)
    (site / name / "/".join("a" * 900)).mkdir(parents=True)
    _is_one_line(run(site, "build"))
    _is_one_line(run(site, "build", "--no-cache"))


def test_a_folder_that_is_gone_is_no_site(tmp_path: Path) -> None:
    line = f"mkdir gone && cd gone && rmdir ../gone && exec '{installed_command()}' check"
    done = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False)
    _is_one_line(done)
    assert "is not a policygen site" in done.stderr


def test_a_pipe_in_place_of_the_stage_keeps_nobody_waiting(tmp_path: Path) -> None:
    site = released_site(tmp_path)
    (site / "site").mkdir()
    assert run(site, "build").returncode == 0
    os.mkfifo(site / "site/.policygen-stage")
    done = run(site, "build", "--no-cache")
    _is_one_line(done)
    assert "in the way" in done.stderr


# --- what is written beside the site


@pytest.mark.parametrize("linked", ["notices", "notices/music", "notices/music/2026-11-01-1/en/email.txt"])
def test_a_notice_is_written_through_no_link(linked: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "email.txt").write_text("mine", encoding="utf-8")
    site = released_site(tmp_path / "site-folder")
    (site / linked).parent.mkdir(parents=True, exist_ok=True)
    (site / linked).symlink_to(outside / "email.txt" if linked.endswith(".txt") else outside)
    _is_one_line(run(site, "notice", "music"))
    assert files_of(outside) == {"email.txt": b"mine"}


def test_schemas_are_written_through_no_link_and_over_no_device(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    site = make_site(tmp_path / "site-folder")
    (site / ".policygen").symlink_to(outside)
    _is_one_line(run(site, "schema", "--write", today=None))
    assert files_of(outside) == {}
    os.mkfifo(site / "device")
    _is_one_line(run(site, "schema", "--output", "device", today=None))
    assert (site / "device").is_fifo()


def test_a_folder_that_the_author_names_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "named").symlink_to(tmp_path / "real")
    put(tmp_path / "named", "a/b.txt", b"1")
    put(tmp_path / "named", "a/b.txt", b"2")
    assert files_of(tmp_path / "real") == {"a/b.txt": b"2"}
    with pytest.raises(UsageError, match="no file"):
        put(tmp_path, "real", b"")


# --- what is compared


def test_a_repository_without_its_commits_is_no_new_one(tmp_path: Path) -> None:
    """Or a release that is published could be amended."""
    author = ("-c", "user.name=A", "-c", "user.email=a@music.example")
    for words in (["init", "--quiet"], [*author, "commit", "--quiet", "--allow-empty", "-m", "first"]):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True)
    for file in (tmp_path / ".git/objects").rglob("*"):
        if file.is_file():
            file.unlink()
    with pytest.raises(GitError, match="lacks the commit"):
        published_ref(tmp_path)


# --- what is given on the command line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("verify", "--against", ""), "the value of --against"),
        (("verify", "--against="), "the value of --against"),
        (("release", "--withdraws", "", "music"), "the value of --withdraws"),
        (("build", "--output", ""), "the value of --output"), (("status", ""), "an argument"),
        (("release", "--import=", "music"), "the value of --import"),
    ],
)  # fmt: skip
def test_what_is_empty_is_not_taken_for_what_isnt_given(
    words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    """It is a variable that nobody has set: nothing would be compared, or today's text released."""
    site = released_site(tmp_path)
    before = files_of(site)
    done = run(site, *words, today=None)
    _is_one_line(done)
    assert done.stderr.startswith(f"policygen: {said} is empty\n")
    assert files_of(site) == before


@pytest.mark.parametrize("host", [b"\xff", b"x" * 100])
def test_a_name_that_no_host_can_have_is_one_line(host: bytes, tmp_path: Path) -> None:
    _is_one_line(run(make_site(tmp_path), "serve", "--host", os.fsdecode(host)))
