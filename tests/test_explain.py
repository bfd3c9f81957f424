"""`policygen explain`: a page for every finding and every word, readable in a terminal."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

from policygen.explain import findings, names, pages, suggestion
from policygen.terminal import plain
from policygen.vocabulary import VOCABULARIES
from tests.documentation import DOCS, without_fences
from tests.site_under_test import installed_command
from tests.small_site import run


def documented_codes() -> list[str]:
    manual = without_fences((DOCS / "findings.md").read_text(encoding="utf-8"))
    return re.findall(r"^### (.+)$", manual, re.MULTILINE)


def test_every_documented_finding_has_its_page() -> None:
    assert list(findings()) == documented_codes()


@pytest.mark.parametrize("name", [*findings(), *VOCABULARIES])
def test_its_pages_are_plain_text_of_the_width_of_a_terminal(name: str) -> None:
    words = [word.key for word in VOCABULARIES[name]] if name in VOCABULARIES else []
    for page in (page for each in (name, *words) for page in pages(each)):
        prose = [line for line in plain(page, 80).splitlines() if not line.startswith("    ")]
        assert prose
        assert [line for line in prose if "](" in line or line.startswith(("#", "```"))] == []
        # Only what can't be broken is wider: a route of keys.
        assert [line for line in prose if len(line) > 80 and line.count("`") < 2] == []


def test_every_name_has_a_page() -> None:
    assert all(pages(name) for name in names())


def test_a_finding_is_explained_with_its_examples(tmp_path: Path) -> None:
    done = run(tmp_path, "explain", "unknown-key", today=None)
    assert (done.returncode, done.stderr) == (0, "")
    first, *_ = done.stdout.splitlines()
    assert first == "unknown-key"
    assert "\n    # bad\n    recipient: [partner]\n" in done.stdout
    assert "\n    # good\n    recipients: [partner]\n" in done.stdout


def test_a_word_is_explained_in_every_language_with_its_names_elsewhere_and_its_places(
    tmp_path: Path,
) -> None:
    said = " ".join(run(tmp_path, "explain", "ip_address", today=None).stdout.split())
    for part in (
        "A word of the vocabulary `data`", "- en: IP address - vi: địa chỉ IP ", "W3C DPV `IPAddress`",
        "`data > items`",
    ):  # fmt: skip
        assert part in said


def test_a_word_of_several_vocabularies_has_a_page_for_each() -> None:
    holders = [vocabulary.name for vocabulary in VOCABULARIES.values() if "consent" in vocabulary]
    assert len(holders) > 1
    assert [re.findall(r"vocabulary `(\w+)`", page)[0] for page in pages("consent")] == holders


def test_a_finer_word_says_whose_names_it_shares() -> None:
    assert "as `analytics`" in pages("traffic_analysis")[0]


def test_a_vocabulary_lists_its_words() -> None:
    (page,) = (page for page in pages("purpose") if page.startswith("# purpose\n\nA vocabulary"))
    assert all(f"`{word.key}`" in page for word in VOCABULARIES["purpose"])


def test_every_vocabulary_stands_somewhere() -> None:
    for name in VOCABULARIES:
        page = next(page for page in pages(name) if "A vocabulary:" in page)
        assert re.search(r"In policy\.yaml it stands in: `\w", page), name


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("emial", "email"),
        ("unkown-key", "unknown-key"),
        ("Purpos", "purpose"),
        ("UNKNOWN-KEY", "unknown-key"),
    ],
)
def test_a_misspelt_name_gets_a_suggestion(name: str, near: str, tmp_path: Path) -> None:
    assert suggestion(name) == near
    done = run(tmp_path, "explain", name, today=None)
    assert done.returncode == 2
    assert f"did you mean `{near}`?" in done.stderr
    assert done.stdout == ""


def test_a_name_like_no_other_gets_none(tmp_path: Path) -> None:
    done = run(tmp_path, "explain", "zzzzqqqq", today=None)
    assert done.returncode == 2
    assert "zzzzqqqq" in done.stderr
    assert "did you mean" not in done.stderr


def test_lists_hang_examples_stand_as_they_are_and_code_is_not_broken() -> None:
    shown = plain(
        "# head\n\n- one two three four\n- five\n\nsee [the page](x.md) `a > b`\n\n```yaml\n# a\n\nb\n```\n",
        12,
    )
    assert shown == "head\n\n- one two\n  three four\n- five\n\nsee the page\n`a > b`\n\n    # a\n\n    b"


@pytest.mark.parametrize(
    ("environment", "bold"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_only_a_terminal_gets_bold_heads(environment: dict[str, str], bold: bool, tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    surroundings = {"PATH": os.environ["PATH"], "TERM": "xterm", "LC_ALL": "C.UTF-8", **environment}
    line = [str(installed_command()), "explain", "unknown-key"]
    subprocess.run(line, cwd=tmp_path, stdout=follower, env=surroundings, check=True)
    os.close(follower)
    shown = os.read(leader, 4096)
    os.close(leader)
    assert (b"\x1b[1munknown-key\x1b[0m" in shown) is bold
    assert (b"\x1b" in shown) is bold
