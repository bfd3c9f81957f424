"""The state of files and folders: what they were when a build saw them, and whether they still are that.

Imports next to nothing: this is most of what a build with nothing to do gets to run.
"""

from __future__ import annotations

import os
import time
from stat import S_ISDIR, S_ISREG

from policygen.trace.links import is_stray, refuse_depth

Entry = tuple[int, int, str]
"""A file's size (of a folder: -1), the time of its last change in ns, the digest of its bytes (or names).

A time below zero was too near to tell: the file may have changed once more within one tick of the clock.
"""
Seen = dict[str, Entry]
"""Entries by path."""

_DOUBT = 2_000_000_000
"""Nanoseconds in which a file can change twice at what its file system takes for one time (FAT: 2 s)."""
_BLOCK = 2**20
"""Bytes that are read at a time: a file may be larger than the memory."""
_FOLDER = -1
_MISSING: Entry = (-2, 0, "")
UNREADABLE: Entry = (-3, 0, "")
"""Never the entry of a file."""
_CACHES = frozenset({"__pycache__"})


def see(path: str) -> Entry:
    """The entry of a file, a folder, or of what isn't there. Raises OSError if it can't be read."""
    try:
        stat = os.stat(path)
        now = time.time_ns()
        digest = _digest(path, stat)
    except (FileNotFoundError, NotADirectoryError):
        return _MISSING
    changed = _changed(stat)
    settled = now - changed > _DOUBT
    return _size(stat), changed if settled else -changed, digest


def found(path: str, digest: str, *, before: int) -> Entry:
    """The entry of a file that had these bytes at a moment; if it is younger, they are compared next time."""
    stat = os.stat(path)
    changed = _changed(stat)
    return _size(stat), changed if stat.st_mtime_ns < before else -changed, digest


def _changed(stat: os.stat_result) -> int:
    """When a file was last changed. Its own time can be set to any other; that of its entry can't."""
    return max(stat.st_mtime_ns, stat.st_ctime_ns)


def _size(stat: os.stat_result) -> int:
    return _FOLDER if S_ISDIR(stat.st_mode) else stat.st_size


def _digest(path: str, stat: os.stat_result) -> str:
    from hashlib import sha256  # which a build with nothing to do can spare

    content = sha256()
    if S_ISDIR(stat.st_mode):
        names = sorted(name for name in os.listdir(path) if name not in _CACHES)
        content.update("\0".join(names).encode("utf-8", "surrogateescape"))
    elif S_ISREG(stat.st_mode):  # a pipe has no bytes of its own
        with open(path, "rb") as file:
            while block := file.read(_BLOCK):
                content.update(block)
    return content.hexdigest()


def still(path: str, entry: Entry) -> Entry | None:
    """The entry with its present time if the file is what it was, else None."""
    try:
        stat = os.stat(path)
        if _size(stat) != entry[0]:
            return None
        if _changed(stat) == entry[1]:
            return entry
        now = see(path)
    except OSError:
        return entry if entry == _MISSING else None
    return now if now[2] == entry[2] else None


def untouched(seen: Seen) -> bool:
    """Whether nobody has changed any of it since it was seen, not even back and forth."""
    try:
        return all(_is_untouched(os.stat(path), entry) for path, entry in seen.items() if entry != _MISSING)
    except OSError:
        return False


def _is_untouched(stat: os.stat_result, entry: Entry) -> bool:
    return _size(stat) == entry[0] and _changed(stat) == abs(entry[1])


def tree(path: str, root: str) -> Seen:
    """The entries of a folder and everything below it. Links are followed, but not in circles or astray."""
    return _tree(path, root, frozenset())


def _tree(path: str, root: str, above: frozenset[tuple[int, int]]) -> Seen:
    refuse_depth(path, len(above))
    if is_stray(path, root):
        return {path: UNREADABLE if os.path.exists(path) else _MISSING}
    seen = {path: see(path)}
    if seen[path][0] == _FOLDER:
        stat = os.stat(path)
        here = (stat.st_dev, stat.st_ino)
        if here not in above:
            for name in sorted(os.listdir(path)):
                if name not in _CACHES:
                    seen |= _tree(f"{path}/{name}", root, above | {here})
    return seen


def by_time(path: str) -> Seen:
    """The same, with files that count as unchanged for their times alone."""
    seen = {path: see(path)}
    for entry in os.scandir(path):
        if entry.name in _CACHES:
            continue
        if entry.is_dir():
            seen |= by_time(entry.path)
        else:
            stat = entry.stat()
            seen[entry.path] = stat.st_size, _changed(stat), ""
    return seen


def digest_of(seen: Seen, root: str) -> str:
    """One name for the state of these files, wherever their root is."""
    from hashlib import sha256

    lines = []
    for path in sorted(seen):
        size, time, digest = seen[path]
        lines.append(f"{path.removeprefix(root)}\0{size}\0{digest or time}\0")
    return sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
