"""From the stage into the site: first every check, then every change, one whole file at a time.

While files move, the manifest names the old ones and the new ones: whenever a build is killed, the next one
knows what to prune.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from policygen.output.faults import OutputError
from policygen.output.folder import make_folder
from policygen.output.manifest import Known, manifest_text
from policygen.output.paths import MANIFEST, file_digest, folders_of, is_taken
from policygen.output.stage import Stage


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


def move_in(stage: Stage, known: Known, digests: Mapping[str, str], settled: Collection[str]) -> Published:
    """Make the folder hold exactly the files with these digests, of all that policygen ever wrote there.

    `known` is its manifest. `settled` are files that have been found there as they should be; nothing waits
    for them.
    """
    output = stage.output
    waiting = {path: stage.waiting(path) for path in digests.keys() - set(settled)}
    staged = {path: file for path, file in waiting.items() if file.exists()}
    new = {path: frozenset([digest]) for path, digest in digests.items()}
    stale = known.keys() - new.keys()
    folders, emptied = folders_of(new), folders_of(stale)
    if clash := folders & new.keys():
        raise ValueError(f"both a file and a folder: {min(clash)!r}")
    _refuse_links(output, {*stale, *waiting})
    ours = {path for path in stale if file_digest(output / path) in known[path]}
    kept = {path for path in stale - ours if is_taken(output / path)}
    for path in sorted(waiting):
        _refuse_obstacles(output, path, path in known or path not in staged, ours, emptied)

    if staged or stale:
        both = {path: known.get(path, frozenset()) | digest for path, digest in new.items()}
        _write_manifest(stage, {**known, **both})
    blocking = {path for path in stale - kept if path in folders or folders_of([path]) & new.keys()}
    _prune(output, blocking, ours)
    for path, file in sorted(staged.items()):
        _make_folders(output, path)
        file.replace(output / path)
    _prune(output, stale - kept - blocking, ours)
    if staged or stale or known != new or not (output / MANIFEST).exists():
        _write_manifest(stage, new)
    groups = (staged.keys(), new.keys() - staged.keys(), ours, kept)
    return Published(*(tuple(sorted(paths)) for paths in groups))


def _write_manifest(stage: Stage, known: Known) -> None:
    manifest, text = stage.output / MANIFEST, manifest_text(known)
    if not manifest.exists() or manifest.read_bytes() != text:
        stage.write(stage.folder / MANIFEST, text)
        (stage.folder / MANIFEST).replace(manifest)


def _refuse_links(output: Path, paths: Iterable[str]) -> None:
    """Nothing is written or removed through a link: it leads out of the site."""
    for folder in sorted(folders_of(paths)):
        if (output / folder).is_symlink():
            message = f"{output / folder} is a symbolic link, not a folder of the site"
            raise OutputError(message, "remove the link")


def _refuse_obstacles(output: Path, path: str, ours: bool, going: Set[str], emptied: Set[str]) -> None:
    """Refuse to replace what we didn't write, be it a file or a folder with something in it.

    A file of ours may be replaced whatever it holds by now. Stale files `going` and folders `emptied` are
    gone before others come.
    """
    target = output / path
    if is_taken(target) and not (ours and target.is_file() and not target.is_symlink()):
        raise _in_the_way(target)
    on_the_way = [output / folder for folder in sorted(folders_of([path]))]
    inside = sorted(target.rglob("*")) if target.is_dir() else []
    for entry in [each for each in on_the_way if is_taken(each)] + inside:
        if entry.relative_to(output).as_posix() not in (going if is_taken(entry) else emptied):
            raise _in_the_way(entry)


def _in_the_way(path: Path) -> OutputError:
    message = f"{path} is in the way and was not written by policygen"
    return OutputError(message, "move it out of the output folder")


def _make_folders(output: Path, path: str) -> None:
    for folder in sorted(folders_of([path])):
        if not (output / folder).is_dir():
            make_folder(output / folder)


def _prune(output: Path, stale: Set[str], ours: Set[str]) -> None:
    """Remove our files that the site no longer has, and the folders they leave empty."""
    for path in sorted(stale):
        if path in ours:
            (output / path).unlink()
        for folder in sorted(folders_of([path]), reverse=True):
            with suppress(OSError):  # not empty, or gone
                (output / folder).rmdir()
