"""A small site in a folder of its own, for tests that build, break and rebuild one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from policygen.build import Result, build
from policygen.diagnostics import Diagnostic
from policygen.reading import Stated, read_each
from policygen.release import Order, open_desk
from policygen.releases.archive import releases_folder
from policygen.site import SiteFolder
from tests.releasing import release_today
from tests.site_under_test import TODAY, installed_command

SETTINGS = "format: 1\nname: Policies\nurl: https://policies.example/\nlanguages: [en, vi]\n"
POLICY = """\
format: 1
service: {name: Music, kinds: [website]}
contacts:
  - {id: support, email: help@music.example}
purposes: [analytics]
"""
RELEASED = date(2026, 11, 1)


def make_site(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A site with one service, and more files or other contents for those."""
    basis = {"content/site.yaml": SETTINGS, "content/music/policy.yaml": POLICY}
    for name, text in {**basis, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def read_site(folder: Path, day: str = TODAY) -> tuple[dict[str, Stated], tuple[Diagnostic, ...]]:
    """What the services of a site state, and what was found."""
    stated: dict[str, Stated] = {}
    _, findings = read_each(
        SiteFolder(folder),
        lambda _: date.fromisoformat(day),
        lambda _, name, one, __: stated.update({name: one}),
    )
    return stated, findings


def release_all(folder: Path, day: date = RELEASED) -> Path:
    """The site with a release of every service whose text is not the released one; an older release goes."""
    site = SiteFolder(folder)
    for name in site.services():
        desk = open_desk(site, name, lambda _: day)
        if not desk.service.is_released:
            shutil.rmtree(folder / releases_folder(name), ignore_errors=True)
            release_today(folder, name, day, Order(date=day))
    return folder


def released_site(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """The site with its one service released, and then more files or other contents for those."""
    return make_site(release_all(make_site(folder)), files)


def run(
    folder: Path, *words: str, environment: Mapping[str, str] | None = None, today: str | None = TODAY
) -> subprocess.CompletedProcess[str]:
    """Run the installed command in a folder, as a user would."""
    line = [str(installed_command()), *words, *(["--today", today] if today and words[0] != "--help" else [])]
    surroundings = {name: value for name, value in os.environ.items() if name not in _STEERING}
    return subprocess.run(
        line, cwd=folder, env={**surroundings, **(environment or {})}, capture_output=True, check=False,
        timeout=120, encoding="utf-8", errors="surrogateescape",
    )  # fmt: skip


EN, VI = "en/music/index.html", "vi/music/index.html"
_STEERING = frozenset({"NO_COLOR", "SOURCE_DATE_EPOCH", "TERM", "PYTHONIOENCODING"})


def tree(folder: Path) -> dict[str, bytes | str]:
    """Every path below a folder: a file's bytes, a link's target, or 'folder'."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        else:
            found[name] = "folder" if path.is_dir() else path.read_bytes()
    return found


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder and its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def result_of(folder: Path, files: dict[str, str | bytes] | None = None) -> Result:
    return _built(make_site(folder, files))


def pages(folder: Path, files: dict[str, str | bytes] | None = None) -> dict[str, str]:
    """The pages of a site that is released as it is, and so has no findings."""
    result = _built(release_all(make_site(folder, files)))
    assert result.findings == (), result.findings
    return {path: content.decode() for path, content in result.pages}


def _built(folder: Path) -> Result:
    return build(SiteFolder(folder), lambda _: date.fromisoformat(TODAY))


def policy(more: str) -> dict[str, str | bytes]:
    return {"content/music/policy.yaml": POLICY + more}
