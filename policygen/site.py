"""Which files a site folder has: the only module that reads them.

```
content/site.yaml                       the site's settings
content/<service>/policy.yaml           one folder a service; the folder's name is its slug
content/<service>/releases/<release>/   what was published, as it was
templates/                              templates that shadow ours
locales/<lang>/LC_MESSAGES/policygen.po messages that shadow ours
static/                                 files that are published as they are
```
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policygen.source import SIZE_LIMIT, decode
from policygen.trace.links import is_stray, leads_astray, refuse_depth, strays

SETTINGS = "content/site.yaml"
RELEASES = "releases"
PUBLISHED_HIDDEN = frozenset({".nojekyll", ".well-known"})
"""Hidden names that hosts and browsers ask for."""
_ASIDE = re.compile(r"\.(.+)\.policygen-aside", re.DOTALL)
"""A release that another one of its name is about to replace. Should it never come, this is the release."""
_DEVICE = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE | re.DOTALL)
_POLICY_NAMES = frozenset({"policy.yaml", "policy.yml"})


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """A site's sources. Paths are POSIX and relative to `root`."""

    root: Path

    @property
    def content(self) -> Path:
        """The folder of the facts."""
        return self.root / "content"

    @property
    def templates(self) -> Path:
        """The folder of the site's own templates; it may be missing."""
        return self.root / "templates"

    @property
    def static(self) -> Path:
        """The folder of files that are published as they are; it may be missing."""
        return self.root / "static"

    def catalogues(self) -> Mapping[str, Sequence[str]]:
        """The catalogues that each entry of `locales/` holds or is, read or not, sorted."""
        locales, found = self.root / "locales", dict[str, list[str]]()
        files = sorted(locales.rglob("*.po")) if locales.is_dir() and _is_inside(locales, self.root) else []
        for path in (file.relative_to(self.root) for file in files if file.is_file()):
            found.setdefault(path.parts[1], []).append(path.as_posix())
        return found

    def static_files(self) -> tuple[Path, ...]:
        """What is to be published as it is, sorted; nothing hidden but what hosts look for."""
        is_there = self.static.is_dir() and _is_inside(self.static, self.root)
        return tuple(sorted(_static(self.static))) if is_there else ()

    def strays(self) -> tuple[str, ...]:
        """Links that lead out of the site or nowhere, and are not followed; those in services are apart."""
        root, content = str(self.root), self.content
        entries = sorted(content.iterdir()) if _is_inside(content, self.root) else []
        shallow = [content, self.static, *(entry for entry in entries if entry.name[0] != ".")]
        found = [path for path in map(str, shallow) if is_stray(path, root)]
        for name in ("templates", "locales"):
            found += strays(f"{root}/{name}", root)
        return tuple(self._relative(path) for path in found)

    def strays_in(self, service: str) -> tuple[str, ...]:
        """Those in a service."""
        return tuple(map(self._relative, strays(f"{self.content}/{service}", str(self.root))))

    def _relative(self, path: str) -> str:
        return Path(path).relative_to(self.root).as_posix()

    def services(self) -> tuple[str, ...]:
        """The names of the service folders, sorted. Hidden folders and folders without a policy are none.

        A policy under a misspelt name counts, so that its service can't be left out without a word.
        """
        return tuple(folder.name for folder in _folders(self.content, self.root) if _has_policy(folder))

    def released(self, but: Collection[str] = ()) -> tuple[str, ...]:
        """The names of the folders that have releases, with a policy or without, sorted."""
        folders = (folder for folder in _folders(self.content, self.root) if folder.name not in but)
        return tuple(folder.name for folder in folders if _folders(folder / RELEASES, self.root))

    def releases(self, service: str) -> dict[str, dict[str, bytes]]:
        """Every file of a service's releases, by folder and by path in it. Hidden ones are none."""
        folder = self.content / service / RELEASES
        folders = {release.name: release for release in _folders(folder, self.root)}
        for hidden in _folders(folder, self.root, hidden=True):
            if match := _ASIDE.fullmatch(hidden.name):
                folders.setdefault(match[1], hidden)
        return {name: _files(release, self.root) for name, release in folders.items()}

    def text(self, path: str) -> str | None:
        """A file's text, or None if there is no such file or no text in it."""
        raw = self.read(path)
        text = decode(raw, path) if raw is not None else None
        return text if isinstance(text, str) else None

    def read(self, path: str) -> bytes | None:
        """A file's bytes, or None if there is no such file."""
        file = self.root / path
        if not file.is_file() or not _is_inside(file, self.root):
            return None
        try:
            with file.open("rb") as opened:
                # A byte more than is allowed says that there are too many; nothing larger is read whole.
                return opened.read(SIZE_LIMIT + 1)
        except OSError as error:
            # Not every failure to read names the file.
            raise OSError(error.errno, error.strerror, path) from error


def _static(folder: Path, depth: int = 0) -> Iterator[Path]:
    """Every file below a folder, and every link and pipe; links aren't followed."""
    refuse_depth(str(folder), depth)
    for entry in folder.iterdir():
        if entry.name[0] == "." and entry.name not in PUBLISHED_HIDDEN:
            continue  # an editor's, a file manager's or git's
        if entry.is_dir() and not entry.is_symlink():
            yield from _static(entry, depth + 1)
        else:
            yield entry


def _is_inside(path: Path, root: Path) -> bool:
    """Whether something is there, and in the site."""
    return not leads_astray(str(path), str(root))


def _folders(folder: Path, root: Path, *, hidden: bool = False) -> list[Path]:
    """The folders in a folder of the site, sorted: those whose names are hidden, or all others."""
    if not folder.is_dir() or not _is_inside(folder, root):
        return []
    with os.scandir(folder) as entries:
        names = sorted(
            entry.name for entry in entries if (entry.name[0] == ".") == hidden and _is_folder(entry)
        )
    return [folder / name for name in names if not is_stray(f"{folder}/{name}", str(root))]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False


def _files(folder: Path, root: Path) -> dict[str, bytes]:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and _is_inside(file, root))
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def is_everywhere(name: str) -> bool:
    """Whether every system can have a file or a folder of this name: some of them are devices of Windows."""
    return _DEVICE.fullmatch(name) is None and name[-1] not in ". "


def _has_policy(folder: Path) -> bool:
    with os.scandir(folder) as entries:
        return any(entry.name.casefold() in _POLICY_NAMES for entry in entries)


def policy_path(service: str) -> str:
    """Where a service's policy stands."""
    return f"content/{service}/policy.yaml"


def catalogue_path(language: str) -> str:
    """Where the site's own messages of a language stand."""
    return f"locales/{language.replace('-', '_')}/LC_MESSAGES/policygen.po"
