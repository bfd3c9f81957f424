"""Every finding there is: a site that is broken in that way, and exactly what is said about it.

A folder of `tests/broken-sites` is a whole site. Its `expected.txt` is what `--format concise` prints; words
in braces stand for numbers that grow with the catalogue. What can be wrong with a release is shown by the
sites that `tests/test_release_faults.py` makes.
"""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from policygen.language import read_catalogue
from policygen.resources import locales_folder
from tests.site_under_test import TODAY, installed_command
from tests.test_docs_findings import codes_in_the_package
from tests.test_release_faults import CASES

SITES = Path(__file__).parent / "broken-sites"
_WITHOUT_SITE = {
    "bad-import": "a file that `release --import` is given; tests/test_imported.py has some",
    "removed-release": "found by `verify --against` alone; tests/test_release_faults.py removes one",
    "retired-word": "no word is retired yet",
    "stray-symlink": "not every copy of a repository has links; tests/test_links.py makes some",
    "yaml-too-large": "a file of two megabytes; tests/test_source.py makes one",
}
_NAMES = sorted(site.name for site in SITES.iterdir())


def checked(name: str, *options: str) -> subprocess.CompletedProcess[str]:
    line = [str(installed_command()), "check", "--site", str(SITES / name), "--today", TODAY, *options]
    return subprocess.run(line, capture_output=True, text=True, check=False, encoding="utf-8")


def expected(name: str) -> str:
    text = (SITES / name / "expected.txt").read_text(encoding="utf-8")
    return text.format(total=_messages(), untranslated=_messages() - 1) if "{total}" in text else text


@cache
def _messages() -> int:
    template, _ = read_catalogue("en", (locales_folder() / "messages.pot").read_text(encoding="utf-8"), "")
    return len(template.entries) if template else 0


@pytest.mark.parametrize("name", _NAMES)
def test_a_broken_site_has_its_findings_and_no_others(name: str) -> None:
    run = checked(name, "--format", "concise")
    assert run.stdout == expected(name)
    assert run.returncode == (1 if ": error[" in run.stdout else 0)


@pytest.mark.parametrize("name", _NAMES)
def test_a_finding_is_one_plain_sentence_with_a_place_and_a_way_out(name: str) -> None:
    for found in json.loads(checked(name, "--format", "json").stdout):
        first = re.sub(r"`[^`]*`|'[^']*'|\"[^\"]*\"", "", found["message"]).lstrip()[:1]
        assert not first.isupper() or "HTML" in found["message"], found["message"]
        assert not found["message"].endswith("."), found["message"]
        assert found["help"] or found["code"] == "wrong-type", found["message"]
        assert found["line"] or found["code"] == "missing-file", found["message"]


def test_every_code_in_the_package_has_a_broken_site() -> None:
    shown = set(re.findall(r"\[([a-z-]+)\] ", "".join(expected(name) for name in _NAMES)))
    made = {case.code for case in CASES}
    assert shown | made | _WITHOUT_SITE.keys() == codes_in_the_package()
    assert (shown | made) & _WITHOUT_SITE.keys() == set()


@pytest.mark.parametrize("name", [name for name in _NAMES if name in codes_in_the_package()])
def test_a_site_that_is_named_after_a_code_shows_that_code(name: str) -> None:
    assert f"[{name}] " in expected(name)


def test_warnings_stop_a_site_only_under_strict() -> None:
    assert checked("unused-translation").returncode == 0
    assert checked("unused-translation", "--strict").returncode == 1
