"""`policygen schema`: prints what editors complete by, or puts it where they look for it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from policygen.cli.console import UsageError, show
from policygen.cli.files import put
from policygen.cli.site import site_folder
from policygen.site import SETTINGS, SiteFolder

if TYPE_CHECKING:
    from policygen.schema import Kind


def run(options: argparse.Namespace) -> int:
    """Print a schema, write it into a file, or write those of a site."""
    from policygen.schema import read_languages, schema_files, schema_text

    if options.write and options.kind:
        raise UsageError("--write writes the schemas of both files", f"leave out `{options.kind}`")
    if options.write:
        folder = site_folder(options.site or ".")
        for path, content in schema_files(read_languages(folder)).items():
            _write(folder.root, path, content)
        return 0
    kind: Kind = options.kind or "policy"
    text = schema_text(kind, read_languages(_folder(options.site))[kind])
    if options.output:
        file = Path(options.output)
        _write(file.parent, file.name, text.encode())
    else:
        show(text.rstrip("\n"))
    return 0


def _folder(name: str | None) -> SiteFolder | None:
    """The site that is named, or the one that this runs in, if it does."""
    return site_folder(name or ".") if name or Path(SETTINGS).is_file() else None


def _write(base: Path, path: str, content: bytes) -> None:
    show(f"wrote {put(base, path, content)}", sys.stderr)
