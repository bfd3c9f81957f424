"""What a site's own templates and catalogues hold and nothing shows: most often, a name is misspelt.

To Jinja these are no errors: a block that no parent has, a file that nobody asks for, a message that no
template says. Where a name is put together while a page is rendered, nobody can tell what it will be: then
nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from jinja2 import Environment, TemplateError, nodes

from policygen.diagnostics import Diagnostic, Place, Position, Severity, did_you_mean
from policygen.language import Language
from policygen.memory import digest
from policygen.render.faults import TEMPLATES
from policygen.render.templates import Templates, plain
from policygen.stash import kept

_SAYS = {"_": 0, "say": 0, "ngettext": 0, "count": 0, "pgettext": 1, "say_as": 1}
"""What says a message, and which of its arguments that is; the one before it is the context."""
_ASKS_FOR_SECTIONS = "policygen/policy/article.html"
"""The one of ours that puts names of templates together: it asks for none but ours."""
_ANY = "*"
"""Stands for every context."""


@dataclass(frozen=True, slots=True)
class _Unused:
    """What is wrong with a site's own templates, and the messages that they may ask for.

    `texts` are all texts in them: each may be a message. In the contexts of `open`, any message may be.
    """

    findings: tuple[Diagnostic, ...] = ()
    texts: frozenset[str] = frozenset()
    open: frozenset[str | None] = frozenset()

    def may_say(self, context: str | None, message: str) -> bool:
        """Whether a template of the site may ask for a message."""
        if {context, _ANY} & self.open:
            return True
        return message in self.texts and (context is None or context in self.texts)


def find_unused(
    environment: Environment, templates: Templates, languages: Iterable[Language]
) -> Iterator[Diagnostic]:
    """What nothing shows: blocks, templates and messages of the site's own."""
    unused = _Unused()
    if templates.altered:
        # Reading templates takes longer than rendering with what was compiled before.
        name = digest("unused", templates.source)
        unused = kept(name, _Unused, lambda: _look(_Trees(environment, templates), templates))
    yield from unused.findings
    for language in languages:
        yield from (finding for key, finding in language.unknown if not unused.may_say(*key))


class _Trees:
    """Templates as Jinja reads them, each once; None for what is no template, or isn't there."""

    def __init__(self, environment: Environment, templates: Templates) -> None:
        self._environment, self._templates = environment, templates
        self._read: dict[str, nodes.Template | None] = {}

    def of(self, name: str) -> nodes.Template | None:
        """A template."""
        if name not in self._read:
            try:
                self._read[name] = self._environment.parse(self._templates.text(name), name)
            except (TemplateError, ValueError, RecursionError):
                self._read[name] = None
        return self._read[name]

    def parents(self, tree: nodes.Template) -> Sequence[nodes.Template] | None:
        """What a template extends, and what that extends; None if nobody can tell."""
        found: list[nodes.Template] = []
        while extends := list(tree.find_all(nodes.Extends)):
            name = _text(extends[0].template)
            is_certain = len(extends) == 1 and any(each is extends[0] for each in tree.body)
            parent = self.of(name) if name is not None and is_certain else None
            if parent is None or parent in found:
                return None
            found.append(parent)
            tree = parent
        return found


def _look(trees: _Trees, templates: Templates) -> _Unused:
    own = _own(trees, templates)
    texts = frozenset(_text(each) or "" for tree in own.values() for each in tree.find_all(nodes.Const))
    contexts = frozenset(each for tree in own.values() for each in _open_contexts(tree))
    findings = (*_lost_blocks(own, trees), *_unused_templates(own, trees, templates))
    return _Unused(findings, texts, contexts)


def _own(trees: _Trees, templates: Templates) -> dict[str, nodes.Template]:
    """The site's own templates by their names: those that look like one, and what else these name."""
    found: dict[str, nodes.Template] = {}
    names = [name for name in templates.altered if _looks_like_a_template(name)]
    while names:
        name = names.pop()
        tree = trees.of(name) if name in templates.altered and name not in found else None
        if tree is not None:
            found[name] = tree
            names += [each for node in _references(tree) for each in _names(node) if each is not None]
    return {name: found[name] for name in sorted(found)}


def _lost_blocks(own: dict[str, nodes.Template], trees: _Trees) -> Iterator[Diagnostic]:
    """Blocks that stand in no other block, and in no parent: whatever is in them."""
    called = {each.attr for tree in own.values() for each in tree.find_all(nodes.Getattr) if _is_self(each)}
    for name, tree in own.items():
        parents = trees.parents(tree)
        if not parents:
            continue
        known = {block.name: None for parent in parents for block in parent.find_all(nodes.Block)}
        for block in _outer_blocks(tree):
            if block.name in known or block.name in called:
                continue
            near = did_you_mean(block.name, known)
            there = ", ".join(f"`{each}`" for each in known)
            help = f"did you mean `{near}`?" if near else f"what it extends has {there or 'no blocks'}"
            message = f"nothing shows the block `{block.name}`: no template that this one extends has it"
            yield _finding("unknown-block", message, name, help, block.lineno)


def _unused_templates(
    own: dict[str, nodes.Template], trees: _Trees, templates: Templates
) -> Iterator[Diagnostic]:
    """Templates that stand for none of ours, and that no other names."""
    article = trees.of(_ASKS_FOR_SECTIONS)
    ours = [each.template for each in article.find_all(nodes.Include)] if article else []
    asked = {
        (each, name)
        for each, tree in own.items()
        for node in _references(tree)
        if node not in ours
        for name in _names(node)
    }
    if any(name is None for _, name in asked):
        return
    for name in own:
        is_asked_for = any(name == other and name != each for each, other in asked)
        if name in templates.ours or is_asked_for or not _looks_like_a_template(name):
            continue
        near = _of_that_name(name, templates.ours) or did_you_mean(name.casefold(), templates.ours)
        help = f"did you mean `{near}`?" if near else "docs/theming.md has all names"
        message = (
            "nothing uses this template: policygen has none of that name, and no other template names it"
        )
        yield _finding("unused-template", message, name, help, 1)


def _looks_like_a_template(name: str) -> bool:
    is_hidden = any(part[0] == "." for part in name.split("/"))  # an editor's or a file manager's
    return name.casefold().endswith(TEMPLATES) and not is_hidden


def _of_that_name(name: str, ours: Iterable[str]) -> str | None:
    """A template of ours in another folder."""
    last = PurePosixPath(name).name
    return next((each for each in sorted(ours) if PurePosixPath(each).name == last), None)


def _finding(code: str, message: str, template: str, help: str, line: int) -> Diagnostic:
    place = Place(f"templates/{template}")
    return Diagnostic(code, message, place, help, Severity.WARNING, position=Position(line, 1))


def _outer_blocks(node: nodes.Node) -> Iterator[nodes.Block]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outer_blocks(child)


def _is_self(node: nodes.Getattr) -> bool:
    return isinstance(node.node, nodes.Name) and node.node.name == "self"


def _references(tree: nodes.Template) -> Iterator[nodes.Expr]:
    """Where a template names others."""
    for kind in (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport):
        yield from (each.template for each in tree.find_all(kind))  # type: ignore[attr-defined] # all of them have it


def _names(node: nodes.Expr) -> Iterator[str | None]:
    """The names that are given at one place; None for one that nobody can tell."""
    for each in node.items if isinstance(node, nodes.List | nodes.Tuple) else [node]:
        name = _text(each)
        yield None if name is None else plain(name)


def _text(node: nodes.Node | None) -> str | None:
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else None


def _open_contexts(tree: nodes.Template) -> Iterator[str | None]:
    """The contexts of messages that a template puts together."""
    for call in tree.find_all(nodes.Call):
        name = getattr(call.node, "name", None) or getattr(call.node, "attr", "")
        if name not in _SAYS:
            continue
        words = [_text(each) for each in call.args]
        place = _SAYS[name]
        context = (words[0] or _ANY) if place and words else None
        if context == _ANY or len(words) <= place or words[place] is None:
            yield context
