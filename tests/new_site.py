"""Files that `init` and `new` write, as tests read them: comments, and settings that aren't in use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from policygen.loading import shapes
from policygen.model.policy import Policy
from policygen.model.site import SiteSettings
from policygen.scaffold.explained import definer, parts

UNUSED = re.compile(r"^(\s*)#(?! \S)(.+)$")
"""A line of a setting that isn't in use."""
_COMMENT = re.compile(r"# \S")
_KEY = re.compile(r"\s*(?:- )?(\w+):")
_IN_LEGEND = re.compile(r"# `(.*)`")


def keys_of_the_model() -> Iterator[tuple[str, str]]:
    """Every key an author can write, with its description, once for each class that has it first."""
    for cls in dict.fromkeys((*parts(Policy), *parts(SiteSettings))):
        for key, shape in shapes(cls).items():
            if definer(cls, key) is cls:
                yield key, shape.doc


def explanations(text: str) -> Iterator[tuple[str, str]]:
    """Every key of a file with the comment that explains it: above it, or below it in the legend."""
    said: list[str] = []
    in_legend: str | None = None
    for line in (*text.splitlines(), ""):
        plain = line.strip()
        while plain.startswith("#") and not _COMMENT.match(plain):
            plain = plain[1:].lstrip()
        if plain.startswith("# `") and (found := _IN_LEGEND.fullmatch(plain)):
            in_legend, said = found[1], []
        elif plain.startswith("# "):
            said.append(plain[2:])
        else:
            if in_legend:
                yield re.findall(r"(\w+): ", in_legend.split("[")[0])[-1], " ".join(said)
                yield from ((key, " ".join(said)) for key in re.findall(r"(\w+): ", in_legend))
            elif found := _KEY.match(plain):
                yield found[1], " ".join(said)
            in_legend, said = None, []


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that isn't in use: the lines it stands on, from 0."""

    name: str
    lines: tuple[int, ...]

    def used_in(self, text: str) -> str:
        """The file with this setting in use."""
        lines = text.splitlines()
        changed = [UNUSED.sub(r"\1\2", line) if i in self.lines else line for i, line in enumerate(lines)]
        return "\n".join(changed) + "\n"


def unused_settings(text: str) -> tuple[Setting, ...]:
    """Every setting of a file that isn't in use, with all that lies inside it."""
    found: list[list[int]] = []
    before = -2
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if match := UNUSED.match(line):
            if number != before + 1 or not match[2].startswith(" "):
                found.append([])
            found[-1].append(number)
            before = number
    return tuple(Setting(lines[each[0]].strip(" #"), tuple(each)) for each in found)


def write(folder: Path, files: dict[str, bytes]) -> Path:
    """The files in a folder."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder
