"""Files that are published as they are: what a host reads (`_headers`, `CNAME`), icons, proofs.

They can't take the place of a page, and nothing is published through a link: it could lead anywhere.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from unicodedata import normalize

from policygen.diagnostics import Diagnostic, Place, Position
from policygen.render import Page
from policygen.site import SiteFolder, is_everywhere

HEADERS = "_headers"
STYLE_HASH = b"{style_hash}"
"""What stands in `_headers` for the digest of the style sheet, which changes with every version of it."""
LARGEST = 100 * 1024 * 1024
"""Bytes of a file: GitHub takes no larger one, and other hosts have limits below."""
_UNSUITED = frozenset('\\:*?"<>|')
"""Characters that some host or system can't have in a file's name."""


def static_files(
    folder: SiteFolder, pages: Iterable[str], style_hash: str
) -> tuple[Iterator[Page], tuple[Diagnostic, ...]]:
    """The files to publish beside the pages of those paths, to be read one by one, and why some can't be."""
    files: list[tuple[str, Path]] = []
    findings: list[Diagnostic] = []
    names = folder.static_files()
    taken = _taken(pages) if names else {}
    for file in names:
        path = file.relative_to(folder.static).as_posix()
        if found := _problem(file, path) or _clash(path, taken):
            findings.append(found)
            continue
        taken |= _taken([path])
        files.append((path, file))
    return _read(files, style_hash), tuple(findings)


def _read(files: Iterable[tuple[str, Path]], style_hash: str) -> Iterator[Page]:
    for path, file in files:
        content = file.read_bytes()
        yield path, content.replace(STYLE_HASH, style_hash.encode()) if path == HEADERS else content


def _problem(file: Path, path: str) -> Diagnostic | None:
    """What keeps an entry of the folder from being published.

    The finding stands at the folder: a report shows a file's first line, and a link leads who knows where.
    """
    name = f"static/{path}".encode(errors="backslashreplace").decode()
    if not stat.S_ISREG(file.lstat().st_mode):
        kind = "a link" if file.is_symlink() else "no file"
        help = "put the file itself there" if file.is_symlink() else "take it out"
        return _unpublishable(f"{name} is {kind}", help)
    if (size := file.lstat().st_size) > LARGEST:
        help = "hosts publish no such files; put it on a server that is made for them"
        return _unpublishable(f"{name} has {size:,} bytes, more than {LARGEST:,}", help)
    if not path.isprintable() or set(path) & _UNSUITED or not all(map(is_everywhere, path.split("/"))):
        help = "rename it: letters, digits, - and _ work everywhere"
        return _unpublishable(f"{name} can't be an address", help)
    return None


def _unpublishable(message: str, help: str) -> Diagnostic:
    return Diagnostic("unpublishable-file", message, Place("static"), help, position=Position(1, 1))


def _clash(path: str, taken: dict[str, str]) -> Diagnostic | None:
    """A file that would stand where a page stands, or where a page has its folder, or the other way round."""
    place, key = Place(f"static/{path}"), _key(path)
    above = [_key(folder) for folder in _above(path)]
    other = taken.get(key) or next((taken[each] for each in above if taken.get(each, "/")[-1] != "/"), None)
    if other is None:
        return None
    return Diagnostic("duplicate-address", f"the address /{other} is taken", place, "rename the file")


def _taken(paths: Iterable[str]) -> dict[str, str]:
    """The paths, as hosts tell them apart that ignore case, and their folders, which end in a slash."""
    return dict(pair for path in paths for pair in _names(path))


def _names(path: str) -> Iterator[tuple[str, str]]:
    yield _key(path), path
    yield from ((_key(folder), f"{folder}/") for folder in _above(path))


def _above(path: str) -> Iterator[str]:
    """The folders that a path lies in, the nearest first."""
    while path := path.rpartition("/")[0]:
        yield path


def _key(path: str) -> str:
    """One key for all paths that are one to some system: macOS takes é for e with an accent on it."""
    return normalize("NFC", path.casefold())
