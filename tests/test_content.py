"""A folder of releases holds whole releases and nothing else, whatever happens while one is written."""

from __future__ import annotations

import os
import random
import resource
import signal
import stat
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from policygen.content import ContentError, recover, rewrite, write_folder
from tests.site_under_test import CHECKOUT
from tests.small_site import tree

Files = Mapping[str, bytes]

OLD = {"en.html": b"<p>old</p>\n", "facts.json": b"{}\n", "release.json": b"{1}\n"}
NEW = {"en.html": b"<p>new</p>\n", "release.json": b"{2}\n", "vi.html": "<p>mới</p>\n".encode()}


def release(folder: Path) -> Files | None:
    """A release's files; None if there is no folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else None


def visible(releases: Path) -> dict[str, Files | None]:
    """What readers see: hidden names are none of theirs."""
    names = [path.name for path in releases.iterdir()] if releases.is_dir() else []
    return {name: release(releases / name) for name in sorted(names) if not name.startswith(".")}


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """The folder of a service's releases; only the service's own exists yet."""
    (tmp_path / "content/coins").mkdir(parents=True)
    return tmp_path / "content/coins/releases"


def test_a_release_is_a_folder_of_exactly_its_files(releases: Path) -> None:
    write_folder(releases / "2026-11-22-1", OLD)
    write_folder(releases / "2026-11-22-2", NEW)
    assert visible(releases) == {"2026-11-22-1": OLD, "2026-11-22-2": NEW}
    assert {path.name for path in releases.iterdir()} == {"2026-11-22-1", "2026-11-22-2"}


def test_modes_do_not_depend_on_the_umask(releases: Path) -> None:
    before = os.umask(0o777)
    try:
        write_folder(releases / "one", OLD)
        rewrite({releases / "one/en.html": b"other"})
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (releases, *releases.rglob("*"))}
    assert modes == {path: 0o755 if path.is_dir() else 0o644 for path in modes}


@pytest.mark.parametrize("name", ["one", "two"])
def test_a_release_that_is_replaced_is_gone(releases: Path, name: str) -> None:
    write_folder(releases / "one", OLD)
    write_folder(releases / name, NEW, replacing=releases / "one")
    assert tree(releases) == {name: "folder", **{f"{name}/{file}": NEW[file] for file in NEW}}


def test_files_are_rewritten_and_others_stay(releases: Path) -> None:
    write_folder(releases / "one", OLD)
    write_folder(releases / "two", NEW)
    rewrite({releases / "one/release.json": b"first", releases / "two/release.json": b"second"})
    assert visible(releases) == {
        "one": {**OLD, "release.json": b"first"},
        "two": {**NEW, "release.json": b"second"},
    }
    assert not list(releases.rglob(".*"))


# --- refusals


@contextmanager
def refused(folder: Path, message: str) -> Iterator[None]:
    """The call inside is refused in one line and changes nothing in the folder."""
    before = tree(folder)
    with pytest.raises(ContentError, match=message) as caught:
        yield
    assert "\n" not in caught.value.message
    assert tree(folder) == before


def make_folder(path: Path) -> None:
    path.mkdir(parents=True)


def make_file(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.touch()


def make_link(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.symlink_to("nowhere")


@pytest.mark.parametrize("make", [make_folder, make_file])
def test_what_is_there_is_not_overwritten(
    tmp_path: Path, releases: Path, make: Callable[[Path], None]
) -> None:
    write_folder(releases / "two", OLD)
    make(releases / "one")
    with refused(tmp_path, "releases/one exists already"):
        write_folder(releases / "one", NEW)
    with refused(tmp_path, "releases/one exists already"):
        write_folder(releases / "one", NEW, replacing=releases / "two")


def test_what_is_not_there_is_not_replaced_or_rewritten(tmp_path: Path, releases: Path) -> None:
    write_folder(releases / "one", OLD)
    with refused(tmp_path, "there is no folder .*/two to replace"):
        write_folder(releases / "one", NEW, replacing=releases / "two")
    with refused(tmp_path, "there is no file .*/vi.html to rewrite"):
        rewrite({releases / "one/en.html": b"new", releases / "one/vi.html": b"new"})


@pytest.mark.parametrize("linked", ["content/coins", "content/coins/releases", "content/coins/releases/one"])
def test_nothing_is_written_through_a_link(tmp_path: Path, releases: Path, linked: str) -> None:
    write_folder(releases / "one", OLD)
    (tmp_path / linked).rename(tmp_path / "elsewhere")
    (tmp_path / linked).symlink_to(tmp_path / "elsewhere")
    with refused(tmp_path, f"{linked} is a symbolic link"):
        write_folder(releases / "one", NEW, replacing=releases / "one")
    with refused(tmp_path, f"{linked} is a symbolic link"):
        rewrite({releases / "one/en.html": b"new"})


def test_a_link_in_place_of_a_file_or_a_new_release_is_refused(tmp_path: Path, releases: Path) -> None:
    make_link(releases / "two")
    with refused(tmp_path, "two is a symbolic link"):
        write_folder(releases / "two", NEW)
    write_folder(releases / "one", OLD)
    make_link(releases / "one/vi.html")
    with refused(tmp_path, "vi.html is a symbolic link"):
        rewrite({releases / "one/vi.html": b"new"})


@pytest.mark.parametrize("name", ["", ".", "..", ".hidden", "a/b", "/a", "a\\b", "a\0", "C:a"])
def test_a_name_that_could_lead_elsewhere_is_a_bug(tmp_path: Path, releases: Path, name: str) -> None:
    before = tree(tmp_path)
    with pytest.raises(ValueError, match="not a plain name"):
        write_folder(releases / "one", {name: b""})
    assert tree(tmp_path) == before


def test_a_release_of_another_service_is_not_replaced(tmp_path: Path, releases: Path) -> None:
    with pytest.raises(ValueError, match="not a release of the same service"):
        write_folder(releases / "one", NEW, replacing=tmp_path / "content/mix/releases/one")


def test_a_service_that_is_missing_or_a_file_is_one_line(tmp_path: Path, releases: Path) -> None:
    with refused(tmp_path, r"^can't write .*content/mix: no such file or directory$"):
        write_folder(tmp_path / "content/mix/releases/one", NEW)
    make_file(releases)
    with refused(tmp_path, r"^can't write .*releases: not a directory$"):
        write_folder(releases / "one", NEW)


@contextmanager
def little_room() -> Iterator[None]:
    """The system refuses to write files of more than a thousand bytes, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_without_room_leaves_everything_as_it_was(tmp_path: Path, releases: Path) -> None:
    big = {**NEW, "big": b"x" * 2000}
    with little_room():
        with refused(tmp_path, "file too large$"):
            write_folder(releases / "one", big)
        write_folder(releases / "one", OLD)
        with refused(tmp_path, "file too large$"):
            write_folder(releases / "one", big, replacing=releases / "one")
        with refused(tmp_path, "file too large$"):
            rewrite({releases / "one/en.html": b"new", releases / "one/facts.json": big["big"]})


@contextmanager
def without_rights(*folders: Path) -> Iterator[None]:
    """Nothing can be written to the folders; not even by root, which is another user for this time."""
    user = os.geteuid()
    for folder in folders:
        folder.chmod(0o555)
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)
        for folder in folders:
            folder.chmod(0o755)


def test_a_folder_without_rights_is_one_line_with_help(tmp_path: Path, releases: Path) -> None:
    write_folder(releases / "one", OLD)
    before = tree(tmp_path)
    acts: list[Callable[[], None]] = [
        lambda: write_folder(releases / "two", NEW),
        lambda: rewrite({releases / "one/en.html": b"new"}),
    ]
    for act in acts:
        with without_rights(releases.parent, releases, releases / "one"):
            with pytest.raises(ContentError, match=r"^can't write .*: permission denied$") as caught:
                act()
            assert caught.value.help == "make the folder writable"
        assert tree(tmp_path) == before


def test_two_runs_never_write_to_one_service_at_once(tmp_path: Path, releases: Path) -> None:
    import fcntl

    (tmp_path / "content/mix").mkdir()
    write_folder(releases / "one", OLD)
    other = os.open(releases.parent, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_SH)
    try:
        with refused(tmp_path, r"another run of policygen is writing to .*content/coins$"):
            write_folder(releases / "two", NEW)
        with refused(tmp_path, "another run of policygen is writing"):
            rewrite({releases / "one/en.html": b"new"})
        write_folder(tmp_path / "content/mix/releases/one", NEW)
    finally:
        os.close(other)
    write_folder(releases / "two", NEW)
    assert visible(releases) == {"one": OLD, "two": NEW}


def test_leftovers_of_a_killed_run_are_cleared_and_other_hidden_names_are_not(releases: Path) -> None:
    write_folder(releases / "one", OLD)
    (releases / "one/.en.html.policygen-new").write_bytes(b"half")
    (releases / ".DS_Store").write_bytes(b"mine")
    for name in (".two.policygen-new", ".zero.policygen-gone", ".one.policygen-aside"):
        make_file(releases / name / "en.html")
    (releases / ".three.policygen-new").symlink_to(releases / "one")
    write_folder(releases / "two", NEW)
    assert visible(releases) == {"one": OLD, "two": NEW}
    assert [path.name for path in releases.rglob(".*")] == [".DS_Store"]


# --- killed at any moment


def killed_before(step: int, act: Callable[[], None]) -> bool:
    """Act in a process that dies before its nth change to the file system; True if it did die."""
    with warnings.catch_warnings():
        # Other tests' servers may have threads; the child needs none of them, nor any lock they hold.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in {0, -signal.SIGKILL}
        return code != 0
    left = step

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod") or "xb" in arguments:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    try:
        sys.addaudithook(count)
        act()
    except BaseException:  # noqa: BLE001  # whatever it is, it must not return into the test run twice
        os._exit(1)
    os._exit(0)


def steps_until_done(folder: Path, act: Callable[[Path], None]) -> Iterator[Path]:
    """A service's releases after a killed run, for every step it can be killed at, and after a whole one."""
    step, died = 0, True
    while died:
        releases = folder / str(step) / "releases"
        releases.parent.mkdir()
        write_folder(releases / "one", OLD)
        died = killed_before(step, partial(act, releases))
        yield releases
        step += 1
    assert step > 5


def test_a_killed_run_leaves_a_whole_release_or_none(tmp_path: Path) -> None:
    for releases in steps_until_done(tmp_path, lambda releases: write_folder(releases / "two", NEW)):
        assert visible(releases) in ({"one": OLD}, {"one": OLD, "two": NEW})
        recover(releases)
        assert set(releases.rglob("*")) == {*releases.glob("[!.]*"), *releases.glob("[!.]*/*")}
    assert visible(releases) == {"one": OLD, "two": NEW}


def test_a_killed_replacement_leaves_the_old_or_the_new_or_for_another_name_both(tmp_path: Path) -> None:
    def replace(releases: Path) -> None:
        write_folder(releases / "two", NEW, replacing=releases / "one")

    seen = []
    for releases in steps_until_done(tmp_path, replace):
        seen.append(visible(releases))
        recover(releases)
        assert visible(releases) == seen[-1]
    assert [each for n, each in enumerate(seen) if each not in seen[:n]] == [
        {"one": OLD},
        {"one": OLD, "two": NEW},
        {"two": NEW},
    ]


def test_a_killed_replacement_of_the_same_name_never_loses_both(tmp_path: Path) -> None:
    def replace(releases: Path) -> None:
        write_folder(releases / "one", NEW, replacing=releases / "one")

    seen = []
    for releases in steps_until_done(tmp_path, replace):
        seen.append(visible(releases))
        recover(releases)
        assert visible(releases) == (seen[-1] or {"one": OLD})
        assert not list(releases.rglob(".*"))
    assert [each for n, each in enumerate(seen) if each not in seen[:n]] == [{"one": OLD}, {}, {"one": NEW}]


def test_a_killed_rewrite_leaves_whole_files_and_can_be_repeated(tmp_path: Path) -> None:
    def change(releases: Path) -> None:
        rewrite({releases / "one/release.json": b"second", releases / "one/en.html": b"third"})

    after = {**OLD, "release.json": b"second", "en.html": b"third"}
    for releases in steps_until_done(tmp_path, change):
        files = [path for path in (releases / "one").iterdir() if not path.name.startswith(".")]
        found = {path.name: path.read_bytes() for path in files}
        assert found in (OLD, {**OLD, "release.json": b"second"}, after)
        change(releases)
        assert visible(releases) == {"one": after}


WRITER = """
import itertools, sys
from pathlib import Path
from policygen.content import write_folder
folder = Path(sys.argv[1])
print("ready", flush=True)
for n in itertools.count():
    files = {f"{each}.html": str(n).encode() * 5000 for each in range(8)}
    write_folder(folder, files, replacing=folder if folder.exists() else None)
"""


def test_a_run_killed_at_a_random_moment_leaves_a_whole_release_or_none(releases: Path) -> None:
    moments = random.Random(3)  # noqa: S311  # nobody guesses these
    until = time.monotonic() + 3
    rounds = 0
    while time.monotonic() < until or rounds < 5:
        line = [sys.executable, "-c", WRITER, str(releases / "one")]
        with subprocess.Popen(line, stdout=subprocess.PIPE, cwd=CHECKOUT) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(moments.uniform(0.002, 0.04))
            writer.kill()
        for files in visible(releases).values():
            assert files is not None
            assert set(files) == {f"{each}.html" for each in range(8)}
            assert len(set(files.values())) == 1
        recover(releases)
        assert set(visible(releases)) <= {"one"}
        rounds += 1
    assert visible(releases)
