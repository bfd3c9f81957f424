"""Puts a finished site into its folder: the only module that writes there.

A published policy must never be half there, and a build must never harm a file it didn't make. So a
manifest in the folder names what policygen wrote; new files wait in a stage until the last of them is
rendered and checked, and only then are they moved in, one whole file at a time. Before the first move the
manifest names the old files and the new ones: whenever a build is killed, the next one knows what to prune.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

MANIFEST = ".policygen.json"
STAGE = ".policygen-stage"
_FORMAT = 1

Known = Mapping[str, frozenset[str]]
"""Each path that policygen wrote, and the digests it may have: several after a build that was killed."""


class OutputError(Exception):
    """A refusal, or a machine that doesn't do what it should: one line, and what would help."""

    def __init__(self, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = remedy


@dataclass(frozen=True, slots=True)
class Published:
    """What a build did to the folder, as sorted paths.

    `kept` are files policygen made, no longer makes and leaves alone, because somebody has changed them
    since; from now on they are that somebody's own.
    """

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def publish(output: Path, files: Iterable[tuple[str, bytes]], forbidden: Collection[Path] = ()) -> Published:
    """Make `output` hold exactly `files` (POSIX paths, bytes) of all that policygen ever wrote there.

    `files` may be lazy: if it raises, the folder stays as it was. `forbidden` are folders that must neither
    be the output, nor lie in it, nor hold it.
    """
    _refuse_precious(output, forbidden)
    with _folder(output), _lock(output):
        known = _read_manifest(output)
        try:
            with _saying(output):
                _clear_stage(output)
            site = _stage(output, files)
            with _saying(output):
                return _move_in(output, known, site)
        finally:
            with suppress(OSError, OutputError):
                _clear_stage(output)


# --- which folders may be written to


def _refuse_precious(output: Path, forbidden: Collection[Path]) -> None:
    """Refuse a folder whose loss would hurt, before anything is looked at inside it."""
    with _saying(output):
        if output.is_symlink():
            remedy = "name the folder that the link points to"
            raise OutputError(f"the output folder {output} is a symbolic link", remedy)
        real = output.resolve()
        if real.exists() and not real.is_dir():
            raise OutputError(f"the output folder {output} is a file", "name another folder")
        precious = {Path(real.anchor): "the root of the file system"}
        with suppress(RuntimeError):  # nobody's home
            precious[Path.home().resolve()] = "the home folder"
        precious |= {folder.resolve(): str(folder) for folder in forbidden}
    for folder, name in precious.items():
        if real == folder or real in folder.parents:
            relation = "is" if real == folder else "contains"
            raise OutputError(f"the output folder {output} {relation} {name}", "name a folder of its own")
    for folder in forbidden:
        if folder.resolve() in real.parents:
            raise OutputError(f"the output folder {output} lies inside {folder}", "name a folder of its own")


@contextmanager
def _folder(output: Path) -> Iterator[None]:
    """Create the folder, and take it away again if nothing came of it."""
    with _saying(output):
        missing = [folder for folder in (output, *output.parents) if not folder.exists()]
    try:
        with _saying(output):
            for folder in reversed(missing):
                _make_folder(folder)
        yield
    except BaseException:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise


def _make_folder(folder: Path, mode: int = 0o755) -> None:
    folder.mkdir()
    folder.chmod(mode)  # mkdir's own mode is cut by the umask


@contextmanager
def _lock(output: Path) -> Iterator[None]:
    """Keep a second build out of the folder, where the system can lock folders."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with _saying(output):
        folder = os.open(output, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(folder)
        raise OutputError(f"another build is writing to {output}", "wait until it is done") from None
    except OSError:
        pass  # some network file systems have no locks
    try:
        yield
    finally:
        os.close(folder)


@contextmanager
def _saying(path: Path) -> Iterator[None]:
    """Turn what the system refuses into one line that names the file."""
    try:
        yield
    except OSError as error:
        where = error.filename2 or error.filename or path
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"can't write {where}: {reason}", _remedy(error)) from error


def _remedy(error: OSError) -> str | None:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "make room on the disk, then build again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "make the folder writable, or name another with --output"
    return None


# --- the manifest


def _read_manifest(output: Path) -> Known:
    """What earlier builds wrote here; refuse a folder that holds files and no proof that it is ours."""
    with _saying(output):
        present = {entry.name for entry in output.iterdir()}
        if MANIFEST not in present:
            if present - {STAGE}:
                remedy = "name an empty or a new folder, or empty this one"
                raise OutputError(f"{output} is not empty and was not made by policygen", remedy)
            return {}
        manifest = output / MANIFEST
        text = manifest.read_bytes() if stat.S_ISREG(manifest.lstat().st_mode) else b""
    try:
        return _parse_manifest(text)
    except (ValueError, RecursionError):
        remedy = "name another folder, or delete this one if all of it is generated"
        raise OutputError(f"{manifest} is damaged or from another version of policygen", remedy) from None


def _parse_manifest(text: bytes) -> Known:
    manifest = json.loads(text)
    ours = isinstance(manifest, dict) and manifest.get("format") == _FORMAT
    files = manifest.get("files") if ours else None
    if not isinstance(files, dict):
        raise ValueError("not a manifest of this format")  # noqa: TRY004  # the file's fault, not a caller's
    return {_checked(path): _parse_digests(digests) for path, digests in files.items()}


def _parse_digests(digests: object) -> frozenset[str]:
    found = digests.split(" ") if isinstance(digests, str) else []
    if not found or not all(len(each) == 64 and set(each) <= set("0123456789abcdef") for each in found):
        raise ValueError("not a digest")
    return frozenset(found)


def _write_manifest(output: Path, known: Known) -> None:
    files = {path: " ".join(sorted(digests)) for path, digests in known.items()}
    text = json.dumps({"format": _FORMAT, "files": files}, indent=1, sort_keys=True).encode() + b"\n"
    manifest = output / MANIFEST
    if not manifest.exists() or manifest.read_bytes() != text:
        _write_staged(output, MANIFEST, text)
        (output / STAGE / MANIFEST).replace(manifest)


# --- the stage


@dataclass(slots=True)
class _Site:
    """The new site: the digest of every file, and where those wait that differ from the published ones."""

    digests: dict[str, str] = field(default_factory=dict)
    staged: dict[str, Path] = field(default_factory=dict)


def _stage(output: Path, files: Iterable[tuple[str, bytes]]) -> _Site:
    """Write every file that isn't published yet next to the site, where nothing sees it."""
    site = _Site()
    for path, content in files:
        if _checked(path) in site.digests:
            raise ValueError(f"two files of one path: {path!r}")
        site.digests[path] = hashlib.sha256(content).hexdigest()
        with _saying(output / path):
            if _digest(output / path) != site.digests[path]:
                site.staged[path] = _write_staged(output, str(len(site.staged)), content)
    if clash := _folders(site.digests) & site.digests.keys():
        raise ValueError(f"both a file and a folder: {min(clash)!r}")
    return site


def _write_staged(output: Path, name: str, content: bytes) -> Path:
    stage = output / STAGE
    if not stage.exists():
        _make_folder(stage, 0o700)
    waiting = stage / name
    with waiting.open("xb") as file:
        file.write(content)
    waiting.chmod(0o644)
    return waiting


def _clear_stage(output: Path) -> None:
    """Remove the stage, a killed build's too."""
    stage = output / STAGE
    if stage.is_symlink() or stage.is_file():
        raise OutputError(f"{stage} is in the way", "remove it")
    if stage.exists():
        shutil.rmtree(stage)


def _checked(path: str) -> str:
    """The path, if it can only lie inside the output folder and is none of our own names."""
    parts = path.split("/")
    if {"", ".", ".."} & set(parts) or set(path) & {"\\", "\0", ":"} or parts[0] in (MANIFEST, STAGE):
        raise ValueError(f"not a path inside the output: {path!r}")
    return path


def _folders(paths: Iterable[str]) -> set[str]:
    """Every folder on the way to these files."""
    return {str(folder) for path in paths for folder in PurePosixPath(path).parents} - {"."}


def _digest(path: Path) -> str | None:
    """The digest of a regular file; None for whatever else is there, a link above all, and for nothing."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None


# --- from the stage into the site


def _move_in(output: Path, known: Known, site: _Site) -> Published:
    """First every check, then every change; while files move, the manifest names the old and the new."""
    new = {path: frozenset([digest]) for path, digest in site.digests.items()}
    _refuse_links(output, {*known, *new})
    stale = known.keys() - new.keys()
    ours = {path for path in stale if _digest(output / path) in known[path]}
    kept = {path for path in stale - ours if _is_taken(output / path)}
    folders, emptied = _folders(new), _folders(stale)
    for path in sorted(new):
        _refuse_obstacles(output, path, path in known or path not in site.staged, ours, emptied)

    if site.staged or stale:
        both = {path: known.get(path, frozenset()) | digests for path, digests in new.items()}
        _write_manifest(output, {**known, **both})
    blocking = {path for path in stale - kept if path in folders or _folders([path]) & new.keys()}
    _prune(output, blocking, ours)
    for path, waiting in sorted(site.staged.items()):
        _make_folders(output, path)
        waiting.replace(output / path)
    _prune(output, stale - kept - blocking, ours)
    _write_manifest(output, new)
    groups = (site.staged.keys(), new.keys() - site.staged.keys(), ours, kept)
    return Published(*(tuple(sorted(paths)) for paths in groups))


def _refuse_links(output: Path, paths: Iterable[str]) -> None:
    """Nothing is written or removed through a link: it leads out of the site."""
    for folder in sorted(_folders(paths)):
        if (output / folder).is_symlink():
            message = f"{output / folder} is a symbolic link, not a folder of the site"
            raise OutputError(message, "remove the link")


def _is_taken(path: Path) -> bool:
    """Whether something that isn't a folder is there."""
    return path.is_symlink() or (path.exists() and not path.is_dir())


def _refuse_obstacles(output: Path, path: str, ours: bool, going: Set[str], emptied: Set[str]) -> None:
    """Refuse to replace what we didn't write, be it a file or a folder with something in it.

    A file of ours may be replaced whatever it holds by now. Stale files `going` and folders `emptied` are
    gone before others come.
    """
    target = output / path
    if _is_taken(target) and not (ours and target.is_file() and not target.is_symlink()):
        raise _in_the_way(target)
    on_the_way = [output / folder for folder in sorted(_folders([path]))]
    inside = sorted(target.rglob("*")) if target.is_dir() else []
    for entry in [each for each in on_the_way if _is_taken(each)] + inside:
        if entry.relative_to(output).as_posix() not in (going if _is_taken(entry) else emptied):
            raise _in_the_way(entry)


def _in_the_way(path: Path) -> OutputError:
    message = f"{path} is in the way and was not written by policygen"
    return OutputError(message, "move it out of the output folder")


def _make_folders(output: Path, path: str) -> None:
    for folder in sorted(_folders([path])):
        if not (output / folder).is_dir():
            _make_folder(output / folder)


def _prune(output: Path, stale: Set[str], ours: Set[str]) -> None:
    """Remove our files that the site no longer has, and the folders they leave empty."""
    for path in sorted(stale):
        if path in ours:
            (output / path).unlink()
        for folder in sorted(_folders([path]), reverse=True):
            with suppress(OSError):  # not empty, or gone
                (output / folder).rmdir()
