"""The catalogues we ship: current, complete, and without a finding."""

from __future__ import annotations

import subprocess
import sys

import pytest

from policygen.language import missing, placeholders, read_catalogue
from tests.site_under_test import CHECKOUT

LOCALES = CHECKOUT / "locales"
TEMPLATE = (LOCALES / "messages.pot").read_text(encoding="utf-8")
LANGUAGES = sorted(file.parent.parent.name for file in LOCALES.glob("*/LC_MESSAGES/policygen.po"))


def test_the_template_holds_what_templates_and_vocabulary_say() -> None:
    done = subprocess.run(
        [sys.executable, "tools/messages.py", "--check"], cwd=CHECKOUT, check=False, env={"PYTHONPATH": "."}
    )
    assert done.returncode == 0, "run `python tools/messages.py`"


def test_vietnamese_is_shipped() -> None:
    assert "vi" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shipped_catalogue_is_complete_and_has_no_finding(language: str) -> None:
    text = (LOCALES / language / "LC_MESSAGES" / "policygen.po").read_text(encoding="utf-8")
    catalogue, findings = read_catalogue(language, text, "policygen.po")
    template, _ = read_catalogue("en", TEMPLATE, "messages.pot")
    assert findings == ()
    assert template is not None
    assert missing(catalogue, template, language, "policygen.po") is None


def test_vietnamese_never_says_more_numbers_or_names_than_english() -> None:
    text = (LOCALES / "vi" / "LC_MESSAGES" / "policygen.po").read_text(encoding="utf-8")
    catalogue, _ = read_catalogue("vi", text, "policygen.po")
    assert catalogue is not None
    reader = {"you", "your", "You", "Your"}
    for (context, message), entry in catalogue.entries.items():
        for form in entry.forms:
            assert placeholders(form) - reader <= placeholders(message) | placeholders(entry.plural or "")
            if context not in {"regime", "date", None}:
                assert [c for c in form if c.isdigit()] == [c for c in message if c.isdigit()], message
