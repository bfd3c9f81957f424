"""Lays out the same services as a project of each tool."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from benchmarks.facts import LANGUAGES, for_peers, policy, slug_of
from benchmarks.words import EDITED, MESSAGES, catalogue, po_file
from benchmarks.yaml_text import to_yaml
from policygen.site import SiteFolder

HERE = Path(__file__).parent
SETTINGS = """\
format: 1
name: {en: Privacy centre, vi: Trung tâm quyền riêng tư}
url: https://privacy.example/
languages: [en, vi]
timezone: Asia/Ho_Chi_Minh
"""
Words = Mapping[str, Mapping[str, str]]


def lay_out(root: Path, services: Iterable[int], tools: Iterable[str]) -> None:
    """Make the projects of the tools with the services of those numbers, each in a folder of its name."""
    targets = {name: root / name for name in tools if name in _SERVICE_FILES}
    words = {tag: catalogue(SiteFolder(root), tag) for tag in LANGUAGES}
    for name, site in targets.items():
        if name in POLICYGEN:
            _policygen(site, themed=name == "bench")
        else:
            PEERS[name](site, words)
    for number in services:
        stated = policy(number)
        slug = slug_of(stated["service"]["name"])
        ours, theirs = to_yaml(stated), to_yaml(for_peers(stated))
        for name, site in targets.items():
            path = site / service_file(name, slug)
            path.parent.mkdir(parents=True, exist_ok=True)
            text = f"---\n{theirs}---\n" if path.suffix == ".md" else ours if name in POLICYGEN else theirs
            path.write_text(text, encoding="utf-8")


def service_file(tool: str, slug: str) -> str:
    """Where a tool has a service."""
    return _SERVICE_FILES[tool].format(slug=slug)


def _policygen(site: Path, *, themed: bool) -> None:
    _write(site / "content/site.yaml", SETTINGS)
    # The theme takes the site's name from the settings.
    words = [key for key in MESSAGES if key != "site.title"] if themed else [EDITED]
    _write(site / "locales/vi/LC_MESSAGES/policygen.po", po_file(words))
    if themed:
        shutil.copytree(HERE / "theme", site / "templates")


def _hugo(site: Path, words: Words) -> None:
    shutil.copytree(HERE / "peers/hugo/layouts", site / "layouts")
    shutil.copy(HERE / "peers/hugo/hugo.yaml", site)
    (site / "content").mkdir()
    _write(site / "assets/style.css", _style())
    for tag, said in words.items():
        _write(site / f"data/words/{tag}.json", _json(said))


def _hugo_data(site: Path, words: Words) -> None:
    _hugo(site, words)
    shutil.copy(HERE / "peers/hugo/_content.gotmpl", site / "content")


def _eleventy(site: Path, words: Words) -> None:
    shutil.copytree(HERE / "peers/eleventy/src", site / "src")
    for name in ("eleventy.config.js", "package.json"):
        shutil.copy(HERE / "peers/eleventy" / name, site)
    _words(site, words)


def _plain(site: Path, words: Words) -> None:
    shutil.copytree(HERE / "peers/plain/templates", site / "templates")
    shutil.copy(HERE / "peers/plain/build.py", site)
    _words(site, words)


def _words(site: Path, words: Words) -> None:
    _write(site / "style.css", _style())
    for tag, said in words.items():
        _write(site / f"words.{tag}.json", _json(said))


def _style() -> str:
    return (HERE / "theme/style.css").read_text(encoding="utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


_SERVICE_FILES = {
    "bench": "content/{slug}/policy.yaml",
    "real": "content/{slug}/policy.yaml",
    "hugo": "content/{slug}.md",
    "hugo-data": "data/services/{slug}.yaml",
    "eleventy": "src/_data/services/{slug}.yaml",
    "plain": "services/{slug}.yaml",
}
POLICYGEN = ("bench", "real")
"""policygen with the theme that makes the peers' pages, and with its own."""
PEERS: Mapping[str, Callable[[Path, Words], None]] = {
    "hugo": _hugo, "hugo-data": _hugo_data, "eleventy": _eleventy, "plain": _plain,
}  # fmt: skip
