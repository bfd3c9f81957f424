"""What a build leaves for the next one: the same files and findings as from nothing, and less work."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from policygen.build.crew import Done, Job, WorkerDied, crew
from policygen.cli import main
from policygen.output import OutputError
from policygen.trace.call import replayed
from tests.history_of_edits import FILM, FILM_POLICY, MUSIC, History, put, worked_on
from tests.small_site import POLICY, files_of, make_site

_CACHE = ".policygen/cache/build"


@dataclass(frozen=True, slots=True)
class _Said:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


Call = Callable[..., _Said]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Call:
    """Calls the command line in the folder of a site, in this process: hundreds of builds take their time."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def called(*words: str) -> _Said:
        monkeypatch.setattr(sys, "argv", ["policygen", *words])
        code = main()
        shown = capsys.readouterr()
        return _Said(code, shown.out, shown.err)

    return called


def _spoil(folder: Path, choose: random.Random) -> set[str]:
    """Do something to the trace or to a published file that nobody should. Returns which of the latter."""
    files = [
        path for place in (_CACHE, "site") for path in sorted((folder / place).rglob("*")) if path.is_file()
    ]
    files = [path for path in files if path.name != ".policygen.json"]
    if not files:
        return set()
    file = choose.choice(files)
    match choose.choice(["remove", "cut", "append", "old"]):
        case "remove":
            file.unlink()
        case "cut":
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        case "append":
            file.write_bytes(file.read_bytes() + b"x")
        case "old":
            os.utime(file, (1, 1))
    return {file.relative_to(folder / "site").as_posix()} if file.is_relative_to(folder / "site") else set()


@pytest.mark.parametrize("seed", range(60))
def test_a_build_with_a_trace_gives_what_a_clean_one_gives(seed: int, call: Call, tmp_path: Path) -> None:
    choose = random.Random(seed)  # noqa: S311 - a history, not a secret
    history, spoilt = History(worked_on(tmp_path), choose), set[str]()
    for step in range(6):
        history.step()
        if choose.random() < 0.3:
            spoilt |= _spoil(tmp_path, choose)
        words = ["build", "--today", str(history.day), *(["--drafts"] if history.drafts else [])]
        before = files_of(tmp_path / "site") if (tmp_path / "site").exists() else {}
        shutil.rmtree(tmp_path / "clean", ignore_errors=True)
        now = call(*words)
        if spoilt and "was not written by policygen" in now.err:
            return  # what somebody has changed and was left to them is in the way of what comes back
        clean = call(*words, "--no-cache", "--output", "clean")
        assert (now.code, now.out) == (clean.code, clean.out), f"step {step} {clean.err}"
        expected = files_of(tmp_path / "clean") if clean.code == 0 else before
        if (tmp_path / "site").exists():
            # A file that somebody has changed and that the site no longer has is left to them.
            files = files_of(tmp_path / "site")
            assert {path: files[path] for path in files if path in expected or path not in spoilt} == expected
        again = call(*words)
        assert (again.code, again.out) == (now.code, now.out), f"step {step}, again"


def test_nothing_is_done_where_there_is_nothing_to_do(call: Call, tmp_path: Path) -> None:
    make_site(tmp_path)
    first = call("build")
    said = replayed(["build"])
    assert said is not None
    assert (said.code, said.out) == (first.code, first.out)
    assert said.err.endswith("(0 written, 10 unchanged, 0 removed)\n")


def test_nothing_is_done_after_an_edit_was_built(call: Call, tmp_path: Path) -> None:
    make_site(tmp_path, {FILM: FILM_POLICY})
    call("build")
    for text in (POLICY + "recipients: none\n", POLICY):
        put(tmp_path / MUSIC, text)
        assert replayed(["build"]) is None
        call("build")
        assert replayed(["build"]) is not None


_CHANGES: Sequence[tuple[str, Callable[[Path], None]]] = (
    ("a policy", lambda site: put(site / MUSIC, POLICY + "recipients: none\n")),
    ("a new service", lambda site: put(site / FILM, FILM_POLICY)),
    ("a template", lambda site: put(site / "templates/sections/purposes.html", "<p>x</p>")),
    ("a file of the site", lambda site: put(site / "static/a.txt", "x")),
    ("a published file", lambda site: put(site / "site/robots.txt", "x")),
    ("a published file that is gone", lambda site: (site / "site/robots.txt").unlink()),
)


@pytest.mark.parametrize("change", [change for _, change in _CHANGES], ids=[name for name, _ in _CHANGES])
def test_a_change_is_noticed(change: Callable[[Path], None], call: Call, tmp_path: Path) -> None:
    make_site(tmp_path)
    call("build")
    change(tmp_path)
    assert replayed(["build"]) is None


@pytest.mark.parametrize(
    "words", [["build", "--strict"], ["build", "--format", "json"], ["check"], ["build", "-v"]]
)
def test_another_call_is_another(words: list[str], call: Call, tmp_path: Path) -> None:
    make_site(tmp_path)
    call("build")
    assert replayed(words) is None


def test_times_that_have_changed_are_no_change(call: Call, tmp_path: Path) -> None:
    make_site(tmp_path)
    call("build")
    for path in (tmp_path / "content").rglob("*"):
        os.utime(path, (1, 1))
    assert replayed(["build"]) is not None


def test_a_trace_of_another_policygen_is_none(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_site(tmp_path)
    first = call("build")
    monkeypatch.setattr("policygen.build.trace.installation", lambda: ({}, "another"))
    (tmp_path / _CACHE / "seen").unlink()
    assert call("build").out == first.out


@pytest.mark.parametrize("name", ["seen", "made"])
@pytest.mark.parametrize("content", [b"", b"\x80\x04.", b"policygen trace 2 0\n", b"policygen trace 2 "])
def test_a_trace_that_somebody_made_up_is_none(name: str, content: bytes, call: Call, tmp_path: Path) -> None:
    make_site(tmp_path)
    first = call("build")
    (tmp_path / _CACHE / name).write_bytes(content)
    put(tmp_path / MUSIC, POLICY + "recipients: none\n")
    put(tmp_path / MUSIC, POLICY)
    again = call("build")
    assert (again.code, again.out) == (first.code, first.out)


def test_no_cache_leaves_no_trace(call: Call, tmp_path: Path) -> None:
    make_site(tmp_path)
    call("build", "--no-cache")
    assert not (tmp_path / ".policygen").exists()


def test_what_is_kept_is_ignored_by_git(call: Call, tmp_path: Path) -> None:
    make_site(tmp_path)
    call("build")
    assert (tmp_path / ".policygen/cache/.gitignore").read_text() == "*\n"


@pytest.mark.parametrize("jobs", ["1", "2", "8"])
def test_the_number_of_processes_changes_nothing(jobs: str, call: Call, tmp_path: Path) -> None:
    films = {f"content/film-{number}/policy.yaml": POLICY for number in range(40)}
    make_site(tmp_path, {**films, "content/film-7/policy.yaml": POLICY + "a: b\n"})
    broken = call("build", "--no-cache", "--jobs", jobs)
    assert broken == call("build", "--no-cache", "--jobs", "1")
    make_site(tmp_path, films)
    one, other = call("build", "--no-cache"), call("build", "--jobs", jobs, "--output", "other")
    assert one.out == other.out
    assert files_of(tmp_path / "site") == files_of(tmp_path / "other")


def test_a_process_that_dies_is_one_clear_error() -> None:
    jobs = [Job(f"service-{number}") for number in range(64)]
    with pytest.raises(WorkerDied, match="was ended by the system"):
        list(crew(lambda _: os._exit(1), jobs, 2))


def test_what_the_work_raises_in_another_process_is_raised_here() -> None:
    def work(job: Job) -> Done:
        raise OutputError(f"can't write {job.name}", "make room")

    with pytest.raises(OutputError, match="can't write service-") as raised:
        list(crew(work, [Job(f"service-{number}") for number in range(64)], 2))
    assert raised.value.help == "make room"
