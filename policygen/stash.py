"""What any build of this installation can use again, kept in the user's cache folder: it is safe to delete.

Everything stands under a name made from all that it was made from. What can't be kept is made anew.
"""

from __future__ import annotations

import marshal
import os
import re
import shutil
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import TypeVar

from policygen.memory import digest
from policygen.resources import installation
from policygen.trace.files import NoTrace, read, write
from policygen.trace.pickles import Unreadable, dumped, loaded

T = TypeVar("T")

_INSTALLATIONS = 4
"""How many installations' folders are kept."""
_NAME = re.compile("[0-9a-f]{16}")


def place() -> Path | None:
    """The folder of this installation, made if need be; None if there can be none that is ours alone.

    What lies there is run: nobody else may have put it there.
    """
    stash = _folder()
    if stash is None:
        return None
    here = stash / installation()[1][:16]
    try:
        if not here.is_dir():
            stash.mkdir(parents=True, exist_ok=True)
            here.mkdir(0o700, exist_ok=True)
            _make_room(stash, here)
        return here if _is_ours(here) and _is_ours(stash) and not here.is_symlink() else None
    except OSError:
        return None


def _is_ours(folder: Path) -> bool:
    found = folder.stat()
    return not hasattr(os, "geteuid") or (found.st_uid == os.geteuid() and not found.st_mode & stat.S_IWOTH)


def _folder() -> Path | None:
    if cache := os.environ.get("XDG_CACHE_HOME"):
        return Path(cache) / "policygen"
    try:
        return Path.home() / ".cache" / "policygen"
    except RuntimeError:
        return None


def _make_room(stash: Path, here: Path) -> None:
    """Remove what older installations left: a checkout is another one after each change of its code."""
    others = [
        each for each in stash.iterdir() if _NAME.fullmatch(each.name) and each.is_dir() and each != here
    ]
    by_age = sorted(others, key=lambda folder: folder.stat().st_mtime, reverse=True)
    for old in by_age[_INSTALLATIONS - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


def compiled(source: str, make: Callable[[], CodeType]) -> CodeType:
    """Code, made before by this Python from that source, or made now."""
    here, name = place(), digest("code", sys.version, source)
    if here is None:
        return make()
    with suppress(NoTrace, EOFError, ValueError, TypeError):
        found = marshal.loads(read(str(here), name))  # noqa: S302 - a folder of ours alone
        if isinstance(found, CodeType):
            return found
    value = make()
    with suppress(OSError):
        write(str(here), name, marshal.dumps(value))
    return value


def kept(name: str, kind: type[T], make: Callable[[], T]) -> T:
    """A value of that type, made before from the things that `name` names, or made now."""
    here = place()
    if here is None:
        return make()
    with suppress(NoTrace, Unreadable):
        return loaded(read(str(here), name), kind)
    value = make()
    with suppress(OSError):
        write(str(here), name, dumped(value))
    return value
