"""Links in a site's folder: followed within it, in no circle, and never out of it.

What is read can be shown: a page, a finding, a digest. A link that a stranger has put into a site would show
any file of the machine that builds it. Imports next to nothing, as all of the trace.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from errno import ENAMETOOLONG

_DEEPEST = 64
"""Folders inside each other. No site needs as many, and each takes those who walk there one call deeper."""


def leads_astray(path: str, root: str) -> bool:
    """Whether a path below the folder `root` leads out of it by a link, or nowhere."""
    if not os.path.exists(path):
        return True
    if not any(map(os.path.islink, _way(path, root))):
        return False
    top = os.path.realpath(root)
    return os.path.commonpath((top, os.path.realpath(path))) != top


def _way(path: str, root: str) -> Iterator[str]:
    """The path, and the folders above it, up to the root."""
    while len(path) > len(root):
        yield path
        path = os.path.dirname(path)


def is_stray(path: str, root: str) -> bool:
    """Whether a path is a link that leads out of the folder `root`, or nowhere."""
    return os.path.islink(path) and leads_astray(path, root)


def below(folder: str, root: str) -> Iterator[tuple[str, bool]]:
    """Every file below a folder, and whether it is a stray link; other links are followed, in no circle."""
    if os.path.isdir(folder) and not leads_astray(folder, root):
        yield from _below(folder, root, frozenset())


def refuse_depth(path: str, depth: int) -> None:
    """Stop before Python does. Raises OSError."""
    if depth > _DEEPEST:
        raise OSError(ENAMETOOLONG, "too many folders inside each other", path)


def _below(folder: str, root: str, above: frozenset[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    refuse_depth(folder, len(above))
    stat = os.stat(folder)
    here = (stat.st_dev, stat.st_ino)
    if here in above:
        return
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.is_symlink() and leads_astray(entry.path, root):
            yield entry.path, True
        elif entry.is_dir():
            yield from _below(entry.path, root, above | {here})
        else:
            yield entry.path, False


def strays(path: str, root: str) -> Iterator[str]:
    """The stray links at a path and below it; an editor's, whose names are hidden, are its own affair."""
    if is_stray(path, root):
        yield path
    for each, stray in below(path, root):
        if stray and "/." not in each.removeprefix(path):
            yield each
