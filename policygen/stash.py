"""What any build of this installation can use again, kept in the user's cache folder: it is safe to delete.

Everything stands under a name made from all that it was made from. What can't be kept is made anew.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from policygen.resources import installation
from policygen.trace.files import NoTrace, read, write
from policygen.trace.pickles import Unreadable, dumped, loaded

T = TypeVar("T")

_INSTALLATIONS = 4
"""How many installations' folders are kept."""


def place() -> Path | None:
    """The folder of this installation, made if need be; None if there can be none."""
    stash = _folder()
    if stash is None:
        return None
    here = stash / installation()[1][:16]
    try:
        if not here.is_dir():
            here.mkdir(parents=True, exist_ok=True)
            _make_room(stash)
    except OSError:
        return None
    return here


def _folder() -> Path | None:
    if cache := os.environ.get("XDG_CACHE_HOME"):
        return Path(cache) / "policygen"
    try:
        return Path.home() / ".cache" / "policygen"
    except RuntimeError:
        return None


def _make_room(stash: Path) -> None:
    """Remove what older installations left: a checkout is another one after each change of its code."""
    folders = sorted(
        filter(Path.is_dir, stash.iterdir()), key=lambda folder: folder.stat().st_mtime, reverse=True
    )
    for old in folders[_INSTALLATIONS:]:
        shutil.rmtree(old, ignore_errors=True)


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
