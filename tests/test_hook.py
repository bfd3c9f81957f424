"""The hook for pre-commit: its definition, and what it runs."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.site_under_test import CHECKOUT, installed_command
from tests.small_site import POLICY, make_site


def hook() -> dict[str, Any]:
    (only,) = yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert isinstance(only, dict)
    return only


def test_the_hook_installs_policygen_and_hands_it_no_files() -> None:
    manual = (CHECKOUT / "docs" / "writing-help.md").read_text(encoding="utf-8")
    assert f"- id: {hook()['id']}\n" in manual
    assert hook()["language"] == "python"
    assert hook()["pass_filenames"] is False
    assert {*hook()} <= {"id", "name", "description", "entry", "language", "files", "pass_filenames"}


@pytest.mark.parametrize(
    ("path", "matters"),
    [
        ("content/site.yaml", True),
        ("content/music/policy.yaml", True),
        ("policies/content/music/releases/2026-11-01-1/en.html", True),
        ("locales/vi/LC_MESSAGES/policygen.po", True),
        ("templates/policy.html", True),
        ("README.md", False),
        ("contents/x.yaml", False),
    ],
)
def test_the_hook_runs_when_something_that_is_checked_changes(path: str, matters: bool) -> None:
    assert bool(re.search(hook()["files"], path)) is matters


@pytest.mark.parametrize(("policy", "code"), [(POLICY, 0), (POLICY + "colour: red\n", 1)])
def test_what_the_hook_runs_stops_a_commit_with_a_mistake(policy: str, code: int, tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/music/policy.yaml": policy})
    path = f"{installed_command().parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        hook()["entry"].split(), cwd=site, env={**os.environ, "PATH": path}, capture_output=True, check=False
    )
    assert done.returncode == code
