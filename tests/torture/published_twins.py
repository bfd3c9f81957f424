"""What two sites publish, file by file side by side: one with traps, and its harmless twin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.page_tree import Element, tree
from tests.small_site import files_of, run
from tests.torture.hostile import announce


@dataclass(frozen=True, slots=True)
class Twins:
    """The files of both sites, and of the announcements of their releases."""

    armed: dict[str, bytes]
    harmless: dict[str, bytes]

    def texts(self, ending: str) -> Iterator[tuple[str, str, str]]:
        """The files with an ending, of either site."""
        for name in sorted(self.armed):
            if name.endswith(ending):
                yield name, self.armed[name].decode(), self.harmless[name].decode()

    def pages(self) -> Iterator[tuple[str, Element, Element]]:
        """The pages of either site as trees."""
        for name, one, other in self.texts(".html"):
            yield name, _parsed(one), _parsed(other)


_parsed = cache(tree)


def published(site: Path, folder: Path) -> dict[str, bytes]:
    """The files of a site as the installed command builds it, and of the announcements of its releases."""
    done = run(site, "build", "--drafts", "--quiet", "--output", str(folder / "site"))
    assert done.returncode == 0, done.stdout[-3000:]
    announce(site, folder / "site/notices")
    return files_of(folder / "site")
