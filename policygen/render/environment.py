"""The Jinja environment: what templates run in, and what they may do."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from types import MethodType
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, select_autoescape
from jinja2.sandbox import SandboxedEnvironment

from policygen.language import Language
from policygen.render.later import LazyContext
from policygen.render.voice import Facts, Voice

if TYPE_CHECKING:
    from jinja2.runtime import Context

    from policygen.render.templates import Templates

_SPEAKERS = frozenset({Facts, Language, Voice})


def environment(templates: Templates) -> SandboxedEnvironment:
    """What templates run in."""
    return _Environment(
        loader=templates,
        autoescape=select_autoescape(["html", "xml"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


class _Environment(SandboxedEnvironment):
    """A sandbox that knows what most of a template does: ask a fact for a field, and a voice for words."""

    context_class = LazyContext

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a value of ours needs no check."""
        if attribute in _fields(type(obj)):  # type: ignore[arg-type] # a class is hashable
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - jinja2's names
        """Words need neither a check nor the template's context."""
        if type(__obj) is MethodType and type(__obj.__self__) in _SPEAKERS:
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            return __obj(*args, **kwargs)
        return super().call(__context, __obj, *args, **kwargs)


@cache
def _fields(kind: type) -> frozenset[str]:
    if not is_dataclass(kind) or kind.__module__.partition(".")[0] != "policygen":
        return frozenset()
    return frozenset(part.name for part in fields(kind) if part.name[0] != "_")
