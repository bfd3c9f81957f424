"""Files that are too large, too deep or too much: a finding, or a page, in 2 seconds and 256 MiB."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from policygen.diagnostics import ENOUGH
from policygen.source import SIZE_LIMIT
from policygen.source.walker import EVENT_LIMIT
from policygen.statics import LARGEST
from tests.small_site import SETTINGS, make_site
from tests.torture.confined import MEBIBYTES, Run, confined, is_civil
from tests.torture.conftest import Dose, Tally

POLICY, SITE = "content/music/policy.yaml", "content/site.yaml"
PO = "locales/vi/LC_MESSAGES/policygen.po"
HEAD = "format: 1\nservice: {name: Music, kinds: [website]}\n"
_HUNDRED = 100 * 2**20
_PLURAL = """\
msgid ""
msgstr "Plural-Forms: nplurals=1; plural=%s;\\n"

msgctxt "duration"
msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} ngày"
"""
_DATE = 'msgctxt "date"\nmsgid "d MMMM y"\nmsgstr "%s"\n'


def numbered(pattern: str, count: int, between: str = ", ") -> str:
    return between.join(pattern.replace("#", str(number)) for number in range(count))


def categories(count: int) -> str:
    return "data:\n" + numbered("  - {id: c#, label: {en: c#, vi: c#}}\n", count, "")


def dangling(count: int) -> str:
    return f"retention: [{{id: r, data: [{numbered('x#', count)}], time: 1 year}}]\n"


def bomb(levels: int) -> str:
    chain = "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, levels))
    return f"a0: &a0 [x, x, x, x, x, x, x, x]\n{chain}"


def prose(text: str) -> str:
    return f"extra: [{{id: x, title: {{en: a, vi: b}}, text: {{en: '{text}', vi: y}}}}]\n"


Make = Callable[[], str | bytes]
ATTACKS: Mapping[str, tuple[str, Make, str]] = {
    # A name, then the file, what is in it, and the code of a finding; none if a page is made.
    "100,000 lists in each other": (POLICY, lambda: HEAD + "data: " + "[" * 100_000, "yaml-too-deep"),
    "100,000 mappings in each other": (POLICY, lambda: HEAD + "data: " + "{a: " * 100_000, "yaml-too-deep"),
    "100,000 lists on lines of their own": (
        POLICY,
        lambda: HEAD + "data: " + "[\n" * 100_000,
        "yaml-too-deep",
    ),
    "100,000 dashes": (POLICY, lambda: "- " * 100_000, "yaml-too-deep"),
    "100,000 question marks": (POLICY, lambda: "? " * 100_000, "yaml-too-deep"),
    "1,000 blocks in each other": (
        POLICY,
        lambda: "".join(f"{' ' * n}a:\n" for n in range(1000)),
        "yaml-too-deep",
    ),
    "an alias bomb": (POLICY, lambda: HEAD + bomb(60), "yaml-alias-bomb"),
    "an alias in itself": (POLICY, lambda: HEAD + "data: &a [*a]", "yaml-recursive-alias"),
    "a text of a megabyte": (POLICY, lambda: HEAD + prose("x" * 1_000_000), ""),
    "as many values as there is room for": (
        POLICY,
        lambda: HEAD + f"data: [{'email, ' * 290_000}]",
        "yaml-too-large",
    ),
    "the same below a tab, which only one parser reads": (
        POLICY,
        lambda: "# \t\n" + HEAD + f"data: [{'email, ' * 290_000}]",
        "yaml-too-large",
    ),
    "150,000 unknown keys": (POLICY, lambda: HEAD + numbered("k#: 1\n", 150_000, ""), "yaml-too-large"),
    "50,000 unknown keys": (POLICY, lambda: HEAD + numbered("k#: 1\n", 50_000, ""), "unknown-key"),
    "90,000 unknown words": (POLICY, lambda: HEAD + f"data: [{numbered('a#', 90_000)}]", "unknown-word"),
    "90,000 anchors": (POLICY, lambda: HEAD + f"data: [{numbered('&a# x', 90_000)}]", "unknown-word"),
    "90,000 times one word": (POLICY, lambda: HEAD + f"purposes: [{'analytics, ' * 90_000}]", "duplicate-id"),
    "100,000 times one key": (POLICY, lambda: HEAD + "data: none\n" * 100_000, "duplicate-key"),
    "100,000 tags": (POLICY, lambda: HEAD + f"data: [{'!x a, ' * 100_000}]", "yaml-tag"),
    "100,000 empty keys": (POLICY, lambda: HEAD + f"data: [{'{~: 1}, ' * 100_000}]", "yaml-key"),
    "200,000 merge conflicts": (POLICY, lambda: "<<<<<<< a\n" * 200_000, "merge-conflict"),
    "2,000 ids that lead nowhere": (POLICY, lambda: HEAD + dangling(2000), "dangling-reference"),
    "2,000 ids that lead nowhere, among 10,000 categories": (
        POLICY,
        lambda: HEAD + categories(10_000) + dangling(2000),
        "dangling-reference",
    ),
    "5,000 categories": (POLICY, lambda: HEAD + categories(5000), ""),
    "600,000 characters that nobody sees": (
        POLICY,
        lambda: HEAD + "# " + "a\u00ad" * 600_000,
        "hidden-character",
    ),
    "400,000 joiners where they belong": (POLICY, lambda: HEAD + "# " + "ا\u200c" * 400_000, ""),
    "100,000 look-alike hosts": (POLICY, lambda: HEAD + "# " + "\u0430b.com " * 100_000, "lookalike-address"),
    "one host of a megabyte": (
        POLICY,
        lambda: HEAD + "# " + "\u0430b." * 400_000 + "com",
        "lookalike-address",
    ),
    "all bytes": (POLICY, lambda: bytes(range(256)) * 8000, "yaml-encoding"),
    "UTF-16": (POLICY, lambda: HEAD.encode("utf-16"), "yaml-encoding"),
    "UTF-16 without its mark": (POLICY, lambda: HEAD.encode("utf-16-be"), "yaml-encoding"),
    "UTF-32": (POLICY, lambda: HEAD.encode("utf-32"), "yaml-encoding"),
    "a byte order mark": (POLICY, lambda: HEAD.encode("utf-8-sig"), ""),
    "lines that end as on Windows": (POLICY, lambda: HEAD.replace("\n", "\r\n"), ""),
    "lines that end as on old Macs": (POLICY, lambda: HEAD.replace("\n", "\r"), ""),
    "lines that end as on mainframes": (POLICY, lambda: HEAD.replace("\n", "\x85"), "yaml-encoding"),
    "NUL": (POLICY, lambda: HEAD + "\0", "yaml-encoding"),
    "half a surrogate pair": (POLICY, lambda: HEAD.encode() + b"# \xed\xa0\x80", "yaml-encoding"),
    "deep settings": (SITE, lambda: SETTINGS + "shared: " + "[" * 100_000, "yaml-too-deep"),
    "90,000 times one language": (
        SITE,
        lambda: SETTINGS.replace("[en, vi]", f"[{'en, ' * 90_000}]"),
        "duplicate-id",
    ),
    "90,000 languages that there aren't": (
        SITE,
        lambda: SETTINGS.replace("[en, vi]", f"[{numbered('x#', 90_000)}]"),
        "bad-language",
    ),
    "60,000 messages": (PO, lambda: numbered('msgid "m#"\nmsgstr "x"\n', 60_000, ""), ""),
    "60,000 times one message": (PO, lambda: 'msgid "Contents"\nmsgstr "x"\n' * 60_000, "catalogue-syntax"),
    "a million lines of no message": (PO, lambda: "x\n" * 1_000_000, "catalogue-syntax"),
    "a million escaped quotes": (PO, lambda: 'msgid "' + '\\"' * 900_000 + '"\n', "catalogue-syntax"),
    "a string without an end": (PO, lambda: 'msgid "' + "\\\\" * 900_000 + "\n", "catalogue-syntax"),
    "a million braces": (
        PO,
        lambda: 'msgid "Contents"\nmsgstr "' + "{" * 1_900_000 + '"\n',
        "catalogue-placeholder",
    ),
    "a plural rule of brackets": (PO, lambda: _PLURAL % ("(" * 200_000), "catalogue-plural"),
    "a plural rule of spaces": (PO, lambda: _PLURAL % ("0 " + " " * 200_000 + "x; ;"), "catalogue-plural"),
    "a plural rule of products": (PO, lambda: _PLURAL % ("n*" * 200_000 + "n"), "catalogue-plural"),
    "a date of a million days": (PO, lambda: _DATE % ("d" * 1_000_000), "catalogue-date"),
    "a catalogue in UTF-16": (PO, lambda: 'msgid "x"'.encode("utf-16"), "yaml-encoding"),
}
FILES: Mapping[str, tuple[str, int, str]] = {
    "a policy of 100 MiB": (POLICY, _HUNDRED, "yaml-too-large"),
    "settings of 100 MiB": (SITE, _HUNDRED, "yaml-too-large"),
    "a catalogue of 100 MiB": (PO, _HUNDRED, "yaml-too-large"),
    "a template of 100 MiB": ("templates/home.html", _HUNDRED, "template-error"),
    "a template of 100 MiB that nothing uses": ("templates/mine.html", _HUNDRED, "template-error"),
    "a picture of 100 MiB beside templates": ("templates/photo.jpg", _HUNDRED, ""),
    "a style sheet of 100 MiB": ("templates/style.css", _HUNDRED, "template-error"),
    "a static file of 100 MiB": ("static/film.bin", _HUNDRED, ""),
    "a static file of 1 GiB": ("static/film.bin", 2**30, "unpublishable-file"),
    "a policy of 300 MiB": (POLICY, 300 * 2**20, "yaml-too-large"),
}
"""Files of nothing but NUL: where they stand, their size, and the code."""


def test_a_file_that_is_too_much_is_a_finding_or_a_page(tmp_path: Path, dose: Dose, tally: Tally) -> None:
    attacks = list(ATTACKS.items())[:: dose(6, 1)]
    runs = {}
    for number, (name, (path, make, code)) in enumerate(attacks):
        runs[name] = confined(make_site(tmp_path / str(number), {path: make()})), code
    tell(runs, tally, "Files with too much in them, too deep, or of no text")


def test_a_file_that_is_too_large_is_a_finding_or_published(tmp_path: Path, dose: Dose, tally: Tally) -> None:
    runs = {}
    for number, (name, (path, size, code)) in enumerate(list(FILES.items())[:: dose(4, 1)]):
        site = make_site(tmp_path / str(number))
        hollow(site / path, size)
        runs[name] = confined(site), code
    tell(runs, tally, "Files of 100 MiB to 1 GiB")


def tell(runs: Mapping[str, tuple[Run, str]], tally: Tally, attack: str) -> None:
    fell = {
        name: (run.code, run.seconds, run.output[:500], run.output[-1500:])
        for name, (run, code) in runs.items()
        if not is_civil(run) or (f"[{code}]" in run.output) != bool(code) or bool(code) != bool(run.code)
    }
    assert not fell
    slowest = max(run.seconds for run, _ in runs.values())
    tally(
        attack, len(runs), f"a finding or a page, in {MEBIBYTES} MiB and at most {slowest:.1f} s of computing"
    )


def hollow(file: Path, size: int) -> None:
    """A file of nothing but NUL, which takes no room on the disk."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        opened.truncate(size)


def test_many_large_static_files_are_never_in_memory_together(tmp_path: Path, dose: Dose) -> None:
    make_site(tmp_path)
    count = dose(3, 10)
    for number in range(count):
        hollow(tmp_path / "static" / f"{number}.bin", LARGEST * 9 // 10)
    run = confined(tmp_path)
    assert (run.code, "Traceback" in run.output) == (0, False), run.output[-2000:]
    assert all((tmp_path / "site" / f"{number}.bin").is_file() for number in range(count))


@pytest.mark.parametrize("attack", ["100,000 tags", "60,000 times one message"])
def test_a_file_has_so_many_errors_and_no_more(attack: str, tmp_path: Path) -> None:
    path, make, code = ATTACKS[attack]
    run = confined(make_site(tmp_path, {path: make()}), "check")
    assert run.output.count(f"[{code}]") == ENOUGH


def test_limits_are_those_that_the_documentation_states() -> None:
    assert (SIZE_LIMIT, EVENT_LIMIT, ENOUGH, LARGEST) == (2 * 2**20, 120_000, 200, 100 * 2**20)
