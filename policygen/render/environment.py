"""The Jinja environment: what templates run in, and what they may do."""

from __future__ import annotations

from dataclasses import is_dataclass
from functools import cache
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, select_autoescape
from jinja2.environment import TemplateModule
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from policygen.render.bounds import Clock, multiplied, raised, with_checks
from policygen.render.compiling import Generator, PlainMacro
from policygen.render.later import LazyContext
from policygen.render.messages import Messages

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.runtime import Context

    from policygen.render.templates import Templates

_FUNCTIONS = frozenset({FunctionType, MethodType})


def environment(templates: Templates, clock: Clock) -> SandboxedEnvironment:
    """What templates run in."""
    made = _Environment(
        loader=templates,
        autoescape=select_autoescape(["html", "xml"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.templates = templates
    made.filters |= clock.filters
    del made.globals["lipsum"]  # it is another text in each build, and as long as one likes
    return made


class _Environment(SandboxedEnvironment):
    """A sandbox that knows what most of a template does: ask facts for fields, call macros, say words."""

    context_class = LazyContext
    code_generator_class = Generator
    Macro = PlainMacro
    Messages = Messages
    intercepted_binops = frozenset({"*", "**"})
    templates: Templates

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.known: set[tuple[type, str]] = set()
        """What templates have asked values of ours for, by the type: it needs no check."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The tree of a template; a site's own could go on for ever."""
        tree = super()._parse(source, name, filename)
        return with_checks(tree) if name and self.templates.is_own(name) else tree

    def call_binop(self, _context: Context, operator: str, left: Any, right: Any) -> Any:
        """A multiplication, or a power, that is not too large."""
        return multiplied(left, right) if operator == "*" else raised(left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a value of ours has needs no check, nor what another template defines."""
        kind = type(obj)
        if attribute[0] != "_":
            if names := _names(kind):  # type: ignore[arg-type] # a class is hashable
                if attribute not in names:
                    return self.undefined(obj=obj, name=attribute)
                self.known.add((kind, attribute))
                return getattr(obj, attribute)
            if kind is TemplateModule and attribute in obj.__dict__:
                return obj.__dict__[attribute]
        return super().getattr(obj, attribute)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - jinja2's names
        """Functions of ours and macros need neither a check nor the template's context."""
        kind = type(__obj)
        if kind is PlainMacro:
            is_short = not kwargs and __context.eval_ctx.autoescape
            if is_short and (gap := __obj.arity - len(args)) >= 0:
                return __obj.printed((*args, *[missing] * gap) if gap else args)
            return __obj(__context.eval_ctx, *args, **kwargs)
        if kind is Messages or (kind in _FUNCTIONS and _is_ours(__obj.__module__)):
            return __obj(*args, **kwargs)
        return super().call(__context, __obj, *args, **kwargs)


@cache
def _is_ours(module: str | None) -> bool:
    return module is not None and module.partition(".")[0] == "policygen"


@cache
def _names(kind: type) -> frozenset[str]:
    """What a template may ask a value of this type for, if it is one of ours."""
    if kind is LoopContext:
        return frozenset({*dir(kind), "depth0"})
    is_fact = is_dataclass(kind) and _is_ours(kind.__module__)
    return frozenset(name for name in dir(kind) if name[0] != "_") if is_fact else frozenset()
