"""Reads what git has kept: which revision is published, and which files it holds.

Asked through the `git` command, whose storage is its own affair. Nothing is written, no hook runs, and
neither a revision's name nor what a hook has put into the environment turns a question into another one.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

_SECONDS = 60
"""How long git may take; it hangs only where a file system or a promised download does."""
_KEPT = ("GIT_CONFIG_", "GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
"""Of git's variables, those that say how to find it and its settings. Others, which hooks have set, would
make it look into another repository, another index or at other objects."""
_PARAMETERS = frozenset({"GIT_CONFIG_PARAMETERS"})
_OURS = {
    "LC_ALL": "C",
    "GIT_NO_REPLACE_OBJECTS": "1",  # or anybody could show us other texts than those that were published
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_REGULAR = frozenset({"100644", "100755"})


class GitError(Exception):
    """Git can't be asked, or has no answer: one line, and what would help."""

    def __init__(self, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = remedy


class _Entry(NamedTuple):
    path: str
    object: str


def is_repository(root: Path) -> bool:
    """Whether a folder lies in a git repository.

    A repository that can't be read is an error, not a no: what is published there would count as a draft.
    """
    try:
        run = _run(root, "rev-parse", "--git-dir")
    except GitError:
        if any((folder / ".git").exists() for folder in (root.absolute(), *root.absolute().parents)):
            raise
        return False
    if run.returncode and "not a git repository (or any" not in _said(run):
        raise _failure(root, run)
    return run.returncode == 0


def files_at(root: Path, ref: str, folder: str) -> Mapping[str, bytes]:
    """Every regular file below `folder` at a revision; it and the answer's paths are relative to `root`."""
    if PurePosixPath(folder).is_absolute() or set(folder.split("/")) & {"", ".", ".."}:
        raise ValueError(f"not a folder below the root: {folder!r}")
    commit = _commit(root, ref)
    # A literal name, and not a path from the top of the repository: `root` may be a folder inside it.
    listing = _ask(root, "ls-tree", "-r", "-z", "--", commit, folder)
    entries = [each for each in _entries(listing) if each.path.startswith(f"{folder}/")]
    return dict(_contents(root, ref, entries))


def published_ref(root: Path) -> str | None:
    """The revision that counts as published: what is in it can't be amended any more. None before any commit.

    That is the default branch of `origin`, as last fetched or pushed: what others can have read, and what
    sites are deployed from. `origin/HEAD` names it in a clone; a repository that was pushed rather than
    cloned has no such reference, so the two usual names come next, then whatever the current branch follows.
    Where no remote is known every commit counts, because nobody can tell what has been copied out of it.
    """
    if not is_repository(root):
        return None
    for ref in ("refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/master"):
        if _resolved(root, ref):
            return ref
    upstream = _run(root, "rev-parse", "--verify", "--quiet", "--symbolic-full-name", "@{upstream}")
    if upstream.returncode == 0 and _resolved(root, name := _text(upstream.stdout)):
        return name
    if _resolved(root, "HEAD"):
        return "HEAD"
    if _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", "HEAD").returncode == 0:
        raise GitError("this repository lacks the commit that HEAD names", "see what `git fsck` says")
    return None


# --- what is asked


def _commit(root: Path, ref: str) -> str:
    """The commit that a revision names, so that no later question depends on how somebody writes it."""
    if not is_repository(root):
        raise GitError(f"{root} is not in a git repository", "run this in the repository of the site")
    if found := _resolved(root, ref):
        return found
    if _text(_ask(root, "rev-parse", "--is-shallow-repository")) == "true":
        message = f"this clone has no revision `{ref}`, and it doesn't have the whole history"
        raise GitError(message, "fetch the rest with `git fetch --unshallow`, in CI with a fetch depth of 0")
    raise GitError(f"there is no revision `{ref}` in this repository", "fetch it, or see `git log --all`")


def _resolved(root: Path, ref: str) -> str | None:
    """The commit that a revision names, or None; what could be read as an option names none."""
    if ref[:1] in {"", "-"} or "\0" in ref:
        return None
    run = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    return _text(run.stdout) if run.returncode == 0 else None


def _entries(listing: bytes) -> Iterator[_Entry]:
    """The regular files of a listing: `<mode> <type> <object>` TAB `<path>` NUL, names as they are."""
    for line in listing.split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        mode, _, name = facts.decode().split(" ")
        if mode in _REGULAR:
            yield _Entry(os.fsdecode(path), name)


def _contents(root: Path, ref: str, entries: Iterable[_Entry]) -> Iterator[tuple[str, bytes]]:
    """The bytes of each file, in one go: `<object> blob <size>` LF `<bytes>` LF, in the order asked."""
    entries = tuple(entries)
    answer = _ask(root, "cat-file", "--batch", given="".join(f"{each.object}\n" for each in entries).encode())
    at = 0
    for entry in entries:
        head, body = answer[at : answer.find(b"\n", at)], answer.find(b"\n", at) + 1
        if not head.startswith(f"{entry.object} blob ".encode()):
            raise GitError(f"this repository lacks {entry.path} of `{ref}`", "see what `git fsck` says")
        at = body + int(head.split(b" ")[2]) + 1
        yield entry.path, answer[body : at - 1]


# --- how it is asked


def _ask(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    run = _run(root, *arguments, given=given)
    if run.returncode:
        raise _failure(root, run)
    return run.stdout


def _run(root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    line = ("git", "--no-pager", "--literal-pathspecs", "-C", str(root), *arguments)
    try:
        return subprocess.run(
            line, input=given, capture_output=True, env=_environment(), check=False, timeout=_SECONDS
        )
    except FileNotFoundError:
        raise GitError("the command `git` is not installed", "install git") from None
    except OSError as error:
        raise GitError(f"the command `git` can't be run: {(error.strerror or str(error)).lower()}") from error
    except subprocess.TimeoutExpired:
        raise GitError(f"git has not answered in {_SECONDS} seconds") from None


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if _is_kept(name)}
    return kept | _OURS


def _is_kept(name: str) -> bool:
    return not name.startswith("GIT_") or (name.startswith(_KEPT) and name not in _PARAMETERS)


def _failure(root: Path, run: subprocess.CompletedProcess[bytes]) -> GitError:
    """What git says, in one line."""
    said = _said(run).split("\n", 1)[0].removeprefix("fatal: ").strip()
    trust = f"if you trust that folder: `git config --global --add safe.directory {root.absolute()}`"
    return GitError(f"git can't read {root}: {said}", trust if "dubious ownership" in said else None)


def _said(run: subprocess.CompletedProcess[bytes]) -> str:
    return os.fsdecode(run.stderr)


def _text(answer: bytes) -> str:
    return os.fsdecode(answer).removesuffix("\n")
