"""Releases for tests: made as the command makes them, and changed afterwards without breaking their digests.

A release that was edited by hand has a wrong digest, and that is all that is said of it. To show any other
fault, a record must say something wrong and fit everything around it: `reseal` sees to that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from policygen.content import write_folder
from policygen.release import Order, open_desk, release
from policygen.releases.archive import releases_folder
from policygen.releases.record import RECORD, Json, digest, write_json
from policygen.site import SiteFolder


def release_today(site: Path, service: str, day: date, order: Order | None = None) -> Path:
    """Release what a service says as it is, on a day; the folder of the release."""
    desk = open_desk(SiteFolder(site), service, lambda _zone: day)
    made = release(desk, order or Order())
    folder = site / releases_folder(service) / made.release.id
    write_folder(folder, made.files)
    return folder


def reseal(folder: Path, keys: Mapping[str, Json], files: Mapping[str, bytes] | None = None) -> None:
    """Give a release other keys and files, with digests that fit, in the releases after it too.

    A key that is None goes.
    """
    record = folder / RECORD
    before = digest(record.read_bytes())
    data: dict[str, Json] = json.loads(record.read_bytes())
    for name, content in (files or {}).items():
        (folder / name).write_bytes(content)
        listed = data["files"]
        assert isinstance(listed, dict)
        listed[name] = digest(content)
    kept: dict[str, Json] = {key: value for key, value in {**data, **keys}.items() if value is not None}
    record.write_bytes(write_json(kept))
    for later in sorted(folder.parent.glob(f"*/{RECORD}")):
        if json.loads(later.read_bytes()).get("previous") == before:
            reseal(later.parent, {"previous": digest(record.read_bytes())})
