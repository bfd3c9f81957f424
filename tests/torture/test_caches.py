"""Caches that are broken, foreign or traps: a build believes none of them, and writes through none."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.small_site import POLICY, SETTINGS, files_of, make_site, run
from tests.torture.conftest import Dose, Tally

_STATES = (
    {"content/site.yaml": SETTINGS, "content/music/policy.yaml": POLICY},
    {
        "content/site.yaml": SETTINGS.replace("Policies", "Rules"),
        "content/music/policy.yaml": POLICY + "logs: none\n",
    },
)
_BYTES = (
    b"",
    b"\0",
    b"policygen trace 1 ",
    b"\x80\x05.",
    b"cos\nsystem\n(S'touch pwned'\ntR.",
    bytes(range(256)) * 99,
)

Spoil = Callable[[Path, Path, random.Random], object]
"""Does something to a cache's file or folder; there is a folder outside of the site to lead to."""


def _remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def _write(place: Path, content: bytes) -> None:
    _remove(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)


def _random_bytes(place: Path, _: Path, choose: random.Random) -> None:
    _write(place, choose.choice((*_BYTES, choose.randbytes(5000))))


def _flip(place: Path, _: Path, choose: random.Random) -> None:
    """A byte of a file that is there, or of any below a folder."""
    files = [place] if place.is_file() else sorted(each for each in place.rglob("*") if each.is_file())
    for file in files:
        content = bytearray(file.read_bytes())
        if content:
            content[choose.randrange(len(content))] ^= 1 << choose.randrange(8)
            file.write_bytes(content)


def _cut(place: Path, _: Path, choose: random.Random) -> None:
    files = [place] if place.is_file() else sorted(each for each in place.rglob("*") if each.is_file())
    for file in files:
        file.write_bytes(file.read_bytes()[: choose.randrange(200)])


def _folder(place: Path, _: Path, __: random.Random) -> None:
    _remove(place)
    (place / "in the way").mkdir(parents=True)


def _link(place: Path, outside: Path, _: random.Random) -> None:
    _remove(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(outside)


def _dangling(place: Path, outside: Path, _: random.Random) -> None:
    _remove(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(outside / "made through a link")


def _pipe(place: Path, _: Path, __: random.Random) -> None:
    _remove(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(place)


def _someone_else_s(place: Path, _: Path, __: random.Random) -> None:
    if os.geteuid() == 0 and place.exists():
        for each in (place, *place.rglob("*")):
            os.chown(each, 65534, 65534, follow_symlinks=False)


def _for_everybody(place: Path, _: Path, __: random.Random) -> None:
    if place.exists():
        place.chmod(0o777)


_SPOILS: tuple[Spoil, ...] = (
    _random_bytes,
    _flip,
    _cut,
    _folder,
    _link,
    _dangling,
    _pipe,
    _someone_else_s,
    _for_everybody,
)
_PLACES = (".policygen", ".policygen/cache", ".policygen/cache/build", ".policygen/cache/.gitignore")
_FILES = (".policygen/cache/build/seen", ".policygen/cache/build/made", ".policygen/cache/build/seen.new")


def _places(site: Path, stash: Path) -> list[Path]:
    installed = sorted(each for each in (stash / "policygen").iterdir() if each.is_dir())
    kept = sorted(each for folder in installed for each in folder.iterdir())
    return [
        *(site / name for name in (*_PLACES, *_FILES)),
        stash,
        stash / "policygen",
        *installed,
        *kept[::7],
    ]


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "mine").write_text("mine", encoding="utf-8")
    (folder / "0123456789abcdef").mkdir()
    return folder


def test_no_cache_changes_what_is_built(dose: Dose, tally: Tally, tmp_path: Path, outside: Path) -> None:
    choose = random.Random(14)  # noqa: S311 - nobody guesses these
    site, stash = tmp_path / "site-folder", tmp_path / "stash"
    environment = {"XDG_CACHE_HOME": str(stash)}
    clean = [_clean(tmp_path / f"state-{number}", state) for number, state in enumerate(_STATES)]
    make_site(site, dict(_STATES[0]))
    tried, before = dose(2, 108), files_of(outside)
    for attempt in range(tried):
        for place in (site / ".policygen", stash):
            _remove(place)
        assert run(site, "build", "--quiet", environment=environment).returncode == 0
        spoil, places = _SPOILS[(3 + attempt) % len(_SPOILS)], _places(site, stash)
        if spoil in {_link, _dangling}:
            # Users may keep all of their cache elsewhere.
            places = [each for each in places if each not in {stash, stash / "policygen"}]
        place = choose.choice(places)
        spoil(place, outside, choose)
        for state in (1, 0):
            make_site(site, dict(_STATES[state]))
            done = run(site, "build", "--quiet", environment=environment)
            told = (spoil.__name__, place, done.stderr)
            assert (done.returncode, done.stderr) == (0, ""), told
            assert files_of(site / "site") == clean[state], told
            assert files_of(outside) == before, told
            assert not (site / "pwned").exists(), told
    tally(
        "broken, foreign and trapped caches", tried, "each build a clean one, nothing written through a link"
    )


def _clean(folder: Path, state: dict[str, str]) -> dict[str, bytes]:
    site = make_site(folder, dict(state))
    assert run(site, "build", "--quiet", "--no-cache").returncode == 0
    return files_of(site / "site")


def test_the_trace_of_another_site_is_none(tally: Tally, tmp_path: Path) -> None:
    sites = [make_site(tmp_path / str(number), dict(state)) for number, state in enumerate(_STATES)]
    clean = [_clean(tmp_path / f"clean-{number}", state) for number, state in enumerate(_STATES)]
    for site in sites:
        for file in site.rglob("*"):
            os.utime(file, (10**9, 10**9))
        assert run(site, "build", "--quiet").returncode == 0
    for number, site in enumerate(sites):
        other = sites[1 - number]
        away = tmp_path / "away"
        shutil.copytree(site / ".policygen", away)
        shutil.rmtree(other / ".policygen")
        shutil.copytree(away, other / ".policygen")
        shutil.rmtree(away)
        assert run(other, "build", "--quiet").returncode == 0
        assert files_of(other / "site") == clean[1 - number]
    tally("traces of another site, all times alike", len(sites), "each build a clean one")
