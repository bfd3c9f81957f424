"""The sites that the tests look at, built once by the installed command: this checkout's own content first.

Why the command and not `policygen.build`: a missing entry point or a page that only the tests can build must
not pass.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-21"


@dataclass(frozen=True, slots=True)
class Build:
    """One run of `policygen build`: where it wrote, what went wrong, if anything, and what it read."""

    root: Path
    failure: str | None
    sources: Path = CHECKOUT

    def pages(self) -> tuple[str, ...]:
        """Every HTML page on disk, as its path in the site."""
        return pages_below(self.root)


def pages_below(root: Path) -> tuple[str, ...]:
    """Every HTML page of a site's folder, as its path in the site."""
    return tuple(sorted(page.relative_to(root).as_posix() for page in root.rglob("*.html")))


def installed_command(environment: Path = Path(sys.executable).parent) -> Path:
    """The `policygen` that pip put beside an environment's Python."""
    return environment / "policygen"


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A page of one of the sites that the tests build."""

    root: Path
    page: str

    @property
    def file(self) -> Path:
        """Where it is on disk."""
        return self.root / self.page


def build_site(output: Path, *options: str, site: Path = CHECKOUT, command: Path | None = None) -> Build:
    """Run the installed command on a site folder, from that folder."""
    line = [str(command or installed_command()), "build", "--output", str(output), "--today", TODAY, *options]
    try:
        run = subprocess.run(line, cwd=site, capture_output=True, text=True, check=False, timeout=120)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Build(output, f"{' '.join(line)} did not run: {error}", site)
    if run.returncode != 0:
        return Build(output, f"{' '.join(line)} exited {run.returncode}\n{run.stdout}{run.stderr}", site)
    build = Build(output, None, site)
    return build if build.pages() else Build(output, f"{' '.join(line)} built no page", site)


def is_policy(page: str) -> bool:
    """Whether a page is a policy: ``<language>/<service>/index.html``."""
    return page.count("/") == 2 and page.endswith("/index.html")


def is_version(page: str) -> bool:
    """Whether a page is a version's: ``<language>/<service>/history/<release>/index.html``."""
    return re.fullmatch(r"[^/]+/[^/]+/history/[^/]+/index\.html", page) is not None


def is_redline(page: str) -> bool:
    """Whether a page compares two texts."""
    return page.endswith(("/changes/index.html", "/since/index.html", "/draft/index.html"))


def languages(pages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages that a site has policies in."""
    return tuple(sorted({page.partition("/")[0] for page in pages if is_policy(page)}))


def services(pages: tuple[str, ...]) -> tuple[str, ...]:
    """The services that a site has policies of."""
    return tuple(sorted({page.split("/")[1] for page in pages if is_policy(page)}))
