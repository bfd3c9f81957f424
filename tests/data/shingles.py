"""Fingerprints of every run of eight words of a text, and the script that takes them of the source policies.

The published policies themselves don't belong to this project, so the tests compare the pages with truncated
hashes of their runs of words: enough to notice a copied run, not enough to read the policies.

    python -m tests.data.shingles FOLDER    writes tests/data/source-shingles.txt from FOLDER/*.txt
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

FILE = Path(__file__).with_name("source-shingles.txt")
LENGTH = 8
_APOSTROPHES = re.compile(r"['’‘]")
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text as they are compared: small letters, no punctuation, "don't" as one word."""
    return _WORD.findall(_APOSTROPHES.sub("", unicodedata.normalize("NFC", text).lower()))


def runs(text: str) -> Iterator[str]:
    """Every run of eight words of a text."""
    found = words(text)
    for start in range(len(found) - LENGTH + 1):
        yield " ".join(found[start : start + LENGTH])


def shingle(run: str) -> str:
    """The fingerprint of a run of words."""
    return hashlib.sha256(run.encode("utf-8")).hexdigest()[:12]


def shingles(text: str) -> frozenset[str]:
    """The fingerprints of every run of eight words of a text."""
    return frozenset(map(shingle, runs(text)))


def _write(sources: Path) -> None:
    found: set[str] = set()
    for source in sorted(sources.glob("*.txt")):
        found |= shingles(source.read_text(encoding="utf-8"))
    FILE.write_text("".join(f"{each}\n" for each in sorted(found)), encoding="utf-8")


if __name__ == "__main__":
    _write(Path(sys.argv[1]))
