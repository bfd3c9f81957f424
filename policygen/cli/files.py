"""Puts files beside a site's sources: whole, through no link, and in the place of nothing but files."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from policygen.cli.console import UsageError


def put(base: Path, path: str, content: bytes) -> Path:
    """Write a file below a folder that the author has named, and return where it is.

    It comes whole, because an editor may be reading the old one. The folder itself may be reached by a link;
    one further below is somebody else's, and would lead anywhere.
    """
    file = base / path
    if os.path.realpath(file) != os.path.normpath(f"{os.path.realpath(base)}/{path}"):
        raise UsageError(f"{file} is reached by a link", "put a folder in its place, or name another one")
    if file.exists() and not file.is_file():
        raise UsageError(f"{file} is there, and is no file", "move it away, or name another place")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".policygen-", dir=file.parent) as stage:
            new = Path(stage) / file.name
            new.write_bytes(content)
            new.replace(file)
    except OSError as error:
        raise UsageError(f"can't write {file}: {(error.strerror or str(error)).lower()}") from error
    return file
