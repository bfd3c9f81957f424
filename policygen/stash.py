"""What any build of this installation can use again, kept in the user's cache folder: it is safe to delete.

Everything stands under a name made from all that it was made from. What can't be kept is made anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from policygen.resources import installation
from policygen.trace.files import NoTrace, read, write
from policygen.trace.pickles import Unreadable, dumped, loaded

T = TypeVar("T")


def folder() -> Path | None:
    """Where it is kept; None if this user has no such folder."""
    if cache := os.environ.get("XDG_CACHE_HOME"):
        return Path(cache) / "policygen"
    try:
        return Path.home() / ".cache" / "policygen"
    except RuntimeError:
        return None


def kept(name: str, kind: type[T], make: Callable[[], T]) -> T:
    """A value of that type, made before from the things that `name` names, or made now."""
    stash = folder()
    if stash is None:
        return make()
    here = str(stash / installation()[1][:16])
    with suppress(NoTrace, Unreadable):
        return loaded(read(here, name), kind)
    value = make()
    with suppress(OSError):
        write(here, name, dumped(value))
    return value
