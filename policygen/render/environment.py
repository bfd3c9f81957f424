"""The Jinja environment: where templates come from, and what they may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.resources import templates_folder

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment


def environment(user_templates: Path | None = None) -> Environment:
    """Templates of a site shadow ours file by file; ours stay reachable as `policygen/<name>`."""
    from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined, select_autoescape
    from jinja2.sandbox import SandboxedEnvironment

    ours = FileSystemLoader(templates_folder())
    own = [FileSystemLoader(user_templates)] if user_templates and user_templates.is_dir() else []
    return SandboxedEnvironment(
        loader=ChoiceLoader([*own, ours, PrefixLoader({"policygen": ours})]),
        autoescape=select_autoescape(["html", "xml"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
