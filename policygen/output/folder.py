"""Which folder may be written to, and by whom: one build at a time, and never one whose loss would hurt."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from policygen.output.faults import OutputError, saying


def refuse_precious(output: Path, forbidden: Collection[Path]) -> None:
    """Refuse a folder whose loss would hurt, before anything is looked at inside it."""
    with saying(output):
        if output.is_symlink():
            remedy = "name the folder that the link points to"
            raise OutputError(f"the output folder {output} is a symbolic link", remedy)
        real = _real(output)
        if real.exists() and not real.is_dir():
            raise OutputError(f"the output folder {output} is a file", "name another folder")
        precious = {Path(real.anchor): "the root of the file system"}
        with suppress(RuntimeError):  # nobody's home
            precious[_real(Path.home())] = "the home folder"
        precious |= {_real(folder): str(folder) for folder in forbidden}
    for folder, name in precious.items():
        if real == folder or real in folder.parents:
            relation = "is" if real == folder else "contains"
            raise OutputError(f"the output folder {output} {relation} {name}", "name a folder of its own")
    for folder in forbidden:
        if _real(folder) in real.parents:
            raise OutputError(f"the output folder {output} lies inside {folder}", "name a folder of its own")


def _real(path: Path) -> Path:
    """Where a path leads. `Path.resolve` raises at a link that leads to itself."""
    return Path(os.path.realpath(path))


@contextmanager
def made_if_missing(output: Path) -> Iterator[None]:
    """Create the folder, and take it away again if nothing comes into it."""
    with saying(output):
        missing = [folder for folder in (output, *output.parents) if not folder.exists()]
    try:
        with saying(output):
            for folder in reversed(missing):
                make_folder(folder)
        yield
    finally:
        for folder in missing:
            with suppress(OSError):  # something came into it
                folder.rmdir()


def make_folder(folder: Path, mode: int = 0o755) -> None:
    """Make a folder with that very mode."""
    folder.mkdir()
    folder.chmod(mode)  # mkdir's own mode is cut by the umask


@contextmanager
def locked(output: Path) -> Iterator[None]:
    """Keep a second build out of the folder, where the system can lock folders."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with saying(output):
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
