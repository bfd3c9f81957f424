"""The manifest in the output folder: which files policygen wrote there, with their digests."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping
from pathlib import Path

from policygen.output.faults import OutputError, saying
from policygen.output.paths import MANIFEST, STAGE, checked

_FORMAT = 1
_HEX = frozenset("0123456789abcdef")

Known = Mapping[str, frozenset[str]]
"""Each path that policygen wrote, and the digests it may have: several after a build that was killed."""


def read_manifest(output: Path) -> Known:
    """What earlier builds wrote here; refuse a folder that holds files and no proof that it is ours."""
    with saying(output):
        present = {entry.name for entry in output.iterdir()}
        if MANIFEST not in present:
            if present - {STAGE}:
                remedy = "name an empty or a new folder, or empty this one"
                raise OutputError(f"{output} is not empty and was not made by policygen", remedy)
            return {}
        manifest = output / MANIFEST
        text = manifest.read_bytes() if stat.S_ISREG(manifest.lstat().st_mode) else b""
    try:
        return _parse(text)
    except (ValueError, RecursionError):
        remedy = "name another folder, or delete this one if all of it is generated"
        raise OutputError(f"{manifest} is damaged or from another version of policygen", remedy) from None


def _parse(text: bytes) -> Known:
    manifest = json.loads(text)
    ours = isinstance(manifest, dict) and manifest.get("format") == _FORMAT
    files = manifest.get("files") if ours else None
    if not isinstance(files, dict):
        raise ValueError("not a manifest of this format")  # noqa: TRY004  # the file's fault, not a caller's
    return {checked(path): _parse_digests(digests) for path, digests in files.items()}


def _parse_digests(digests: object) -> frozenset[str]:
    found = digests.split(" ") if isinstance(digests, str) else []
    if not found or not all(len(each) == 64 and _HEX.issuperset(each) for each in found):
        raise ValueError("not a digest")
    return frozenset(found)


def manifest_text(known: Known) -> bytes:
    """The manifest as it stands in its file."""
    files = {path: " ".join(sorted(digests)) for path, digests in known.items()}
    return json.dumps({"format": _FORMAT, "files": files}, indent=1, sort_keys=True).encode() + b"\n"
