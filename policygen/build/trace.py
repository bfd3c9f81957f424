"""The last build's trace to what the next one wants to know, and back."""

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from policygen.build.made import Files, Made, Past
from policygen.output.paths import MANIFEST
from policygen.resources import installation
from policygen.site import SETTINGS, SiteFolder
from policygen.trace.call import Said, quoted
from policygen.trace.files import FOLDER, NoTrace, folder_of, read, read_seen, seen_text, write
from policygen.trace.pickles import Unreadable, dumped, loaded
from policygen.trace.seen import UNREADABLE, Seen, found, see, still, tree, untouched

if TYPE_CHECKING:
    from policygen.build import Result

_WORLD, _OUT = "world", "out"
_SERVICE = "service "
_PARTS = 6
_CODE = "policygen"
"""The name under which a trace keeps which policygen made it."""
_FOREVER = 1 << 62


Moved = tuple[int, Collection[str]]
"""From when on files were moved in (ns since the epoch), and which."""


class Trace:
    """The trace of the builds of a site."""

    def __init__(self, folder: SiteFolder, output: Path | None) -> None:
        """`output` is where files go, if they go anywhere."""
        self._folder = folder
        self._kept = folder_of(str(folder.root))
        self._output = output
        self._start = time_ns()
        self._looked_at: Seen = {}
        self.world = _world(folder)
        """The state of everything in the site that all services depend on, as it is now."""

    def past(self) -> Past:
        """What the last build left; nothing if there was none, or if it was another policygen's."""
        try:
            lines = read(self._kept, "seen").decode("utf-8", "surrogateescape")
            groups = read_seen(lines.split("\n", _PARTS)[-1])
            made = loaded(read(self._kept, "made"), dict)
        except (NoTrace, Unreadable, UnicodeDecodeError):
            return Past()
        if made.pop(_CODE, None) != installation()[1] or not all(
            isinstance(one, Made) for one in made.values()
        ):
            return Past()
        before = groups.get(_OUT, {})

        def intact(files: Files) -> bool:
            return self._output is None or all(self._intact(before, *file) for file in files.items())

        seen = {
            name.removeprefix(_SERVICE): seen for name, seen in groups.items() if name.startswith(_SERVICE)
        }
        return Past(made, seen, intact)

    def _intact(self, before: Seen, path: str, digest: str) -> bool:
        file = f"{self._output}/{path}"
        entry = before.get(file)
        now = still(file, entry) if entry and entry[2] == digest else None
        if now:
            self._looked_at[file] = now
        return now is not None

    def keep(self, result: Result, moved: Moved, said: Said, days: tuple[int, int]) -> None:
        """Write the trace of a build that went well."""
        since, new = moved
        out: Seen = {}
        for path, digest in result.files.items():
            file = f"{self._output}/{path}"
            if path in result.settled:
                out[file] = self._looked_at[file]
            else:
                # Whoever changed it since has left a time that says so.
                out[file] = found(file, digest, before=since if path in new else self._start)
        # A build that was stopped half way leaves one that names more than there is.
        size, moment, name = see(f"{self._output}/{MANIFEST}")
        out[f"{self._output}/{MANIFEST}"] = size, abs(moment), name
        if not untouched(self.world):
            self.world[str(self._folder.content)] = UNREADABLE  # it can be made from either state
        services = {_SERVICE + name: seen for name, seen in result.seen.items()}
        files = seen_text({_WORLD: self.world | installation()[0], **services, _OUT: out})
        parts = [said.call, *map(str, days), str(said.code), quoted(said.out), quoted(said.err), files]
        _make_folders(self._folder.root)
        write(self._kept, "made", dumped({**result.made, _CODE: installation()[1]}))
        write(self._kept, "seen", "\n".join(parts).encode("utf-8", "surrogateescape"))


def _make_folders(root: Path) -> None:
    """Make the folder of a site's trace. Raises OSError, for a link too: nobody knows where that leads."""
    kept = root / FOLDER
    for folder in (kept.parent, kept, Path(folder_of(str(root)))):
        folder.mkdir(exist_ok=True)
        if folder.is_symlink():
            raise OSError(f"{folder} is a link")
    with suppress(FileExistsError), (kept / ".gitignore").open("x", encoding="utf-8") as ignored:
        ignored.write("*\n")


def _world(folder: SiteFolder) -> Seen:
    root = folder.root
    content = str(folder.content)
    seen = {content: see(content), str(root / SETTINGS): see(str(root / SETTINGS))}
    for each in os.scandir(content):
        # What is no service today may become one, or may have been one.
        if each.is_dir() and not os.path.exists(f"{each.path}/policy.yaml"):  # noqa: PTH110 - once for each service
            seen |= tree(f"{content}/{each.name}", str(root))
    for name in ("templates", "locales", "static"):
        seen |= tree(str(root / name), str(root))
    return seen


def seconds(days: tuple[date, date], zone: str | None) -> tuple[int, int]:
    """The moments between which it is one of those days, the second not included, in a time zone."""
    place = ZoneInfo(zone) if zone else UTC
    first, end = (
        int(datetime.combine(day, time(), place).timestamp()) if date.min < day < date.max else None
        for day in days
    )
    return first or 0, end or _FOREVER
