"""Tells whether files have changed, by looking at all of them again and again.

Polling sees what notifications don't: changes on network mounts, and saves that put a new file in the place
of the old one.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from stat import S_ISLNK

from policygen.trace.links import is_stray, refuse_depth

_State = tuple[int, int, int, int]
_DOUBT = 3.0
"""Seconds in which a file can change twice at what its file system takes for one time (FAT: 2 s)."""
_LARGE = 1 << 20


@dataclass(frozen=True, slots=True)
class _File:
    """What a file looks like; its bytes count as long as its time alone doesn't tell."""

    state: _State
    content: bytes | None
    doubtful_until: float


Snapshot = Mapping[str, tuple[_State, bytes | None]]


class Watch:
    """Looks at folders, whether they are there or not."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        self._files: dict[str, _File] = {}

    def look(self) -> Snapshot:
        """The state of every file; equal to the one before if nothing has changed."""
        now = time.monotonic()
        found: set[tuple[int, int]] = set()
        # The folders of a site lie side by side in it; nothing is read through a link that leads out of it.
        stats = {
            path: stat
            for folder in self._folders
            for path, stat in _walk(str(folder), str(folder.parent), found)
        }
        self._files = {path: self._seen(path, stat, now) for path, stat in stats.items()}
        return {path: (file.state, file.content) for path, file in self._files.items()}

    def _seen(self, path: str, stat: os.stat_result, now: float) -> _File:
        state = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
        before = self._files.get(path)
        if before is not None and before.state == state:
            if now >= before.doubtful_until:
                return before
            return _File(state, _content(path, stat), before.doubtful_until)
        # Of a file that is seen for the first time, its own time says how old it is; clocks may differ.
        is_old = before is None and abs(time.time() - stat.st_mtime) > 2 * _DOUBT
        return _File(state, None, 0.0) if is_old else _File(state, _content(path, stat), now + _DOUBT)


def _content(path: str, stat: os.stat_result) -> bytes | None:
    if stat.st_size > _LARGE or S_ISLNK(stat.st_mode):
        return None
    try:
        return sha256(Path(path).read_bytes()).digest()
    except OSError:
        return None  # gone again, or not ours to read


def _walk(
    folder: str, root: str, found: set[tuple[int, int]], depth: int = 0
) -> Iterator[tuple[str, os.stat_result]]:
    """Every file below a folder. Links are followed, into each folder once, unless they lead astray.

    What lies so deep that a build refuses it is not looked at.
    """
    refuse_depth(folder, depth)
    folders: list[str] = []
    if is_stray(folder, root):
        return
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):  # gone again
                if entry.is_symlink() and is_stray(entry.path, root):
                    yield entry.path, entry.stat(follow_symlinks=False)
                elif entry.is_dir():
                    folders.append(entry.path)
                elif entry.is_file():
                    yield entry.path, entry.stat()
    for path in folders:
        with suppress(OSError):
            stat = Path(path).stat()
            if (stat.st_dev, stat.st_ino) not in found:
                found.add((stat.st_dev, stat.st_ino))
                yield from _walk(path, root, found, depth + 1)
