"""What earlier builds made, by everything it was made from: the next build makes only what is new.

The law: a build that remembers gives what a build that knows nothing gives, in bytes and in findings. It
holds as long as a key names every input, by what it *is* and not by when it was written;
tests/test_incremental.py edits, removes and restores at random and compares. Keys are plain values: they
could be kept in a file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar, cast

T = TypeVar("T")

Key = tuple[str | bool, ...]
"""What kind of thing it is, and the digest or the name of each of its inputs."""


class Memory:
    """Holds whatever the last build used, and nothing older."""

    def __init__(self) -> None:
        self._kept: dict[Key, object] = {}
        self._used: dict[Key, object] = {}

    def recall(self, key: Key, make: Callable[[], T]) -> T:
        """What was made from the same inputs before, or else what is made now. What raises isn't kept."""
        if key not in self._used:
            self._used[key] = self._kept[key] if key in self._kept else make()
        return cast("T", self._used[key])

    def forget_unused(self) -> None:
        """A build is over: forget what it had no use for."""
        self._kept, self._used = self._used, {}


def recall(memory: Memory | None, key: Key, make: Callable[[], T]) -> T:
    """What a memory, if there is one, recalls, or else what is made now."""
    return make() if memory is None else memory.recall(key, make)


def digest(*parts: bytes | str | None) -> str:
    """A short name for bytes and texts, in their order; None stands for what isn't there."""
    taken = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part or b""
        taken.update(f"{type(part).__name__} {len(raw)} ".encode())
        taken.update(raw)
    return taken.hexdigest()
