"""A first release of each service of a generated site, made in bulk by policygen's own code.

`policygen release` does the same for one service, and reads settings and catalogues for it anew.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks.sites import lay_out
from policygen.reading import Site, open_site, read_service
from policygen.release import Desk, Order, release
from policygen.releases.archive import releases_folder
from policygen.releases.freeze import Frozen
from policygen.releases.standing import stand
from policygen.releases.timeline import timeline
from policygen.render import Renderer
from policygen.site import SiteFolder

DAY = date(2026, 1, 5)
_AT_A_TIME = 50
"""Services that are held in memory together."""


def release_all(site: Path, services: int) -> None:
    """Release every service of the site of our own theme."""
    chunks = [range(start, min(start + _AT_A_TIME, services)) for start in range(0, services, _AT_A_TIME)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(partial(_release_some, site), chunks):
            pass


def _release_some(site: Path, services: range) -> None:
    with tempfile.TemporaryDirectory(dir=site.parent) as folder:
        lay_out(Path(folder), services, ["real"])
        for made in _releases(SiteFolder(Path(folder) / "real")):
            target = site / releases_folder(made.release.service) / made.release.id
            target.mkdir(parents=True)
            for name, content in made.files.items():
                (target / name).write_bytes(content)


def _releases(folder: SiteFolder) -> Iterator[Frozen]:
    site, findings = open_site(folder, _today)
    if site is None or findings:
        raise ValueError(f"the generated settings have findings: {findings}")
    renderer = Renderer(site.settings, site.languages)
    for name in site.names:
        yield release(_desk(site, renderer, name), Order(date=DAY))


def _today(_zone: str | None) -> date:
    return DAY


def _desk(site: Site, renderer: Renderer, name: str) -> Desk:
    stated, findings = read_service(site, name)
    if stated is None or findings:
        raise ValueError(f"a generated policy has findings: {findings}")
    articles = renderer.articles(stated.policy)
    service = stand(name, articles, stated.archive, timeline(stated.archive.releases, site.today))
    return Desk(site, stated, renderer, service, ())
