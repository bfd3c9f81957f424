"""Puts releases and new files into content/: the only module that writes there.

A release is kept for ever, so a half one must never be seen. Its folder is filled under a hidden name and
renamed when every byte of it is on the disk: whenever a run is killed, there is the whole folder or none.
Hidden names in a folder of releases are ours and mean nothing to readers; the next run clears them away.

```
.<name>.policygen-new     a folder or a file that is being written
.<name>.policygen-aside   a folder about to be replaced by one of its name; it comes back if none has come
.<name>.policygen-gone    a folder that has been replaced and is being removed
```
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path

_NEW, _ASIDE, _GONE = "policygen-new", "policygen-aside", "policygen-gone"
_HIDDEN = re.compile(rf"\.(?P<name>.+)\.(?P<state>{_NEW}|{_ASIDE}|{_GONE})", re.DOTALL)


class ContentError(Exception):
    """A refusal, or a machine that doesn't do what it should: one line, and what would help."""

    def __init__(self, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = remedy


def write_folder(folder: Path, files: Mapping[str, bytes], *, replacing: Path | None = None) -> None:
    """Create the release `folder`, content/<service>/releases/<id>, with exactly these files.

    `replacing` is the release whose place it takes. If that has another name, it goes after the new one has
    come, and a kill between the two leaves both. If it has the same name, a kill between the two leaves none
    to be seen, and the old one comes back with the next run or with `recover`.
    """
    _check_names(folder, files, replacing)
    releases = folder.parent
    with _alone(releases.parent), _saying(folder):
        _refuse_links([folder, *([replacing] if replacing else [])])
        _make_releases(releases)
        _settle(releases)
        _refuse_taken(folder, replacing)
        try:
            _fill(_hidden(folder, _NEW), files)
            _move_in(folder, replacing)
        finally:
            with suppress(OSError):
                _settle(releases)
            with suppress(OSError):  # not empty, as it should be
                releases.rmdir()


def rewrite(files: Mapping[Path, bytes]) -> None:
    """Give files of releases, content/<service>/releases/<id>/<name>, other bytes, in the order given.

    Each file is the old or the new one, whole, at any moment; they don't change together. Killed half way, a
    run leaves the first of them new and the others old: the chain is then broken where the two meet, which
    reading it reports, and doing the same once more mends it.
    """
    with ExitStack() as locks:
        for releases in sorted({path.parents[1] for path in files}):
            locks.enter_context(_saying(releases))
            _refuse_links([releases])
            locks.enter_context(_alone(releases.parent))
            _settle(releases)
        for path in files:
            _refuse_irregular(path)
        try:
            for path, content in files.items():
                _write(_hidden(path, _NEW), content)
            for path in files:
                _hidden(path, _NEW).replace(path)
                _sync_folder(path.parent)
        finally:
            for path in files:
                with suppress(OSError):
                    _hidden(path, _NEW).unlink(missing_ok=True)


def create_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Create files below `root` by their POSIX paths, all of them or none; none that is there is touched.

    They are written to a hidden folder first, and linked to their names when the last of them is on the disk.
    A run that is stopped takes back what it has linked. Only a kill between two links leaves some of them.
    """
    _check_paths(files)
    made: list[Path] = []
    try:
        with _saying(root):
            _make_folders(root, made)
            refuse_present(root, files)
            with _alone(root):
                _link_all(root, files, made)
    except BaseException:
        for path in reversed(made):
            with suppress(OSError):  # a folder that somebody else has put something into
                path.rmdir() if path.is_dir() else path.unlink()
        raise


def recover(releases: Path) -> None:
    """Bring back what a killed run has set aside, and clear away the rest it has left.

    Whoever goes by what is in the folder when deciding what to write there calls this first.
    """
    with _saying(releases):
        if releases.is_dir() and _is_unsettled(releases):
            _refuse_links([releases])
            with _alone(releases.parent):
                _settle(releases)


# --- what is refused


def _check_names(folder: Path, files: Iterable[str], replacing: Path | None) -> None:
    """Stop at a bug: names that could lead out of the folder, or that readers wouldn't see."""
    for name in (folder.name, *files):
        if name[:1] in {"", "."} or set(name) & {"/", "\\", "\0", ":"}:
            raise ValueError(f"not a plain name: {name!r}")
    if replacing is not None and replacing.parent != folder.parent:
        raise ValueError(f"not a release of the same service: {replacing}")


def _refuse_links(paths: Iterable[Path]) -> None:
    """Nothing is written through a link, be it the path itself or one of the two folders above it."""
    for path in paths:
        for folder in (path, *path.parents[:2]):
            if folder.is_symlink():
                raise ContentError(f"{folder} is a symbolic link", "put the folder itself in its place")


def _check_paths(files: Iterable[str]) -> None:
    """Stop at a bug: paths that lead out of the folder."""
    for path in files:
        if {"", ".", ".."} & set(path.split("/")) or set(path) & {"\\", "\0", ":"}:
            raise ValueError(f"not a path below a folder: {path!r}")


def refuse_present(root: Path, files: Iterable[str]) -> None:
    """Refuse to write where something is, or through a link or a file on the way."""
    present = [path for path in sorted(files) if os.path.lexists(root / path)]
    if present:
        shown = ", ".join(present[:3]) + (f" and {len(present) - 3} more" if len(present) > 3 else "")
        message = f"{root} has files of these names already: {shown}"
        raise ContentError(message, "nothing is ever overwritten: move them away, or name another folder")
    for folder in sorted({root / above for path in files for above in Path(path).parents} - {root}):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise ContentError(f"{folder} is not a folder", "move it away, or name another folder")


def _refuse_taken(folder: Path, replacing: Path | None) -> None:
    if replacing is not None and not replacing.is_dir():
        raise ContentError(f"there is no folder {replacing} to replace", "see which releases there are")
    if os.path.lexists(folder) and folder != replacing:
        raise ContentError(f"{folder} exists already", "a release is never overwritten: see what is there")


def _refuse_irregular(path: Path) -> None:
    _refuse_links([path.parent, path])
    if not path.is_file():
        raise ContentError(f"there is no file {path} to rewrite", "see which releases there are")


# --- how it is written


def _make_releases(releases: Path) -> None:
    """Create the folder of all releases with the first one; the service's own is there already."""
    if not releases.exists():
        _make_folder(releases)
        _sync_folder(releases.parent)


def _make_folder(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o755)  # mkdir's own mode is cut by the umask


def _link_all(root: Path, files: Mapping[str, bytes], made: list[Path]) -> None:
    """Create the files; what has been made so far stands in `made`, the newest last."""
    stage = _hidden(root / "files", _NEW)
    if os.path.lexists(stage):
        _remove(stage)  # a killed run's
    _make_folder(stage)
    try:
        for number, content in enumerate(files.values()):
            _write(stage / str(number), content)
        for number, path in enumerate(files):
            target = root / path
            _make_folders(target.parent, made)
            made.append(target)
            _link(stage / str(number), target, made)
            _sync_folder(target.parent)
    finally:
        _remove(stage)


def _make_folders(folder: Path, made: list[Path]) -> None:
    """Create a folder, and those above it that are missing."""
    for missing in [each for each in reversed((folder, *folder.parents)) if not each.exists()]:
        made.append(missing)
        _make_folder(missing)


def _link(waiting: Path, target: Path, made: list[Path]) -> None:
    """Give a file its name, unless somebody has it by now: then it is not ours to take back."""
    try:
        os.link(waiting, target)
    except FileExistsError:
        made.remove(target)
        raise
    except OSError:  # a file system without hard links
        with target.open("xb") as file:
            file.write(waiting.read_bytes())


def _fill(stage: Path, files: Mapping[str, bytes]) -> None:
    _make_folder(stage)
    for name, content in files.items():
        _write(stage / name, content)
    _sync_folder(stage)


def _write(path: Path, content: bytes) -> None:
    """Write a new file and wait until the disk has it: a rename is only as safe as what it renames."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o644)


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems can't do this with folders
            raise
    finally:
        os.close(opened)


def _move_in(folder: Path, replacing: Path | None) -> None:
    if replacing == folder:
        folder.rename(_hidden(folder, _ASIDE))
    _hidden(folder, _NEW).rename(folder)
    _sync_folder(folder.parent)
    if replacing is not None and replacing != folder:
        replacing.rename(_hidden(replacing, _GONE))
        _sync_folder(folder.parent)


def _hidden(path: Path, state: str) -> Path:
    return path.with_name(f".{path.name}.{state}")


def _settle(releases: Path) -> None:
    """Undo what a run has begun and not finished, and finish what it has decided."""
    for entry in sorted(releases.iterdir()):
        match = _HIDDEN.fullmatch(entry.name)
        if match is None:
            _settle_files(entry)
        elif match["state"] == _ASIDE and not os.path.lexists(releases / match["name"]):
            entry.rename(releases / match["name"])
            _sync_folder(releases)
        else:
            _remove(entry)


def _is_unsettled(releases: Path) -> bool:
    """Whether a run has left something; a reader's check, without a lock."""
    inside = (entry.iterdir() for entry in releases.iterdir() if entry.is_dir())
    return any(_HIDDEN.fullmatch(entry.name) for entry in chain(releases.iterdir(), *inside))


def _settle_files(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        for entry in folder.iterdir():
            if _HIDDEN.fullmatch(entry.name):
                _remove(entry)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


# --- who may write, and what the system says


@contextmanager
def _alone(service: Path) -> Iterator[None]:
    """Keep a second run out of the service, where the system can lock folders."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with _saying(service):
        folder = os.open(service, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(folder)
        message = f"another run of policygen is writing to {service}"
        raise ContentError(message, "wait until it is done") from None
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
        raise ContentError(f"can't write {where}: {reason}", _remedy(error)) from error


def _remedy(error: OSError) -> str | None:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "make room on the disk, then run this again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "make the folder writable"
    return None
