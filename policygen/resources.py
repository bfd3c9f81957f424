"""Where the bundled templates, locales and the like are: inside the installed package, or in a checkout.

A wheel carries them under ``_bundled/``; an editable install has no such folder and reads the checkout's own,
so that an edited template shows in the next build and no stale copy can shadow it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent

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
