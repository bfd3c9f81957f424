"""The templates of one build: every file is read once, so that all pages come from one state of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, Environment, FileSystemBytecodeCache, Template, TemplateNotFound

from policygen.memory import Memory, digest
from policygen.resources import templates_folder
from policygen.stash import place

_File = tuple[Path, bytes]


class Templates(BaseLoader):
    """A site's templates shadow ours file by file; ours stay reachable as `policygen/<name>`.

    `own` are the names of the site's templates, sorted; `source` is one name for the state of all of them.
    """

    def __init__(self, own: Path | None, memory: Memory) -> None:
        ours = dict(_read(templates_folder()))
        mine = dict(_read(own)) if own else {}
        self._files: dict[str, _File] = {f"policygen/{name}": file for name, file in ours.items()}
        self._files |= ours | mine
        self._memory = memory
        self.own = tuple(sorted(mine))
        self.source = digest(*(part for name in sorted(self._files) for part in (name, self._files[name][1])))

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """Jinja's way to a template. Compiling takes longer than all the rest: it is done once."""
        # Jinja's own loaders ignore these parts of a name, too.
        file = self._files.get("/".join(part for part in name.split("/") if part not in {"", "."}))
        if file is None:
            raise TemplateNotFound(name)
        path, raw = str(file[0]), file[1]
        key = ("template", name, path, digest(raw))
        code = self._memory.recall(key, lambda: _compiled(environment, raw.decode(), name, path))
        return environment.template_class.from_code(environment, code, globals or {}, lambda: True)


def _compiled(environment: Environment, source: str, name: str, path: str) -> CodeType:
    """A template's code. Jinja's keys know neither its own version nor the environment's options: ours do."""
    here = place()
    if here is None:
        return environment.compile(source, name, path)
    with suppress(OSError):
        cache = FileSystemBytecodeCache(str(here))
        bucket = cache.get_bucket(environment, name, path, source)
        if bucket.code is None:
            bucket.code = environment.compile(source, name, path)
            cache.set_bucket(bucket)
        return bucket.code
    return environment.compile(source, name, path)


def _read(folder: Path) -> Iterator[tuple[str, _File]]:
    for root, _, names in os.walk(folder, followlinks=True):
        for name in names:
            file = Path(root, name)
            # An editor's lock is a link that leads nowhere.
            if file.is_file():
                yield file.relative_to(folder).as_posix(), (file, file.read_bytes())
