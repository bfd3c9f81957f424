"""Puts a finished site into its folder: the only package that writes there.

A published policy must never be half there, and a build must never harm a file it didn't make. So a
manifest in the folder names what policygen wrote; new files wait in a stage until the last of them is
rendered and checked, and only then are they moved in, one whole file at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from policygen.output.faults import OutputError, saying
from policygen.output.folder import locked, made_if_missing, refuse_precious
from policygen.output.manifest import Known, read_manifest
from policygen.output.moving import Published, move_in
from policygen.output.paths import MANIFEST, STAGE
from policygen.output.stage import Stage

__all__ = ["MANIFEST", "STAGE", "Output", "OutputError", "Published", "opened"]


@dataclass(frozen=True, slots=True)
class Output:
    """An output folder that is ours for the time being."""

    stage: Stage
    known: Known

    def move_in(self, digests: Mapping[str, str], settled: Collection[str] = ()) -> Published:
        """Make the folder hold exactly these files, by their digests, of all that policygen ever wrote there.

        Each of them waits on the stage, or is in its place already; `settled` are those that have been found
        there as they should be.
        """
        remedy = "mend that, then build again: until then some files are new, and others old"
        with saying(self.stage.output, remedy):
            return move_in(self.stage, self.known, digests, settled)


@contextmanager
def opened(output: Path, forbidden: Collection[Path] = ()) -> Iterator[Output]:
    """Take hold of an output folder. Until `move_in` is called, nothing in it changes but the stage.

    `forbidden` are folders that must neither be the output, nor lie in it, nor hold it.
    """
    refuse_precious(output, forbidden)
    with made_if_missing(output), locked(output):
        known, stage = read_manifest(output), Stage(output)
        try:
            with saying(output):
                stage.clear()
            yield Output(stage, known)
        finally:
            with suppress(OSError, OutputError):
                stage.clear()
