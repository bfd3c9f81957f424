"""The documentation as tests read it: pages, headings, links, examples, and the sites that examples make.

An example is as short as its point allows. What every site must have besides is added here: most of all the
releases that it names, whole and fitting together, but for what the example says of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import dedent

from policygen.build import Result, build
from policygen.diagnostics import Diagnostic
from policygen.releases.reading import parse_id
from policygen.releases.record import RECORD, digest
from policygen.site import SiteFolder
from tests.releasing import release_today, reseal
from tests.site_under_test import CHECKOUT

DOCS = CHECKOUT / "docs"
TODAY = date(2026, 11, 21)
POLICY = "content/example/policy.yaml"
SETTINGS = "content/site.yaml"

_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(
    r"^(?:# |\{# )((?:content|locales|templates|static)/[^\s,]+?)(, as released on \S+)?(?: #\})?\n",
    re.MULTILINE,
)
_LISTED = re.compile(r"^(content/.+?)(?: \((\d+) bytes\))?$", re.MULTILINE)
_RELEASED = re.compile(r"content/(?P<service>[^/]+)/releases/(?P<release>[^/]+)/(?P<file>.+)")
_NEEDED = {
    POLICY: {"format": "1", "service": "{name: Example}"},
    SETTINGS: {"format": "1", "name": "{en: Policies, vi: Chính sách}", "url": "https://policies.example/",
               "languages": "[en, vi]"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: its language, its text, the heading it stands under, and the line it begins on."""

    language: str
    text: str
    heading: str
    line: int


def documents() -> tuple[Path, ...]:
    """Every page of documentation."""
    return (*sorted(CHECKOUT.glob("*.md")), *sorted(DOCS.rglob("*.md")))


def fences(page: Path) -> Iterator[Fence]:
    """The fenced blocks of a page."""
    text = page.read_text(encoding="utf-8")
    for match in _FENCE.finditer(text):
        above = text[: match.start()]
        headings = re.findall(r"^#{1,4} (.+)$", without_fences(above), re.MULTILINE)
        yield Fence(match[2], dedent(match[3]), headings[-1] if headings else "", above.count("\n") + 1)


def without_fences(text: str) -> str:
    """A page's text without its fenced blocks."""
    return _FENCE.sub("", text)


def anchors(page: Path) -> frozenset[str]:
    """The fragments that lead into a page, as GitHub makes them from its headings."""
    seen: dict[str, int] = {}
    found = set()
    for heading in re.findall(
        r"^#{1,6} (.+)$", without_fences(page.read_text(encoding="utf-8")), re.MULTILINE
    ):
        slug = re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        count = seen[slug] = seen.get(slug, -1) + 1
        found.add(f"{slug}-{count}" if count else slug)
    return frozenset(found)


def links(page: Path) -> Iterator[str]:
    """The targets of a page's links and pictures that stay in the checkout."""
    text = re.sub(r"`[^`\n]*`", "", without_fences(page.read_text(encoding="utf-8")))
    for target in re.findall(r"\]\(([^)\s]+)\)|(?:src|srcset|href)=\"([^\"]+)\"", text):
        link = "".join(target)
        if not re.match(r"[a-z]+:", link):
            yield link


def build_example(text: str, folder: Path) -> Result:
    """Build the site that an example is a part of."""
    make_example(text, folder)
    return build(SiteFolder(folder), lambda _zone: TODAY)


def make_example(text: str, folder: Path) -> None:
    """The site that an example is a part of, with the releases that it names."""
    files, released = _files(text)
    parts = {path: content for path, content in files.items() if _RELEASED.fullmatch(path)}
    _write(folder, {path: content for path, content in files.items() if path not in parts})
    if not parts and not released:
        return
    # Made by the site before what the example says of it, or nothing could be wrong with it.
    stated = released or files.get(POLICY) or _completed(POLICY, "")
    _write(folder, {SETTINGS: _completed(SETTINGS, ""), POLICY: stated})
    ids = sorted({found["release"] for path in parts if (found := _RELEASED.fullmatch(path))})
    for index, id in enumerate(ids or [f"{TODAY}-1"]):
        _release(folder, id, is_last=index + 1 >= len(ids))
    for path, content in sorted(parts.items()):
        _apply(folder, path, content, ids)
    if _LISTED.search(text):
        _keep_only(folder, files)
    _write(folder, {path: files[path] for path in (SETTINGS, POLICY) if path in files})


def findings(result: Result) -> tuple[Diagnostic, ...]:
    """What is found in an example, but for the warning that every site has before its first release."""
    return tuple(finding for finding in result.findings if finding.code != "never-released")


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")


def _release(folder: Path, id: str, *, is_last: bool) -> None:
    """A release in the folder of that name; all but the last are of an older text."""
    policy = folder / POLICY
    text = policy.read_text(encoding="utf-8")
    if not is_last:
        policy.write_text(f"format: 1\nservice: {{name: Example, imprint: {id}}}\n", encoding="utf-8")
    day, _ = parse_id(id) or (TODAY, 1)
    made = release_today(folder, "example", day)
    policy.write_text(text, encoding="utf-8")
    if made.name != id:
        made.rename(made.with_name(id))


def _apply(folder: Path, path: str, content: str, ids: list[str]) -> None:
    """What an example says of a release: keys of its record, or a file as it is now."""
    if not content.strip():
        return
    if not path.endswith(f"/{RECORD}"):
        _write(folder, {path: content})
        return
    keys = json.loads(content)
    if "previous" in keys:
        keys["previous"] = _fingerprint(folder, keys["previous"], ids)
    reseal((folder / path).parent, keys)


def _fingerprint(folder: Path, id: str, ids: list[str]) -> str:
    """The fingerprint of a release; of one that isn't there, some fingerprint."""
    record = folder / f"content/example/releases/{id}/{RECORD}"
    return digest(record.read_bytes() if id in ids else id.encode())


def _keep_only(folder: Path, files: Mapping[str, str]) -> None:
    """Let the site have the files that are listed, and no others."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.relative_to(folder).as_posix() not in files:
            file.unlink()
    for path in files.keys() - {SETTINGS}:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()


def _files(text: str) -> tuple[dict[str, str], str]:
    """An example's files, completed, and the policy as it was released, if it says so.

    A list of paths makes files that have only what is needed.
    """
    if listed := _LISTED.findall(text):
        files = {path: _completed(path, "") + _comment(int(size or 0)) for path, size in listed}
        return {SETTINGS: _completed(SETTINGS, ""), **files}, ""
    first, *parts = _FILE.split(text)
    named = list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))
    released = "".join(_completed(path, content) for path, mark, content in named if mark)
    files = {POLICY: first, SETTINGS: "", **{path: content for path, mark, content in named if not mark}}
    return {path: _completed(path, content) for path, content in files.items()}, released


def files_named(text: str) -> dict[str, str]:
    """The files of an example that stand below a line with their path, as they are."""
    _, *parts = _FILE.split(text)
    return dict(zip(parts[::3], parts[2::3], strict=True))


def _comment(size: int) -> str:
    return "# a long comment\n" * (size // 17)


def _completed(path: str, content: str) -> str:
    needed = _NEEDED.get(POLICY if path.endswith("policy.yaml") else path, {})
    missing = {
        key: value for key, value in needed.items() if not re.search(rf"^{key}:", content, re.MULTILINE)
    }
    return "".join(f"{key}: {value}\n" for key, value in missing.items()) + content
