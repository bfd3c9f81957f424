"""What a machine refuses, as one line that names the file and says what would help."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class OutputError(Exception):
    """A refusal, or a machine that doesn't do what it should: one line, and what would help."""

    def __init__(self, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = remedy

    def __reduce__(self) -> tuple[type[OutputError], tuple[str, str | None]]:
        """It can come from another process."""
        return OutputError, (self.message, self.help)


@contextmanager
def saying(path: Path, remedy: str | None = None) -> Iterator[None]:
    """Turn what the system refuses into one line that names the file."""
    try:
        yield
    except OSError as error:
        where = error.filename2 or error.filename or path
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"can't write {where}: {reason}", remedy or _remedy(error)) from error


def _remedy(error: OSError) -> str | None:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "make room on the disk, then build again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "make the folder writable, or name another with --output"
    return None
