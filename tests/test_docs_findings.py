"""docs/findings.md: an entry for every code in the package, and no other; every example does what it says."""

from __future__ import annotations

import ast
import os
import re
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from policygen.releases.record import RECORD
from policygen.vocabulary import VOCABULARIES
from tests.documentation import DOCS, Fence, build_example, fences, findings, make_example, without_fences
from tests.site_under_test import CHECKOUT, TODAY, installed_command

PAGE = DOCS / "findings.md"
WITHOUT_EXAMPLE = frozenset({"retired-word"})
"""Nothing can show it as long as no word is retired."""

_MAKERS = frozenset(
    {"Diagnostic", "ValueProblem", "MarkdownProblem", "report", "_report", "_refuse", "_finding"}
)
"""What a finding's code is the first argument of."""
_CODE = re.compile(r"[a-z]+(?:-[a-z]+)+")


def documented_codes() -> tuple[str, ...]:
    return tuple(re.findall(r"^### (.+)$", without_fences(PAGE.read_text(encoding="utf-8")), re.MULTILINE))


def codes_in_the_package() -> frozenset[str]:
    modules = sorted((CHECKOUT / "policygen").rglob("*.py"))
    return frozenset(code for module in modules for code in codes_of(module))


def codes_of(module: Path) -> Iterator[str]:
    """The codes that a module makes findings with; a name stands for every text it is ever given."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    for call in _calls(tree):
        code = call.args[0]
        for value in _values(code.id, tree) if isinstance(code, ast.Name) else (code,):
            yield from (text for text in _texts(value) if _CODE.fullmatch(text))


def functions_given_a_code(module: Path) -> Iterator[str]:
    """The functions that make a finding with a code that their callers give them."""
    for function in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(function, ast.FunctionDef):
            given = {argument.arg for argument in function.args.args}
            codes = [call.args[0] for call in _calls(function)]
            if any(isinstance(code, ast.Name) and code.id in given for code in codes):
                yield function.name


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls that make a finding."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _name(call.func) in _MAKERS and call.args:
            yield call


def _name(function: ast.expr) -> str:
    return str(getattr(function, "id", None) or getattr(function, "attr", ""))


def _values(name: str, tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(_name(target) == name for target in node.targets):
            yield node.value


def _texts(value: ast.expr) -> Iterator[str]:
    """The texts a value can be; of a choice, only its two branches."""
    if isinstance(value, ast.IfExp):
        yield from (*_texts(value.body), *_texts(value.orelse))
    elif isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value


def examples(verdict: str) -> list[Fence]:
    return [fence for fence in fences(PAGE) if re.match(rf"(?:# |\{{# )?{verdict}\b", fence.text)]


def test_every_code_in_the_package_has_an_entry_and_every_entry_is_a_code() -> None:
    assert sorted(documented_codes()) == sorted(codes_in_the_package())


def test_no_function_is_given_codes_that_this_test_does_not_see() -> None:
    modules = sorted((CHECKOUT / "policygen").rglob("*.py"))
    assert {name for module in modules for name in functions_given_a_code(module)} <= _MAKERS


def test_every_entry_has_one_bad_and_one_good_example() -> None:
    wanted = sorted(set(documented_codes()) - WITHOUT_EXAMPLE)
    assert sorted(fence.heading for fence in examples("bad")) == wanted
    assert sorted(fence.heading for fence in examples("good")) == wanted


def test_no_word_is_retired_yet_so_that_retired_word_needs_no_example() -> None:
    assert not [word.key for vocabulary in VOCABULARIES.values() for word in vocabulary if word.successor]


@pytest.mark.parametrize("fence", examples("bad"), ids=lambda fence: fence.heading)
def test_a_bad_example_has_its_finding_and_no_other(fence: Fence, tmp_path: Path) -> None:
    assert {code for code, _ in found_in(fence, tmp_path)} == {fence.heading}


@pytest.mark.parametrize("fence", examples("good"), ids=lambda fence: fence.heading)
def test_a_good_example_has_no_finding(fence: Fence, tmp_path: Path) -> None:
    assert found_in(fence, tmp_path) == []


def found_in(fence: Fence, folder: Path) -> list[tuple[str, str]]:
    """The codes and messages that an example makes; commands are run as they stand."""
    if fence.language == "sh":
        return said_by_commands(fence.text, folder)
    result = build_example(fence.text, folder)
    found = result.findings if fence.heading == "never-released" else findings(result)
    return [(finding.code, finding.message) for finding in found]


def said_by_commands(commands: str, folder: Path) -> list[tuple[str, str]]:
    """What commands find in a site whose one release is published, beside texts older than that."""
    make_example(f"# content/example/releases/2026-11-01-1/{RECORD}\n{{}}", folder)
    (folder / "old-policy.docx").write_bytes(b"PK\3\4")
    (folder / "old-policy.html").write_text("<h1>Privacy</h1><p>We keep logs.</p>", encoding="utf-8")
    publish = "git init --quiet && git add . && git commit --quiet --message published"
    lines = f"{{ {publish} && git update-ref refs/remotes/origin/main HEAD; }} >&2\n{commands}"
    someone = {
        f"GIT_{who}_{what}": "a@a.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    path = f"{installed_command().parent}{os.pathsep}{os.environ['PATH']}"
    midnight = str(int(datetime.fromisoformat(f"{TODAY}T00:00:00+00:00").timestamp()))
    run = subprocess.run(
        ["bash", "-c", lines], cwd=folder, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, **someone, "PATH": path, "SOURCE_DATE_EPOCH": midnight},
    )  # fmt: skip
    found: list[tuple[str, str]] = re.findall(
        r"^(?:error|warning)\[([a-z-]+)\]: (.+)$", run.stdout, re.MULTILINE
    )
    assert (run.returncode != 0) == bool(found), run.stderr
    return found
