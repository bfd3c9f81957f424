"""Whatever the project installs or has others install is pinned, by its hash wherever the installer can."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.site_under_test import CHECKOUT

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
FILES = sorted(file.name for file in (CHECKOUT / "requirements").glob("*.txt"))
HOLDS = {
    "run.txt": [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]],
    "site.txt": PROJECT["project"]["dependencies"],
    "test.txt": PROJECT["dependency-groups"]["test"],
    "bench.txt": PROJECT["dependency-groups"]["bench"],
    "lock.txt": PROJECT["dependency-groups"]["lock"],
}
"""Which file pins which requirements."""
SCRIPTS = ("Makefile", ".ci/*", "requirements/*.sh", "policygen/scaffold/files/**/*.*", "tests/test_wheel.py")
"""What runs pip; the tests of the recipes run what these say."""
LOCKS = sorted(CHECKOUT.glob("benchmarks/**/package.json"))


def pins(file: str) -> dict[str, list[str]]:
    """The versions of each package in a file of pins; two where they differ from Python to Python."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text_of(file), re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


def text_of(file: str) -> str:
    return (CHECKOUT / "requirements" / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES)
def test_every_line_is_one_version_with_the_hashes_of_its_files(file: str) -> None:
    lines = re.sub(r"^ *#.*\n", "", text_of(file), flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    assert lines
    pin = r"[\w.-]+==[\w.+!]+( ; [^#]+?)?( +--hash=sha256:[0-9a-f]{64})+ *"
    assert [line for line in lines if not re.fullmatch(pin, line)] == []


@pytest.mark.parametrize("file", FILES)
def test_every_requirement_of_the_project_is_pinned_in_its_file_as_it_asks(file: str) -> None:
    pinned = pins(file)
    for each in map(Requirement, HOLDS[file]):
        versions = pinned[canonicalize_name(each.name)]
        assert [version for version in versions if Version(version) not in each.specifier] == []


def test_every_group_of_requirements_has_a_file() -> None:
    assert sorted(HOLDS) == FILES
    assert set(PROJECT["dependency-groups"]) == {"build", "bench", "lock", "test"}
    assert "optional-dependencies" not in PROJECT["project"]


def test_ci_gets_the_versions_that_the_tests_run_with() -> None:
    tested = pins("run.txt")
    assert {name: tested[name] for name in pins("site.txt")} == pins("site.txt")


def test_what_builds_the_package_is_pinned_with_what_runs_it() -> None:
    for each in map(Requirement, PROJECT["build-system"]["requires"]):
        assert [Version(version) in each.specifier for version in pins("run.txt")[each.name]] == [True]


def installs() -> Iterator[tuple[str, str]]:
    """Every place where something of ours has pip install something, and how."""
    for pattern in SCRIPTS:
        for file in sorted(CHECKOUT.glob(pattern)):
            text = file.read_text(encoding="utf-8").replace("\\\n", " ")
            for line in re.findall(r"^(?!#).*(?:pip|PIP\)|_PIP,).*\binstall\b.*$", text, re.MULTILINE):
                yield file.relative_to(CHECKOUT).as_posix(), line.strip()


def test_nothing_is_installed_but_by_its_hash_or_from_this_machine() -> None:
    found = list(installs())
    assert {"Makefile", "policygen/scaffold/files/netlify.toml", "tests/test_wheel.py"} <= dict(found).keys()
    loose = [one for one in found if not re.search(r"--require-hashes|--no-index", one[1])]
    assert loose == []
    by_hash = [one for one in found if "--require-hashes" in one[1]]
    assert [one for one in by_hash if not re.search(r'--only-binary[", ]+:all:', one[1])] == []


@pytest.mark.parametrize("project", LOCKS, ids=lambda file: file.parent.name)
def test_npm_installs_what_the_lock_file_names_by_its_hash_and_runs_nothing_of_it(project: Path) -> None:
    lock = json.loads(project.with_name("package-lock.json").read_text(encoding="utf-8"))
    packages = {path: entry for path, entry in lock["packages"].items() if path}
    assert packages
    assert [
        path for path, entry in packages.items() if not entry.get("integrity", "").startswith("sha512-")
    ] == []
    assert [
        path for path, entry in packages.items() if "hasInstallScript" in entry or "resolved" in entry
    ] == []
    wanted = json.loads(project.read_text(encoding="utf-8"))
    assert lock["packages"][""].get("dependencies") == wanted.get("dependencies")
    tools = (CHECKOUT / "benchmarks/tools.py").read_text(encoding="utf-8")
    assert '"ci", *options' in tools
    assert '"--ignore-scripts"' in tools


def test_the_one_tool_that_npm_brings_to_a_recipe_has_one_version() -> None:
    recipe = (CHECKOUT / "policygen/scaffold/files/github/cloudflare-pages.yml").read_text(encoding="utf-8")
    assert re.search(r'^ +wranglerVersion: "\d+\.\d+\.\d+"$', recipe, re.MULTILINE)
