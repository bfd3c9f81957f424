"""A machine that fails, and others who write meanwhile: every file stays whole, and the next build heals."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import policygen
from policygen.output import MANIFEST
from tests.site_under_test import TODAY, installed_command
from tests.small_site import POLICY, SETTINGS, files_of, make_site, policy, release_all, run
from tests.torture.conftest import Dose, Tally
from tests.torture.twins import Twins, make_twins, published, said, seconds_of, started, wait_until_free

_PACKAGE = str(Path(policygen.__file__).parent)
_FEW = 4
"""Services of a site that is quick to build."""


@pytest.fixture(scope="module")
def used_twins(dose: Dose, tmp_path_factory: pytest.TempPathFactory) -> Twins:
    """In the long run a site that several processes build."""
    return make_twins(tmp_path_factory.mktemp("faults") / "site-folder", dose(_FEW, 36))


@pytest.fixture
def twins(used_twins: Twins) -> Twins:
    """A site that is built in its first state."""
    used_twins.become(0)
    used_twins.built()
    return used_twins


# --- no room


@contextmanager
def _small_disk(folder: Path, kilobytes: int, files: int) -> Iterator[bool]:
    """A real file system of that size at a folder, where the machine allows it."""
    folder.mkdir()
    line = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,nr_inodes={files}", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(line, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def _fill(disk: Path, room: int) -> Path:
    """Leave so many bytes of a disk."""
    filler = disk / "filler"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    with filler.open("wb") as file:
        file.truncate(0)
        os.posix_fallocate(file.fileno(), 0, max(free - room, 1))
    return filler


def _limit_of(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_full_disk_leaves_whole_files_and_the_next_build_heals(
    dose: Dose, tally: Tally, tmp_path: Path
) -> None:
    choose, met = random.Random(8), Counter[int]()  # noqa: S311 - nobody guesses these
    with _small_disk(tmp_path / "disk", 6000, 600) as mounted:
        twins = make_twins(tmp_path / "disk/site-folder", _FEW)
        cache = {"XDG_CACHE_HOME": str(tmp_path / "disk/cache")}
        tried = dose(2, 80)
        for attempt in range(tried):
            before = attempt % 2
            twins.become(1 - before)
            shutil.rmtree(tmp_path / "disk/cache", ignore_errors=True)
            if mounted:
                filler = _fill(tmp_path / "disk", int(choose.random() ** 2 * 600_000))
                done = run(twins.root, "build", "--quiet", environment=cache)
                filler.unlink()
            else:
                done = _limited(twins.root, int(choose.random() ** 2 * 40_000))
            met[done.returncode] += 1
            assert done.returncode in (0, 2), done.stderr
            if done.returncode:
                assert done.stderr.startswith("policygen: can't write"), done.stderr
                assert done.stderr.count("\n") <= 2, done.stderr
            twins.is_whole(before, 1 - before)
            twins.built()
            twins.is_clean(1 - before)
    assert met[2] > tried / 4, met
    means = "a full tmpfs" if mounted else "RLIMIT_FSIZE, as mounting needs root"
    tally(
        f"full disk while building ({means})", tried, f"every file whole; {met[2]} builds refused in one line"
    )


def _limited(root: Path, size: int) -> subprocess.CompletedProcess[str]:
    """A build that can't write more than so many bytes to a file."""
    line = [str(installed_command()), "build", "--quiet", "--today", TODAY]
    return subprocess.run(
        line, cwd=root, capture_output=True, text=True, check=False, preexec_fn=_limit_of(size)
    )


def test_a_full_disk_leaves_a_whole_release_or_none(dose: Dose, tally: Tally, tmp_path: Path) -> None:
    met: Counter[int] = Counter()
    words = ("release", "music", "--today", TODAY)
    with _small_disk(tmp_path / "disk", 3000, 300) as mounted:
        if not mounted:
            pytest.skip("a small disk needs root; tests/test_content.py limits the size of files")
        for attempt in range(dose(2, 40)):
            site = make_site(
                release_all(make_site(tmp_path / f"disk/{attempt}")), policy("recipients: none\n")
            )
            releases = site / "content/music/releases"
            before = files_of(releases)
            filler = _fill(tmp_path / "disk", 4096 * (attempt % 9))
            done = run(site, *words, today=None)
            filler.unlink()
            met[done.returncode] += 1
            assert done.returncode in (0, 2), done.stderr
            assert done.returncode == 0 or files_of(releases) == before, done.stderr
            assert run(site, *words, today=None).returncode == (2 if done.returncode == 0 else 0)
            assert run(site, "verify", "--strict").returncode == 0
            shutil.rmtree(site)
    assert met[2]
    held = f"a whole release or none; {met[2]} refused in one line, and made once there was room"
    tally("full disk while releasing (a full tmpfs)", sum(met.values()), held)


# --- what can't be written


@contextmanager
def _immutable(path: Path) -> Iterator[bool]:
    """A file or a folder that not even root can change, where the file system knows such a thing."""
    locked = subprocess.run(["chattr", "+i", str(path)], capture_output=True, check=False).returncode == 0
    try:
        yield locked
    finally:
        if locked:
            subprocess.run(["chattr", "-i", str(path)], check=True)


@contextmanager
def _read_only(path: Path) -> Iterator[bool]:
    """A folder on a file system that is mounted to be read."""
    bind = ["mount", "--bind", str(path), str(path)]
    mounted = path.is_dir() and subprocess.run(bind, capture_output=True, check=False).returncode == 0
    try:
        if mounted:
            subprocess.run(["mount", "-o", "remount,ro,bind", str(path)], check=True)
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(path)], check=True)


def test_what_can_t_be_written_stops_a_build_in_one_line(dose: Dose, tally: Tally, twins: Twins) -> None:
    names = [
        "",
        MANIFEST,
        "en/film-2/index.html",
        "en",
        "vi/film-3",
        "static-less",
        "same.txt",
        "tips",
        "404.html",
    ]
    tried = 0
    for name in [name for name in names if (twins.site / name).exists()][1 :: dose(4, 1)]:
        for locked in (_immutable, _read_only):
            with locked(twins.site / name) as is_locked:
                if not is_locked:
                    continue
                twins.become(1)
                done = run(twins.root, "build", "--quiet")
                twins.is_whole(0, 1)
                # What is the same in both needn't be written.
                assert done.returncode == (0 if name == "same.txt" else 2), (name, done.stderr)
                if done.returncode:
                    assert done.stderr.startswith("policygen: can't write"), done.stderr
                    assert done.stderr.count("\n") == 2, done.stderr
                tried += 1
            twins.become(0)
            twins.built()
            twins.is_clean(0)
    if not tried:
        pytest.skip("neither immutable files nor mounts: this needs root")
    tally(
        "immutable files and read-only folders in the output",
        tried,
        "every file whole, refused in one line, healed",
    )


# --- others who write


def test_files_that_change_while_they_are_read_spoil_nothing(dose: Dose, tally: Tally, twins: Twins) -> None:
    choose, met = random.Random(10), Counter[int]()  # noqa: S311 - nobody guesses these
    took = seconds_of(twins.root, "build", "--no-cache", "--output", str(twins.root.parent / "once"))
    changed = 0
    tried = dose(2, 60)
    for attempt in range(tried):
        with started(twins.root, "build", "--jobs", choose.choice("12")) as process:
            while process.poll() is None:
                time.sleep(choose.random() * took / 6)
                # Back and forth: what was seen before and after may not be what was read in between.
                twins.become(changed % 2)
                changed += 1
        met[process.returncode] += 1
        assert process.returncode in (0, 1, 2), said(twins.root)
        assert "Traceback" not in said(twins.root)
        for path, content in published(twins.site).items():
            assert not path.endswith(".html") or content.rstrip().endswith(b"</html>"), path
        twins.become(attempt % 2)
        twins.built()
        twins.is_clean(attempt % 2)
    codes = ", ".join(f"{count} ended with {code}" for code, count in sorted(met.items()))
    tally(
        "files changed while building",
        changed,
        f"no traceback, whole pages, and the next build is a clean one ({codes})",
    )


def test_of_builds_at_once_one_writes_and_the_others_say_so(dose: Dose, tally: Tally, twins: Twins) -> None:
    met: Counter[int] = Counter()
    rounds = dose(1, 20)
    for attempt in range(rounds):
        state = 1 - attempt % 2
        twins.become(state)
        line = [str(installed_command()), "build", "--quiet", "--today", TODAY]
        more = [[], [], [], ["--output", "elsewhere"]]
        pipes = [
            subprocess.Popen(
                [*line, *each], cwd=twins.root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
            )
            for each in more
        ]
        ends = [(process.communicate()[1], process.returncode) for process in pipes]
        for told, code in ends:
            met[code] += 1
            assert code == 0 or "another build is writing" in told, told
        assert 0 in {code for _, code in ends[:3]}
        assert ends[3][1] == 0
        twins.is_clean(state)
        assert files_of(twins.root / "elsewhere") == twins.clean[state]
        twins.built()
        twins.is_clean(state)
    tally(
        "builds at once",
        sum(met.values()),
        f"{met[0]} built the site, {met[2]} said in one line that another one was at it",
    )


def test_a_build_beside_a_release_shows_it_whole_or_not_at_all(
    dose: Dose, tally: Tally, tmp_path: Path
) -> None:
    choose = random.Random(11)  # noqa: S311 - nobody guesses these
    start = make_site(release_all(make_site(tmp_path / "start")), policy("recipients: none\n"))
    site = tmp_path / "now/site-folder"
    took = seconds_of(shutil.copytree(start, site), "release", "music")
    expected = {frozenset(_built(folder).items()) for folder in (start, site)}
    tried = dose(1, 60)
    for _ in range(tried):
        shutil.rmtree(site.parent)
        shutil.copytree(start, site)
        with started(site, "release", "music"):
            time.sleep(choose.random() * took)
            assert frozenset(_built(site).items()) in expected
        assert run(site, "verify", "--strict").returncode == 0
    tally("builds while a release is made", tried, "the site without it or with it, nothing between")


def _built(site: Path) -> dict[str, bytes]:
    done = run(site, "build", "--quiet")
    assert done.returncode == 0, done.stdout + done.stderr
    return files_of(site / "site")


# --- signals and streams


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_at_any_moment_ends_a_build_without_a_word(
    name: str, dose: Dose, tally: Tally, twins: Twins
) -> None:
    choose, met = random.Random(12), Counter[int]()  # noqa: S311 - nobody guesses these
    twins.become(1)
    took = seconds_of(twins.root, "build", "--no-cache")
    twins.become(0)
    twins.built()
    tried = dose(1, 30)
    for attempt in range(tried):
        before = attempt % 2
        twins.become(1 - before)
        with started(twins.root, "build", "--jobs", choose.choice("12")) as process:
            time.sleep(took * (attempt + choose.random()) / tried)
            os.killpg(process.pid, signal.Signals[name])
        met[process.returncode] += 1
        told = said(twins.root)
        # Python complains by itself when it is interrupted before policygen is there.
        is_pythons = _PACKAGE not in told or "import main" in told
        assert "Traceback" not in told or is_pythons, told
        twins.is_whole(before, 1 - before)
        wait_until_free(twins.site)
        twins.built()
        twins.is_clean(1 - before)
    codes = ", ".join(f"{count} ended with {code}" for code, count in sorted(met.items()))
    tally(
        f"{name} while building",
        tried,
        f"no traceback of ours, every file whole, and the next build is a clean one ({codes})",
    )


# --- time


def test_no_time_that_somebody_gives_a_file_hides_a_change(dose: Dose, tally: Tally, tmp_path: Path) -> None:
    """Archives, synchronised folders and clocks that are set back leave any time on a file."""
    choose = random.Random(13)  # noqa: S311 - nobody guesses these
    site = make_site(tmp_path / "site-folder")
    paths = (
        "content/site.yaml",
        "content/music/policy.yaml",
        "templates/sections/purposes.html",
        "static/a.txt",
    )
    moments = (0, 1, 10**9, int(time.time()) - 60, int(time.time()) + 60, 4 * 10**9)
    texts = {
        **dict.fromkeys(paths, ("<p>one</p>", "<p>two</p>")),
        "content/site.yaml": (SETTINGS, SETTINGS.replace("Policies", "Politics")),
        "content/music/policy.yaml": (POLICY, POLICY.replace("Music", "Mucic")),
    }
    tried = dose(2, 60)
    for attempt in range(tried):
        path, moment = choose.choice(paths), choose.choice(moments)
        make_site(site, {path: texts[path][attempt % 2]})
        os.utime(site / path, (moment, moment))
        day = choose.choice(["2026-11-21", "2026-10-01", "2027-03-01"])
        for words in (["--output", "clean", "--no-cache"], []):
            assert run(site, "build", "--quiet", *words, today=day).returncode == 0
        assert files_of(site / "site") == files_of(site / "clean"), (path, moment)
    tally(
        "changes under an old or future time, on days back and forth",
        tried,
        "each seen: a clean build's bytes",
    )
