"""What a build leaves for the next one: the same files and findings as from nothing, and less work."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from policygen.build import Past, Plan, Shelf, build
from policygen.build.crew import Done, Job, WorkerDied, crew
from policygen.build.made import Files
from policygen.cli import main
from policygen.output import OutputError
from policygen.site import SiteFolder
from policygen.stash import place
from policygen.trace.call import replayed
from tests.history_of_edits import FILM, FILM_POLICY, MUSIC, History, put, worked_on
from tests.site_under_test import CHECKOUT
from tests.small_site import EN, POLICY, files_of, make_site

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


@pytest.mark.parametrize("seed", range(200))
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


_MANIFEST = json.dumps({"format": 1, "files": {"index.html": f"{'0' * 64} {'1' * 64}"}})
"""As a build leaves it that is stopped half way."""
_CHANGES: Sequence[tuple[str, Callable[[Path], None]]] = (
    ("a policy", lambda site: put(site / MUSIC, POLICY + "recipients: none\n")),
    ("a new service", lambda site: put(site / FILM, FILM_POLICY)),
    ("a template", lambda site: put(site / "templates/sections/purposes.html", "<p>x</p>")),
    ("a file of the site", lambda site: put(site / "static/a.txt", "x")),
    ("a published file", lambda site: put(site / "site/robots.txt", "x")),
    ("the manifest", lambda site: put(site / "site/.policygen.json", _MANIFEST)),
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


def test_no_size_and_time_hide_a_change(call: Call, tmp_path: Path) -> None:
    make_site(tmp_path)
    for text in (POLICY, POLICY.replace("Music", "Mucic")):
        put(tmp_path / MUSIC, text)
        os.utime(tmp_path / MUSIC, (1, 1))
        call("build")
    assert b"Mucic" in files_of(tmp_path / "site")[EN]


def test_a_change_while_files_are_read_is_not_forgotten(tmp_path: Path) -> None:
    make_site(tmp_path)
    before, day = Shelf(), date(2026, 11, 21)
    first = build(SiteFolder(tmp_path), lambda _: day, Plan(shelf=before))
    put(tmp_path / MUSIC, POLICY + "recipients: none\n")

    def seen_already(_: Files) -> bool:
        put(tmp_path / MUSIC, POLICY.replace("Music", "Film"))
        return False

    shelf = Shelf(dict(first.pages))
    second = build(
        SiteFolder(tmp_path),
        lambda _: day,
        Plan(past=Past(first.made, first.seen, seen_already), shelf=shelf),
    )
    put(tmp_path / MUSIC, POLICY + "recipients: none\n")
    last = Shelf(dict(second.pages))
    third = build(
        SiteFolder(tmp_path), lambda _: day, Plan(past=Past(second.made, second.seen, last.has), shelf=last)
    )
    assert third.pages == build(SiteFolder(tmp_path), lambda _: day).pages


def test_a_trace_of_two_builds_is_none(call: Call, tmp_path: Path) -> None:
    made = make_site(tmp_path) / _CACHE / "made"
    call("build")
    clean, older = files_of(tmp_path / "site"), made.read_bytes()
    put(tmp_path / MUSIC, POLICY + "recipients: none\n")
    call("build")
    made.write_bytes(older)
    put(tmp_path / MUSIC, POLICY)
    call("build")
    assert files_of(tmp_path / "site") == clean


@pytest.mark.parametrize("name", [".policygen", ".policygen/cache", _CACHE])
@pytest.mark.parametrize("target", ["outside", "nowhere"])
def test_no_trace_is_written_through_a_link(name: str, target: str, call: Call, tmp_path: Path) -> None:
    site, outside = make_site(tmp_path / "site-folder"), tmp_path / "outside"
    outside.mkdir()
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).symlink_to(tmp_path / target)
    for _ in range(2):
        assert call("build", "--site", "site-folder").code == 0
    assert sorted(outside.iterdir()) == []
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("name", ["seen", "made", "seen.new", "made.new"])
def test_a_pipe_among_the_traces_is_not_waited_for(name: str, call: Call, tmp_path: Path) -> None:
    (make_site(tmp_path) / _CACHE).mkdir(parents=True)
    os.mkfifo(tmp_path / _CACHE / name)
    for _ in range(2):
        assert call("build").code == 0


@pytest.mark.parametrize("content", [b"", b"j2" * 40, b"policygen trace 1 ", None])
def test_what_is_kept_for_the_user_is_not_believed(content: bytes | None, call: Call, tmp_path: Path) -> None:
    make_site(tmp_path)
    first = call("build", "--no-cache")
    kept = [file for file in (tmp_path / "cache/policygen").rglob("*") if file.is_file()]
    assert len(kept) > 20
    for file in kept:
        file.write_bytes(file.read_bytes()[:40] + b"\0garbage" if content is None else content)
    assert call("build", "--no-cache").out == first.out


def test_a_user_s_cache_that_others_can_write_to_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    here = place()
    assert here is not None
    assert stat.S_IMODE(here.stat().st_mode) == 0o700
    for folder in (here, here.parent):
        mode = folder.stat().st_mode
        folder.chmod(0o777)
        assert place() is None
        folder.chmod(mode)
    assert place() == here


def test_room_is_made_among_our_own_folders_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for name in ("thesis", *(f"{number:016x}" for number in range(9))):
        (tmp_path / "policygen" / name).mkdir(parents=True)
    assert place() is not None
    assert len(list((tmp_path / "policygen").iterdir())) == 5
    assert (tmp_path / "policygen/thesis").is_dir()


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


_FOR_EVER = """
import time
from policygen.build.crew import Job, crew
def work(job):
    print(job.name, flush=True)
    time.sleep(99)
list(crew(work, [Job(str(number)) for number in range(64)], 2))
"""


def test_the_processes_of_a_killed_build_end_with_it() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _FOR_EVER], stdout=subprocess.PIPE, cwd=CHECKOUT, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.kill()
        try:
            # What they print to is at its end when the last of them has gone.
            process.communicate(timeout=30)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


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
