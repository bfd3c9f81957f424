"""What templates become in Python: what Jinja makes of them, with a short way for what they do all the time.

The text of a policy asks facts for fields, says messages, calls macros and prints what it is given thousands
of times. The code that is made here does that on the spot where the type of a value tells that nothing has to
be checked; everything else goes Jinja's way, through the sandbox.
"""

from __future__ import annotations

from keyword import iskeyword
from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Macro
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable


class PlainMacro(Macro):
    """A macro that knows how many values it takes, or that it takes others too (-1)."""

    def __init__(
        self, environment: Any, func: Callable[..., str], name: str, arguments: list[str], *more: bool
    ) -> None:
        super().__init__(environment, func, name, arguments, *more)
        takes_others = self.catch_kwargs or self.catch_varargs or self.caller
        self.arity = -1 if takes_others else len(arguments)

    def printed(self, values: tuple[Any, ...]) -> Markup:
        """What it prints in HTML, given all its values."""
        return Markup(self._func(*values))  # noqa: S704 - its template is escaped


class Generator(CodeGenerator):
    """Makes the code of a template. In that code, `it` is the value in question."""

    def write_commons(self) -> None:
        """What the code of a template and of a block begins with."""
        super().write_commons()
        self.writeline("known, Messages = environment.known, environment.Messages")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - jinja2's name
        """`fact.need`: what values of this type were asked for before is read."""
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write(f"(it.{node.attr} if (type(it := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}) in known else environment.getattr(it, {node.attr!r}))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """`_("Contents")`: a message that needs no values is looked up."""
        match node:
            case nodes.Call(
                node=nodes.Name(name="_") as say, args=[nodes.Const(value=str(text))], kwargs=[],
                dyn_args=None, dyn_kwargs=None,
            ):  # fmt: skip
                self.write(f"(it[{text!r}] if type(it := ")
                self.visit(say, frame)
                self.write(f") is Messages else environment.call(context, it, {text!r}))")
            case _:
                self.write("environment.call(context, ")
                self.visit(node.node, frame)
                # Jinja would pass on the variables of loops and blocks: nothing that we give asks for them.
                self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
                self.write(")")

    def visit_Macro(self, node: nodes.Macro, frame: Frame) -> None:  # noqa: N802 - jinja2's name
        """What a macro takes from the context is looked up where it is defined, not at each of its calls."""
        if frame.toplevel:
            for name in _taken_by(node):
                if frame.symbols.find_ref(name) is None:
                    frame.symbols.load(name)
                    self.writeline(f"{frame.symbols.ref(name)} = {self.get_resolve_func()}({name!r})")
        super().visit_Macro(node, frame)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """The object that a macro is."""
        self.write("environment.")
        super().macro_def(macro_ref, frame)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        """`{{ words }}`: markup is printed as it is, and so is a name, which has no sign to be escaped."""
        if _is_escaped(frame):
            self.write("(it if type(it := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if _is_escaped(frame):
            self.write(") is Markup or type(it) is str and it.isidentifier() else escape(it))")
        else:
            super()._output_child_post(node, frame, finalize)


def _is_escaped(frame: Frame) -> bool:
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


def _taken_by(macro: nodes.Macro) -> list[str]:
    """The names that a macro uses and doesn't make itself."""
    names = list(macro.find_all(nodes.Name))
    made = {name.name for name in names if name.ctx != "load"} | {"caller", "kwargs", "varargs"}
    return sorted({name.name for name in names} - made)
