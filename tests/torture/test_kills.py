"""Killed at any moment: what is published is whole, what is released is whole or not there; and all heals."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from policygen.output import MANIFEST, STAGE
from policygen.releases.record import RECORD, digest
from tests.small_site import files_of, make_site, policy, release_all, run
from tests.torture.conftest import Dose, Tally
from tests.torture.twins import Twins, make_twins, seconds_of, started, wait_until_free

_SERVICES = 36
"""Enough for several processes."""


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Twins:
    return make_twins(tmp_path_factory.mktemp("killed") / "site-folder", _SERVICES)


def _phase(site: Path, before: bytes) -> str:
    """How far a build came, by what it has left behind."""
    manifest = (site / MANIFEST).read_bytes()
    if manifest == before:
        return "making pages" if (site / STAGE).exists() else "starting"
    names_both = any(" " in digests for digests in json.loads(manifest)["files"].values())
    return "moving them in" if names_both else "ending"


def _kill_while_moving(process: subprocess.Popen[bytes], manifest: Path, moving: float) -> None:
    """Kill it some time after its first move, which is that of the manifest."""
    first = manifest.stat().st_ino
    while process.poll() is None and manifest.stat().st_ino == first:
        pass
    time.sleep(moving)
    process.kill()


def test_a_build_killed_at_any_moment_leaves_whole_files_and_the_next_one_heals(
    twins: Twins, dose: Dose, tally: Tally
) -> None:
    choose = random.Random(6)  # noqa: S311 - nobody guesses these
    took = _seconds(twins)
    met: Counter[str] = Counter()
    wanted, aimed = dose(1, 130), dose(2, 70)
    for attempt in range(wanted + aimed):
        before = attempt % 2
        old = (twins.site / MANIFEST).read_bytes()
        twins.become(1 - before)
        with started(twins.root, "build", "--jobs", choose.choice("124")) as process:
            if attempt < wanted:
                time.sleep(took * (attempt + choose.random()) / wanted)
                process.kill()
            else:
                _kill_while_moving(process, twins.site / MANIFEST, choose.uniform(0, 0.02))
        met["ended before" if process.returncode >= 0 else _phase(twins.site, old)] += 1
        twins.is_whole(before, 1 - before)
        wait_until_free(twins.site)
        twins.built()
        twins.is_clean(1 - before)
    assert met["moving them in"] >= dose(0, 30), met
    where = ", ".join(f"{count} {name}" for name, count in sorted(met.items()))
    held = f"every file whole, the old one or the new one; the next build is a clean one ({where})"
    tally("SIGKILL while building", wanted + aimed, held)


def _seconds(twins: Twins) -> float:
    """How long a build takes that makes all pages anew."""
    twins.become(1)
    took = seconds_of(twins.root, "build")
    twins.become(0)
    twins.built()
    return took


# --- releases

_SOMEONE = {
    f"GIT_{who}_{what}": "a@a.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
}
_ORDER = ("release", "music", "--summary", "en=New.", "--summary", "vi=Mới.")


def _releasable(folder: Path) -> Path:
    """A site with a published release, one that isn't, and a change."""
    site = release_all(make_site(folder))
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "x"]):
        subprocess.run(["git", "-C", str(site), *words], check=True, env={**os.environ, **_SOMEONE})
    subprocess.run(["git", "-C", str(site), "update-ref", "refs/remotes/origin/main", "HEAD"], check=True)
    make_site(site, policy("recipients: none\n"))
    assert run(site, *_ORDER).returncode == 0
    make_site(site, policy("recipients: none\ncookies: none\n"))
    return site


def _visible(site: Path) -> dict[str, dict[str, bytes]]:
    """The releases that readers see."""
    releases = site / "content/music/releases"
    return {each.name: files_of(each) for each in releases.iterdir() if each.name[0] != "."}


def _is_whole(release: dict[str, bytes]) -> bool:
    listed: dict[str, str] = json.loads(release[RECORD])["files"]
    return {name: digest(content) for name, content in release.items() if name != RECORD} == listed


def _built(site: Path) -> dict[str, bytes]:
    """What a clean build makes of a site."""
    output = site.parent / "output"
    done = run(site, "build", "--quiet", "--no-cache", "--output", str(output))
    assert done.returncode == 0, done.stdout + done.stderr
    files = files_of(output)
    shutil.rmtree(output)
    return files


def _wait_for_writing(process: subprocess.Popen[bytes], releases: Path) -> None:
    while process.poll() is None and not any(releases.glob(".*-new")):
        pass


@pytest.mark.parametrize("words", [_ORDER, (*_ORDER, "--amend")], ids=["release", "amend"])
def test_a_release_killed_at_any_moment_is_whole_or_not_there(
    words: tuple[str, ...], dose: Dose, tally: Tally, tmp_path: Path
) -> None:
    choose, met = random.Random(7), Counter[str]()  # noqa: S311 - nobody guesses these
    start, done, site = (tmp_path / name / "site-folder" for name in ("start", "done", "killed"))
    _releasable(start)
    shutil.copytree(start, done)
    took = seconds_of(done, *words)
    before, after = _visible(start), _visible(done)
    pages = [_built(start), _built(done)]
    assert before != after
    assert pages[0] != pages[1]
    wanted, aimed = dose(1, 60), dose(1, 40)
    for attempt in range(wanted + aimed):
        shutil.copytree(start, site)
        with started(site, *words) as process:
            if attempt < wanted:
                time.sleep(took * (attempt + choose.random()) / wanted)
            else:
                _wait_for_writing(process, site / "content/music/releases")
                time.sleep(choose.uniform(0, 0.006))
            process.kill()
        hidden = any((site / "content").rglob(".*"))
        met["while writing" if hidden else "after it" if _visible(site) == after else "before it"] += 1
        assert all(map(_is_whole, _visible(site).values()))
        assert _built(site) in pages
        run(site, *words)
        assert _visible(site) == after
        assert not any((site / "content").rglob(".*"))
        shutil.rmtree(site)
    where = ", ".join(f"{count} {name}" for name, count in sorted(met.items()))
    held = f"a whole release or none, and a site with it or without; once more completes it ({where})"
    tally(f"SIGKILL while {'amending' if '--amend' in words else 'releasing'}", wanted + aimed, held)
