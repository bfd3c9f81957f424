"""Where the bundled templates, locales and the like are: inside the installed package, or in a checkout.

A wheel carries them under ``_bundled/``; an editable install has no such folder and reads the checkout's own,
so that an edited template shows in the next build and no stale copy can shadow it.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from policygen.trace.seen import Seen, by_time, digest_of, see

_PACKAGE = Path(__file__).resolve().parent

_PACKAGES = ("babel", "jinja2", "markdown", "markupsafe", "yaml")

ResourceName = Literal["templates", "locales", "requirements", "docs"]


def bundled_folder(name: ResourceName) -> Path:
    """The folder of the templates, locales or pinned versions that belong to this installation."""
    packaged = _PACKAGE / "_bundled" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


def templates_folder() -> Path:
    """The folder of the bundled templates."""
    return bundled_folder("templates")


def requirements_folder() -> Path:
    """The folder of the versions that this policygen was tested with."""
    return bundled_folder("requirements")


def locales_folder() -> Path:
    """The folder of the bundled message catalogues."""
    return bundled_folder("locales")


@cache
def installation() -> tuple[Seen, str]:
    """The files that say whether this is another policygen, or runs on other packages, and a name for them.

    Of an installed one, that is the list of its files; of a checkout, all of them, by their times.
    """
    seen: Seen = {}
    if (_PACKAGE / "_bundled").is_dir():
        seen |= {str(path): see(str(path)) for path in _PACKAGE.parent.glob("policygen-*.dist-info/RECORD")}
    else:
        for part in (_PACKAGE, templates_folder(), locales_folder()):
            seen |= by_time(str(part))
    specs = (find_spec(name) for name in _PACKAGES)
    for folder in sorted({str(Path(spec.origin).parent.parent) for spec in specs if spec and spec.origin}):
        seen[folder] = see(folder)
    return seen, digest_of(seen, "")
