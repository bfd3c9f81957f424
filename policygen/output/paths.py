"""Paths inside the output folder, as they stand in the manifest: POSIX, relative."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable
from pathlib import Path

MANIFEST = ".policygen.json"
STAGE = ".policygen-stage"


def checked(path: str) -> str:
    """The path, if it can only lie inside the output folder and is none of our own names.

    Raises ValueError.
    """
    path.encode()  # half a character is none
    parts = path.split("/")
    if {"", ".", ".."} & set(parts) or set(path) & {"\\", "\0", ":"} or parts[0] in (MANIFEST, STAGE):
        raise ValueError(f"not a path inside the output: {path!r}")
    return path


def folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder on the way to these files."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def file_digest(path: Path) -> str | None:
    """The digest of a regular file; None for whatever else is there, a link above all, and for nothing."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None


def is_taken(path: Path) -> bool:
    """Whether something that isn't a folder is there."""
    return path.is_symlink() or (path.exists() and not path.is_dir())
