"""Files that wait next to the site, where nothing sees them, until the last one is rendered and checked."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from policygen.output.faults import OutputError, saying
from policygen.output.folder import make_folder
from policygen.output.paths import STAGE, checked, file_digest, is_taken


@dataclass(frozen=True, slots=True)
class Stage:
    """The stage of one build. Several processes can fill it: a file waits under a name made from its path."""

    output: Path

    @property
    def folder(self) -> Path:
        """Where the files wait."""
        return self.output / STAGE

    def add(self, path: str, content: bytes) -> str:
        """Have a file wait, unless the published one is the same. Returns its digest."""
        digest = hashlib.sha256(content).hexdigest()
        with saying(self.output / checked(path)):
            if file_digest(self.output / path) != digest:
                self.write(self.waiting(path), content)
        return digest

    def waiting(self, path: str) -> Path:
        """Where a file waits."""
        return self.folder / hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()

    def write(self, waiting: Path, content: bytes) -> None:
        """Write a file. Of two with one path, which only a site with errors has, one is left."""
        if not self.folder.exists():
            with suppress(FileExistsError):  # another process was faster
                make_folder(self.folder, 0o700)
        with waiting.open("wb") as file:
            file.write(content)
        waiting.chmod(0o644)

    def clear(self) -> None:
        """Remove the stage."""
        if is_taken(self.folder):  # a pipe, too: to remove it as a folder would be to wait for ever
            raise OutputError(f"{self.folder} is in the way", "remove it")
        if self.folder.exists():
            shutil.rmtree(self.folder)
