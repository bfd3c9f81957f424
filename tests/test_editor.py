"""A summary that is written in the author's editor."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from policygen.cli.console import UsageError
from policygen.cli.editor import ask_summary, parse_summary

TAGS = ("en", "vi")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("en: \nvi: \n", {}),
        ("# found\nen: New host\nvi: Máy chủ mới\n", {"en": "New host", "vi": "Máy chủ mới"}),
        (
            "en: New host,\n  in Vietnam\nvi: Máy chủ: mới\n",
            {"en": "New host, in Vietnam", "vi": "Máy chủ: mới"},
        ),
        ("fr: nouveau\nen: new\n", {"en": "new"}),
    ],
)
def test_what_stands_behind_a_language_is_its_summary(text: str, words: dict[str, str]) -> None:
    assert parse_summary(text, TAGS) == words


def _editor(folder: Path, code: str) -> str:
    script = folder / "editor.py"
    script.write_text(
        f"import os, pathlib, sys\nfile = pathlib.Path(sys.argv[1])\n{code}\n", encoding="utf-8"
    )
    return f"{sys.executable} {script}"


def test_the_editor_is_given_the_changes_and_its_text_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "text = file.read_text(encoding='utf-8')\n"
        "assert '#   New recipient: Nile' in text\n"
        "file.write_text(text.replace('en: ', 'en: Hosted'), encoding='utf-8')"
    )
    monkeypatch.setenv("VISUAL", _editor(tmp_path, code))
    assert ask_summary(TAGS, ["New recipient: Nile"]) == {"en": "Hosted"}


def test_an_editor_that_gives_up_or_is_not_there_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for editor in (_editor(tmp_path, "sys.exit(3)"), str(tmp_path / "missing"), "'vi", 'vi "'):
        monkeypatch.setenv("VISUAL", editor)
        with pytest.raises(UsageError, match="the editor"):
            ask_summary(TAGS, [])


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("file.write_bytes(b'en: \\xff')", "not UTF-8"),
        ("file.unlink()", "no text"),
        ("file.unlink(); os.mkfifo(file)", "no text"),
    ],
)
def test_what_is_no_text_is_one_line(
    code: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", _editor(tmp_path, code))
    with pytest.raises(UsageError, match=said):
        ask_summary(["en"], [])
