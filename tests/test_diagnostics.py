"""Suggestions: the nearest word, if there is one, and if looking for it takes no time worth mentioning."""

from __future__ import annotations

from policygen.diagnostics import did_you_mean


def test_the_nearest_word_is_suggested() -> None:
    assert did_you_mean("emial", ["name", "email"]) == "email"
    assert did_you_mean("emial", ["colour"]) is None


def test_no_word_is_looked_for_among_thousands() -> None:
    assert did_you_mean("emial", ["email"] * 3000) is None
