"""The templates of one build: every file is read once, so that all pages come from one state of them."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator, MutableMapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, Template, TemplateNotFound

from policygen.diagnostics import Diagnostic, first
from policygen.memory import Memory, digest
from policygen.render.bounds import LARGEST, TooMuch
from policygen.render.faults import is_template
from policygen.resources import templates_folder
from policygen.source import deceptive
from policygen.stash import compiled
from policygen.trace.links import below

_File = tuple[Path, bytes]


class Templates(BaseLoader):
    """A site's templates shadow ours file by file; ours stay reachable as `policygen/<name>`.

    `own` are the names of the site's templates, sorted, `altered` those that are no copies, `ours` the names
    of ours; `source` is one name for the state of all of them.
    """

    def __init__(self, own: Path | None, memory: Memory) -> None:
        ours = dict(_read(templates_folder(), Path("/")))
        mine = dict(_read(own, own.parent)) if own else {}
        self._files: dict[str, _File] = {f"policygen/{name}": file for name, file in ours.items()}
        self._files |= ours | mine
        self._memory = memory
        self.own = tuple(sorted(mine))
        self.altered = tuple(name for name in self.own if name not in ours or mine[name][1] != ours[name][1])
        self.ours = frozenset(ours)
        self.source = digest(*(part for name in sorted(self._files) for part in (name, self._files[name][1])))

    def is_own(self, name: str) -> bool:
        """Whether a template is the site's, and no copy of ours."""
        return plain(name) in self.altered

    def deceits(self) -> Iterator[Diagnostic]:
        """Where the site's own templates aren't what they look like."""
        for name in filter(is_template, self.own):
            yield from first(deceptive(_text(self._files[name][1], errors="ignore"), f"templates/{name}"))

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """Jinja's way to a template. Compiling takes longer than all the rest: it is done once."""
        file = self._file(name)
        path, raw = str(file[0]), file[1]
        if len(raw) > LARGEST:
            raise TooMuch(f"the file has more than {LARGEST:,} bytes")
        key = ("template", name, path, digest(raw))
        # Jinja's own cache believes whatever stands in it, and doesn't know the environment's options.
        make = partial(environment.compile, _text(raw), name, path)
        code = self._memory.recall(key, lambda: compiled(digest(*key[1:]), make))
        return environment.template_class.from_code(environment, code, globals or {}, lambda: True)

    def text(self, name: str) -> str:
        """What stands in a template. Raises what reading it raises."""
        return _text(self._file(name)[1])

    def _file(self, name: str) -> _File:
        file = self._files.get(plain(name))
        if file is None:
            raise TemplateNotFound(name)
        return file


def _text(raw: bytes, errors: str = "strict") -> str:
    return raw.removeprefix(BOM_UTF8).decode(errors=errors)


def plain(name: str) -> str:
    """A template's name without the parts that Jinja's own loaders ignore, too."""
    return "/".join(part for part in name.split("/") if part not in {"", "."})


def _read(folder: Path, root: Path) -> Iterator[tuple[str, _File]]:
    for path, stray in below(str(folder), str(root)):
        file = Path(path)
        # A stray link is a finding of its own, or an editor's lock.
        if not stray and file.is_file():
            with file.open("rb") as opened:
                # A byte more than is allowed says that there are too many.
                yield file.relative_to(folder).as_posix(), (file, opened.read(LARGEST + 1))
