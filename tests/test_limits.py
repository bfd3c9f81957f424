"""Bounds that no honest site reaches, and what is said of one that does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from policygen.build import Result
from policygen.diagnostics import ENOUGH, Diagnostic, Place, Severity, did_you_mean, first, listed
from policygen.render.bounds import LARGEST as LARGEST_TEMPLATE
from policygen.statics import LARGEST
from tests.small_site import EN, pages, policy, result_of

HOME = "templates/home.html"


def codes(result: Result) -> list[str]:
    return [found.code for found in result.findings if found.code != "never-released"]


def errors(count: int, severity: Severity = Severity.ERROR) -> Iterator[Diagnostic]:
    return (Diagnostic("bad-id", f"{n} is wrong", Place("p.yaml"), "mend it", severity) for n in range(count))


def test_a_file_has_so_many_errors_and_the_last_one_says_so() -> None:
    found = list(first(errors(ENOUGH + 5)))
    assert len(found) == ENOUGH
    assert found[-2].help == "mend it"
    assert (
        found[-1].help == f"mend it; this is error {ENOUGH} of the file, and the rest of it was not looked at"
    )


def test_warnings_and_few_errors_are_all_told() -> None:
    assert len(list(first(errors(ENOUGH + 5, Severity.WARNING)))) == ENOUGH + 5
    assert list(first(errors(ENOUGH - 1))) == list(errors(ENOUGH - 1))


def test_a_help_lists_a_dozen_words_and_counts_the_others() -> None:
    assert listed(["b", "a"]) == "a, b"
    assert listed(map(str, range(1000, 2012))).endswith("1010, 1011 … and 1,000 more")


def test_nearest_words_are_not_looked_for_among_too_many_letters() -> None:
    assert did_you_mean("word" * 20, ["word" * 20 + "s"] * 10) is not None
    assert did_you_mean("word" * 2000, ["word" * 2000 + "s"]) is None


@pytest.mark.parametrize(
    "text",
    [
        f"data: [{', '.join(f'x{n}' for n in range(40_000))}]\n",
        f"purposes2: [{', '.join(['analytics'] * 40_000)}]\n",
        f"retention: [{{id: r, data: [{', '.join(f'x{n}' for n in range(40_000))}], time: 1 year}}]\n",
    ],
    ids=["words", "an unknown key", "references"],
)
def test_long_lists_take_time_that_grows_with_their_length(text: str, tmp_path: Path) -> None:
    began = time.process_time()
    assert len(codes(result_of(tmp_path, policy(text)))) <= ENOUGH
    assert time.process_time() - began < 5


def test_a_plural_rule_is_as_long_as_gettext_reads_and_no_longer(tmp_path: Path) -> None:
    rule = "Plural-Forms: nplurals=1; plural=0" + " " * 50_000 + "x; ;\\n"
    message = 'msgid "{n} policy"\nmsgid_plural "{n} policies"\nmsgstr[0] "{n} chính sách"\n'
    catalogue = f'msgid ""\nmsgstr "{rule}"\n\n{message}'
    (found,) = result_of(tmp_path, {"locales/vi/LC_MESSAGES/policygen.po": catalogue}).findings[:1]
    assert (found.code, len(found.message) < 200) == ("catalogue-plural", True)


def test_a_file_that_no_host_takes_is_not_published(tmp_path: Path) -> None:
    result_of(tmp_path)
    (tmp_path / "static").mkdir()
    with (tmp_path / "static" / "film.mp4").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert codes(result_of(tmp_path)) == ["unpublishable-file"]


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (
            "{% set r = range(99999) %}{% for i in r %}{% for j in r %}{% endfor %}{% endfor %}",
            "not done after 1 second",
        ),
        ("{{ 'ab' * 10**9 }}", "2,000,000,000 characters or items are too many"),
        ("{{ 10**9 * [1] }}", "1,000,000,000 characters or items are too many"),
        ("{{ 2**100000 }}", "too large a number"),
        ("{{ 'a'.ljust(10**10) }}", "more than 128 MiB"),
        ("{% include 'home.html' %}", "without an end"),
        ("{{ lipsum() }}", "'lipsum' is undefined"),
        ("x" * (LARGEST_TEMPLATE + 1), "more than 262,144 bytes"),
        ("{{ a }}" * 22_000, "names, values and tags"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "too much stands inside each other"),
    ],
)
def test_a_template_that_takes_too_much_is_a_finding_at_its_file(
    template: str, message: str, tmp_path: Path
) -> None:
    (found,) = (
        each for each in result_of(tmp_path, {HOME: template}).findings if each.code != "never-released"
    )
    assert (found.code, found.place.path) == ("template-error", HOME)
    assert message in found.message


def test_a_template_may_compute(tmp_path: Path) -> None:
    template = (
        "{{ '-' * 40 }}{{ 2**10 }}{{ 3 * 4 }}{{ 2**-1 }}{{ 1.5**2 }}{% for i in range(9999) %}{% endfor %}"
    )
    assert pages(tmp_path, {HOME: template})["index.html"].strip() == "-" * 40 + "1024120.52.25"


def test_a_byte_order_mark_of_a_template_is_no_part_of_the_page(tmp_path: Path) -> None:
    made = pages(tmp_path, {"templates/policy.html": b"\xef\xbb\xbf{% extends 'policygen/policy.html' %}"})
    assert made[EN].startswith("<!DOCTYPE html>")
