"""Links in a site's folder: followed within it, in no circle, and never out of it.

What is read can be shown: a page, a finding, a digest. A link that a stranger has put into a site would show
any file of the machine that builds it. Imports next to nothing, as all of the trace.
"""

from __future__ import annotations

import os
from collections.abc import Iterator


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


def below(folder: str, root: str, above: frozenset[tuple[int, int]] = frozenset()) -> Iterator[str]:
    """Every file below a folder, and every stray link, as it is; other links are followed, in no circle."""
    if not os.path.isdir(folder) or leads_astray(folder, root):
        return
    stat = os.stat(folder)
    here = (stat.st_dev, stat.st_ino)
    if here in above:
        return
    for name in sorted(os.listdir(folder)):
        path = f"{folder}/{name}"
        if os.path.isdir(path) and not is_stray(path, root):
            yield from below(path, root, above | {here})
        else:
            yield path


def strays(path: str, root: str) -> Iterator[str]:
    """The stray links at a path and below it; an editor's, whose names are hidden, are its own affair."""
    if is_stray(path, root):
        yield path
    for each in below(path, root):
        if "/." not in each.removeprefix(path) and is_stray(each, root):
            yield each
