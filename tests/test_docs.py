"""The documentation says what the code does: nothing is missing, nothing is stale, every example works."""

from __future__ import annotations

import argparse
import ast
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from policygen.cli.parser import FORMATS, parser
from policygen.diagnostics import Place
from policygen.loading import Shape, shapes
from policygen.loading.context import Context
from policygen.loading.reader import read_fields
from policygen.model.policy import Policy
from policygen.model.site import SiteSettings
from policygen.releases.views import View
from policygen.report import render
from policygen.source import locate, parse
from tests.documentation import (
    DOCS,
    Fence,
    anchors,
    build_example,
    documents,
    fences,
    files_named,
    findings,
    links,
    without_fences,
)
from tests.site_under_test import CHECKOUT, installed_command
from tests.small_site import run
from tools import reference

COMMANDS = DOCS / "commands.md"
README = CHECKOUT / "README.md"
THEMING = DOCS / "theming.md"


@pytest.mark.parametrize("name", reference.pages())
def test_a_reference_page_is_what_the_code_says(name: str) -> None:
    """Where it is not: `make reference`."""
    assert (reference.FOLDER / name).read_text(encoding="utf-8") == reference.pages()[name]


def _shapes() -> Iterator[tuple[str, tuple[type, Shape]]]:
    for cls in (
        Policy,
        SiteSettings,
        *reference.BASES,
        *reference.parts(Policy),
        *reference.parts(SiteSettings),
    ):
        for shape in shapes(cls).values():
            yield f"{cls.__name__}.{shape.key}", (cls, shape)


@pytest.mark.parametrize(
    ("cls", "shape"), [pytest.param(*each, id=name) for name, each in dict(_shapes()).items()]
)
def test_an_example_in_the_reference_can_be_loaded(cls: type, shape: Shape) -> None:
    data, syntax = parse(f"{shape.key}: {reference.example(shape)}\n", "example")
    assert isinstance(data, dict)
    context = Context(["en", "vi"])
    assert read_fields(context, cls, data, Place("example"))
    assert [*syntax, *context.findings] == []


def _parsers() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    top = parser()
    yield "policygen", top
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def _options() -> Iterator[tuple[str, argparse.Action]]:
    for command, one in _parsers():
        for action in one._actions:
            yield from ((f"{command} {name}", action) for name in action.option_strings)


def _options_in(page: str) -> frozenset[str]:
    return frozenset(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", page))


def _commands() -> list[str]:
    return [name for name, _ in _parsers()][1:]


def _page(command: str) -> Path:
    return DOCS / "commands" / f"{command}.md"


def _said(*pages: Path) -> str:
    """What pages say, and not what a command says on them of itself."""
    return "".join(without_fences(page.read_text(encoding="utf-8")) for page in pages)


def test_every_command_has_a_page_and_there_is_no_other() -> None:
    assert {file.name for file in (DOCS / "commands").iterdir()} == {f"{name}.md" for name in _commands()}


@pytest.mark.parametrize("command", _commands())
def test_the_page_of_a_command_begins_with_its_help(command: str) -> None:
    """Where it doesn't: `make reference`."""
    line = [str(installed_command()), command, "--help"]
    plain = {**os.environ, "COLUMNS": "80", "PYTHON_COLORS": "0"}
    help = subprocess.run(line, capture_output=True, text=True, check=True, env=plain).stdout
    page = _page(command).read_text(encoding="utf-8")
    note, fence, _ = page.removeprefix(f"# `policygen {command}`\n\n").partition("```text\n")
    assert page.startswith(f"# `policygen {command}`\n\n{note}{fence}{help}```\n")
    assert re.fullmatch(r"<!-- .* -->\n", note)


@pytest.mark.parametrize("columns", ["40", "200"])
def test_the_help_on_the_pages_does_not_depend_on_the_terminal(columns: str) -> None:
    line = [sys.executable, "tools/commands.py", "--check"]
    shown = {**os.environ, "COLUMNS": columns}
    done = subprocess.run(line, cwd=CHECKOUT, capture_output=True, text=True, check=False, env=shown)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_index_lists_every_command_in_its_order() -> None:
    rows = re.findall(
        r"^\| \[`(\w+)`\]\(commands/(\w+)\.md\) \| \S", COMMANDS.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert rows == [(name, name) for name in _commands()]


def test_every_command_says_what_it_does() -> None:
    assert [name for name, one in _parsers() if not one.description] == []


@pytest.mark.parametrize(("name", "option"), [pytest.param(*pair, id=pair[0]) for pair in _options()])
def test_every_option_is_explained_beside_its_help(name: str, option: argparse.Action) -> None:
    command, option_string = name.split()
    pages = [COMMANDS] if command == "policygen" else [COMMANDS, _page(command)]
    assert option.help
    assert option_string in _options_in(_said(*pages))


def test_the_index_says_which_commands_have_a_common_option() -> None:
    having = {
        name: {command for command, one in _parsers() if name in one._option_string_actions} - {"policygen"}
        for name in {each.split()[1] for each, _ in _options()}
    }
    rows = re.findall(r"^\| (`--.*?) \| (all but )?(.*?) \|", _said(COMMANDS), re.MULTILINE)
    assert len(rows) == 6
    for options, all_but, commands in rows:
        named = set(re.findall(r"`(\w+)`", commands))
        stated = {*_commands()} - named if all_but else named
        assert [having[option] for option in _options_in(options)] == [stated] * len(_options_in(options))


def test_every_documented_option_exists() -> None:
    known = {name.split()[1] for name, _ in _options()}
    assert _options_in(_said(COMMANDS, *map(_page, _commands()))) - known == set()


def test_every_format_of_findings_is_documented() -> None:
    page = _said(_page("check"))
    assert [name for name in FORMATS if f"\n- `{name}`: " not in page] == []


def _command_lines() -> Iterator[tuple[str, str]]:
    """Every command of a documented script that runs policygen, by where it stands."""
    for page in documents():
        for fence in fences(page):
            text = fence.text if fence.language == "sh" else ""
            for found in re.finditer(r"^policygen (?:.*\\\n)*.*$", text, re.MULTILINE):
                number = fence.line + text.count("\n", 0, found.start()) + 1
                yield f"{page.relative_to(CHECKOUT)}:{number}", found[0].replace("\\\n", " ")


@pytest.mark.parametrize("line", [pytest.param(line, id=where) for where, line in _command_lines()])
def test_a_command_in_the_documentation_is_one_that_policygen_takes(line: str) -> None:
    words = shlex.split(line, comments=True)
    if words[1:] == ["--version"]:  # the one line without a command
        return
    assert parser().parse_args(words[1:]).command == words[1]


@pytest.mark.parametrize("page", documents(), ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    dead = []
    for link in links(page):
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (fragment and fragment not in anchors(target)):
            dead.append(link)
    assert dead == []


def _guide_examples() -> Iterator[tuple[str, Fence]]:
    for name in ("writing-policies.md", "releases.md"):
        yield from ((f"{name}:{each.line}", each) for each in fences(DOCS / name) if each.language == "yaml")


@pytest.mark.parametrize("fence", [pytest.param(fence, id=where) for where, fence in _guide_examples()])
def test_an_example_of_a_guide_builds_without_a_finding(fence: Fence, tmp_path: Path) -> None:
    result = build_example(fence.text, tmp_path)
    assert [f"{finding.code}: {finding.message}" for finding in findings(result)] == []


def _words_of(html: str) -> str:
    """What a reader reads: the text of a page, its tags and doubled spaces gone."""
    body = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def test_the_example_of_the_readme_becomes_what_the_readme_says(tmp_path: Path) -> None:
    example, *shown = [fence for fence in fences(README) if fence.heading == "What goes in, what comes out"]
    pages = dict(build_example(example.text, tmp_path).pages)
    assert len(example.text.splitlines()) == 10
    assert [fence.language for fence in shown] == ["text", "text"]
    for fence, language in zip(shown, ("en", "vi"), strict=True):
        words = _words_of(pages[f"{language}/example/index.html"].decode())
        assert [line for line in fence.text.splitlines() if " ".join(line.split()) not in words] == []


def test_a_mistake_in_the_example_of_the_readme_is_shown_as_the_readme_says(tmp_path: Path) -> None:
    example = next(fence for fence in fences(README) if fence.heading == "What goes in, what comes out")
    shown = next(fence for fence in fences(README) if fence.heading == "When something is wrong")
    text = example.text.replace("email", "emial")
    found = build_example(text, tmp_path).findings
    assert (
        render(found, "text", lambda path: (tmp_path / path).read_text(encoding="utf-8"), locate)
        == shown.text
    )


def test_the_example_of_the_theming_page_works(tmp_path: Path) -> None:
    example, *shown = [fence for fence in fences(THEMING) if fence.heading == "A worked example"]
    result = build_example(example.text, tmp_path)
    assert findings(result) == ()
    pages = dict(result.pages)
    for fence, language in zip(shown, ("en", "vi"), strict=True):
        page = pages[f"{language}/example/index.html"].decode()
        assert [line for line in fence.text.splitlines() if line not in page] == []


def test_the_example_of_the_theming_page_works_in_a_site_that_init_made(tmp_path: Path) -> None:
    example, *shown = [fence for fence in fences(THEMING) if fence.heading == "A worked example"]
    assert run(tmp_path, "init", "--yes", today=None).returncode == 0
    for path, content in files_named(example.text).items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as opened:
            opened.write(content)
    assert run(tmp_path, "build", "--drafts").returncode == 0
    for fence, language in zip(shown, ("en", "vi"), strict=True):
        page = (tmp_path / "site" / language / "example/index.html").read_text(encoding="utf-8")
        assert [line for line in fence.text.splitlines() if line not in page] == []


def test_the_map_of_templates_names_the_blocks_of_the_frame() -> None:
    frame = (CHECKOUT / "templates/layout.html").read_text(encoding="utf-8")
    (row,) = re.findall(
        r"^\| `layout.html` \| .*Blocks: (.*)\. \|$", THEMING.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert re.findall(r"`(\w+)`", row) == re.findall(r"{% block (\w+) %}", frame)


def test_the_theming_page_names_the_pages_that_have_a_footer_of_their_own() -> None:
    pages = (CHECKOUT / "templates").glob("*.html")
    own = {page.name for page in pages if "{% block footer %}" in page.read_text(encoding="utf-8")}
    (named,) = re.findall(r"\(([^()]*) have a `footer` of their own\.\)", THEMING.read_text(encoding="utf-8"))
    assert {*re.findall(r"`([\w.]+)`", named)} == own - {"layout.html"}


_GIVES_VARIABLES = ("render/__init__.py", "render/article.py", "releases/pages.py", "notice.py")
_NOT_GIVEN = frozenset({"name"})
"""What a renderer itself is told."""


def _variables(module: Path) -> Iterator[str]:
    """The names that a module gives to templates: keys of mappings, arguments of what renders a page."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Dict):
            yield from (str(key.value) for key in node.keys if isinstance(key, ast.Constant))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"page", "_page"}:
            yield from (keyword.arg for keyword in node.keywords if keyword.arg)
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            yield from (str(each.value) for each in [node.slice] if isinstance(each, ast.Constant))


def test_the_theming_page_names_every_variable_and_no_other() -> None:
    found = {name for module in _GIVES_VARIABLES for name in _variables(CHECKOUT / "policygen" / module)}
    given = {name for name in found - _NOT_GIVEN if name.isidentifier()}
    page = THEMING.read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    assert named - given == set()
    assert {name for name in given if f"`{name}`" not in page} == set()


def test_the_theming_page_names_everything_that_a_version_has() -> None:
    page = THEMING.read_text(encoding="utf-8")
    assert [name for name in dir(View) if name[0] != "_" and f"`{name}`" not in page] == []


def test_the_map_of_templates_names_every_template_and_no_other() -> None:
    page = THEMING.read_text(encoding="utf-8")
    templates = CHECKOUT / "templates"
    there = {file.relative_to(templates).as_posix() for file in templates.rglob("*") if file.is_file()}
    named = set(re.findall(r"`([\w/-]+\.(?:html|css|txt|xml))`", page))
    sections = {name for name in there if name.startswith("sections/")}
    assert named - there == set()
    assert there - sections - named == set()


def test_every_dependency_has_its_reasons_in_the_decisions_and_no_other_package_has() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *(each for group in project["dependency-groups"].values() for each in group),
    ]
    table = (DOCS / "decisions.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    named = [
        name
        for row in re.findall(r"^\| ([a-z][^|(]*)", table, re.MULTILINE)
        for name in row.strip().split(", ")
    ]
    assert sorted(named) == sorted(name for each in wanted for name in re.findall(r"^[\w-]+", each))
