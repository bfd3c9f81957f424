"""Everything that can be wrong with a release: a released site, one fault in it, and exactly what is said.

These are broken sites like those of `tests/broken-sites`, made here and not kept as files. A release holds
the text of a whole page: kept as files, every new word of a template would make all of them differ from it,
and thirty records with their digests would have to be made anew by hand. Made anew in every run, a site says
today what it said when it was released, and the fault is all there is to find. The words that change in it
are those of a template of its own, so that what is said of them doesn't depend on ours.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from policygen.build import build
from policygen.diagnostics import Diagnostic
from policygen.releases.record import RECORD, Json, digest
from policygen.report import render
from policygen.site import SiteFolder
from policygen.source import decode, locate
from policygen.verify import verify
from tests.releasing import release_today, reseal
from tests.small_site import files_of

TODAY = date(2026, 11, 21)
RELEASES = "content/music/releases"
FIRST, SECOND, THIRD = (f"{RELEASES}/{id}" for id in ("2026-09-01-1", "2026-10-01-1", "2026-11-01-1"))
POLICY = "content/music/policy.yaml"
WARNINGS = frozenset({"unreleased-change", "short-notice"})
_SETTINGS = "format: 1\nname: Policies\nurl: https://policies.example/\nlanguages: [en, vi]\n"
_POLICY = "format: 1\nservice: {name: Music}\npurposes: [analytics]\n"
_NOBODY = "0" * 64

Fault = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Case:
    """A fault and what is said of it: the code, the message, and the places: a file, and the words there."""

    code: str
    fault: Fault
    message: str
    places: tuple[tuple[str, str], ...]


def case(code: str, fault: Fault, message: str, *places: tuple[str, str]) -> Case:
    return Case(code, fault, message, places)


def write(path: str, text: str) -> Fault:
    return lambda site: (site / path).write_text(text, encoding="utf-8")


def remove(path: str) -> Fault:
    return lambda site: (site / path).unlink()


def move(path: str, target: str) -> Fault:
    return lambda site: (site / path).rename(site / target)


def stated(release: str, **keys: Json) -> Fault:
    """Other keys in a record, every digest fitting."""
    return lambda site: reseal(site / release, keys)


def frozen(release: str, name: str, content: bytes) -> Fault:
    """Another file in a release, every digest fitting."""
    return lambda site: reseal(site / release, {}, {name: content})


def all_of(*faults: Fault) -> Fault:
    return lambda site: [fault(site) for fault in faults]


def say(words: str) -> Fault:
    """Other words on the page, the same in each language."""

    def apply(site: Path) -> None:
        template = site / "templates/sections/purposes.html"
        template.parent.mkdir(parents=True, exist_ok=True)
        template.write_text(f"<p>{words}</p>", encoding="utf-8")

    return apply


def change_a_byte(path: str) -> Fault:
    def apply(site: Path) -> None:
        content = (site / path).read_bytes()
        (site / path).write_bytes(content[:-2] + b" " + content[-1:])

    return apply


def add_a_space(path: str) -> Fault:
    """Other bytes that say the same."""
    return lambda site: (site / path).write_bytes((site / path).read_bytes() + b" ")


def follow_the_first(site: Path) -> None:
    """As after a merge: the third release was made on another branch, where the second was not."""
    first = digest((site / FIRST / RECORD).read_bytes())
    reseal(site / THIRD, {"previous": first})


CASES = (
    case(
        "unreleased-change", say("We count each visit."),
        "the text of `music` (en, vi) is not the released one of 2026-11-01-1: en: “We count every visit.” "
        "is now “We count each visit.”; vi: “We count every visit.” is now “We count each visit.”",
        (POLICY, "format: 1"),
    ),
    case(
        "short-notice",
        all_of(
            write("content/site.yaml", f"{_SETTINGS}changes: {{notice_days: 30}}\n"),
            stated(THIRD, weight="material", effective="2026-11-30"),
        ),
        "a material change released on 2026-11-01 takes effect on 2026-11-30, not 30 days later",
        (POLICY, "format: 1"),
    ),
    case(
        "bad-release", write(f"{THIRD}/release.json", "{"),
        "this is not the JSON that policygen wrote: expecting property name enclosed in double quotes",
        (f"{THIRD}/release.json", ""),
    ),
    case(
        "bad-release", stated(THIRD, format=2), "this policygen does not know format 2 of a release",
        (f"{THIRD}/release.json", "2,"),
    ),
    case(
        "bad-release", stated(THIRD, colour="red"), "unknown key `colour`",
        (f"{THIRD}/release.json", '"red"'),
    ),
    case(
        "bad-release", stated(THIRD, date="2026-02-30"), "`2026-02-30` is no date",
        (f"{THIRD}/release.json", '"2026-02-30"'),
    ),
    case(
        "bad-release", stated(THIRD, kind="draft"), "`draft` is not possible here",
        (f"{THIRD}/release.json", '"draft"'),
    ),
    case(
        "bad-release", stated(THIRD, recorded=None), "`recorded` is missing",
        (f"{THIRD}/release.json", "{"),
    ),
    case(
        "bad-release", frozen(THIRD, "changes.json", b"{}"), "expected a list",
        (f"{THIRD}/changes.json", "{}"),
    ),
    case(
        "bad-release", frozen(THIRD, "facts.json", b"\xff"),
        "this is not the JSON that policygen wrote: it is not UTF-8",
        (f"{THIRD}/facts.json", ""),
    ),
    case(
        "bad-release", frozen(THIRD, "en.html", b"<p>caf\xe9</p>"), "en.html is not UTF-8",
        (f"{THIRD}/en.html", ""),
    ),
    case(
        "bad-release", stated(THIRD, heads={}), "there is no text in any language",
        (f"{THIRD}/release.json", "{}"),
    ),
    case(
        "bad-release", stated(THIRD, summary={"en": "a\x1b[2Jb", "vi": "c"}),
        "no policygen writes the character U+001B, which stands here",
        (f"{THIRD}/release.json", r'"a\u001b[2Jb"'),
    ),
    case(
        "bad-release", frozen(FIRST, "changes.json", rb'[{"kind": "x", "words": {"en": "a\ud800"}}]'),
        "no policygen writes the character U+D800, which stands here",
        (f"{FIRST}/changes.json", ""),
    ),
    case(
        "hidden-character", frozen(FIRST, "facts.json", rb'{"entries": [{"kind": "x", "id": "a\u202eb"}]}'),
        "the character U+202E (RIGHT-TO-LEFT OVERRIDE) changes the order in which text is seen",
        (f"{FIRST}/facts.json", r'"a\u202eb"'),
    ),
    case(
        "hidden-character", frozen(FIRST, "en.html", "<p>a\u200bb</p>".encode()),
        "nobody sees the character U+200B (ZERO WIDTH SPACE), which stands here",
        (f"{FIRST}/en.html", "\u200bb"),
    ),
    case(
        "lookalike-address", frozen(FIRST, "vi.html", "<p>\u0430pple.com</p>".encode()),
        "in `\u0430pple.com` U+0430 (CYRILLIC SMALL LETTER A) looks like another letter",
        (f"{FIRST}/vi.html", "\u0430pple.com"),
    ),
    case(
        "bad-release", frozen(FIRST, "en.html", b'<p>a</p>\n<meta http-equiv="refresh" content="0;url=/b">'),
        'a text holds words, and no element that acts: `<meta http-equiv="refresh" content="0;url=/b"`',
        (f"{FIRST}/en.html", "<meta"),
    ),
    case(
        "missing-release-file", remove(f"{SECOND}/vi.html"), "vi.html of the release is missing",
        (f"{SECOND}/vi.html", ""),
    ),
    case(
        "missing-release-file", remove(f"{THIRD}/release.json"), "the release has no release.json",
        (f"{THIRD}/release.json", ""),
    ),
    *(
        case(
            "edited-release", change_a_byte(f"{FIRST}/{name}"),
            f"{name} is not what was released: its digest is not the one in release.json",
            (f"{FIRST}/{name}", opening),
        )
        for name, opening in (("en.html", "<header"), ("facts.json", "{"), ("changes.json", "["))
    ),
    case(
        "added-release-file", write(f"{SECOND}/notes.txt", "A note.\n"),
        "notes.txt was added after the release",
        (f"{SECOND}/notes.txt", "A note."),
    ),
    case(
        "broken-chain", stated(THIRD, previous=_NOBODY),
        "the release before it, 000000000000…, is not here or was changed",
        (f"{THIRD}/release.json", f'"{_NOBODY}"'),
    ),
    case(
        "broken-chain", add_a_space(f"{SECOND}/release.json"),
        "the release before it, {second}…, is not here or was changed",
        (f"{THIRD}/release.json", '"{second}'),
    ),
    case(
        "broken-chain", lambda site: shutil.rmtree(site / FIRST),
        "the release before it, {first}…, is not here or was changed",
        (f"{SECOND}/release.json", '"{first}'),
    ),
    case(
        "broken-chain", stated(THIRD, corrects="2020-01-01-1", reason={"en": "It was wrong.", "vi": "Sai."}),
        "there is no release 2020-01-01-1 before it",
        (f"{THIRD}/release.json", '"2020-01-01-1"'),
    ),
    case(
        "forked-history", follow_the_first,
        "2026-10-01-1 and 2026-11-01-1 follow the same release, as after a merge of two branches",
        (f"{THIRD}/release.json", '"{first}'),
    ),
    case(
        "misplaced-release", move(THIRD, f"{RELEASES}/2026-11-01-2"),
        "the release of 2026-11-01-1 stands in the folder 2026-11-01-2",
        (f"{RELEASES}/2026-11-01-2/release.json", "{"),
    ),
    case(
        "misplaced-release", move(THIRD, f"{RELEASES}/newest"), "`newest` is no release",
        (f"{RELEASES}/newest", ""),
    ),
    case(
        "release-order",
        all_of(stated(THIRD, recorded="2026-08-01"), move(THIRD, f"{RELEASES}/2026-08-01-1")),
        "recorded on 2026-08-01, before the release it follows (2026-10-01-1)",
        (f"{RELEASES}/2026-08-01-1/release.json", '"2026-08-01"'),
    ),
    case(
        "release-order", all_of(stated(SECOND, date="2026-10-01"), stated(THIRD, date="2026-09-30")),
        "dated 2026-09-30, but the release before it is dated 2026-10-01",
        (f"{THIRD}/release.json", '"2026-09-30"'),
    ),
    case(
        "future-release",
        all_of(stated(THIRD, recorded="2027-01-01"), move(THIRD, f"{RELEASES}/2027-01-01-1")),
        "recorded on 2027-01-01, after today (2026-11-21)",
        (f"{RELEASES}/2027-01-01-1/release.json", '"2027-01-01"'),
    ),
    case(
        "removed-service",
        all_of(
            lambda site: (site / "content/film").mkdir(),
            move(POLICY, "content/film/policy.yaml"),
        ),
        "`music` has releases and no policy.yaml: what was published can't just vanish",
        (RELEASES, ""),
    ),
    case(
        "renamed-service", move("content/music", "content/songs"), "this is a release of `music`",
        (f"{FIRST}/release.json".replace("/music/", "/songs/"), '"music"'),
    ),
    case(
        "removed-language", write("content/site.yaml", _SETTINGS.replace("[en, vi]", "[en]")),
        "the release has a text in `vi`, which is not a language of this site any more",
        (f"{FIRST}/release.json", '"vi": {'),
    ),
    case(
        "merge-conflict",
        write(
            f"{THIRD}/release.json",
            '{\n<<<<<<< HEAD\n "format": 1\n=======\n "format": 1,\n>>>>>>> branch\n}\n',
        ),
        "git left the marks of a merge conflict here",
        (f"{THIRD}/release.json", "<<<<<<<"),
    ),
    case(
        "merge-conflict",
        write(f"{THIRD}/en.html", "<p>:</p>\n<<<<<<< HEAD\n<p>A</p>\n=======\n<p>B</p>\n>>>>>>> b\n"),
        "git left the marks of a merge conflict here",
        (f"{THIRD}/en.html", "<<<<<<<"),
    ),
    case(
        "missing-translation", stated(THIRD, summary={"en": "We count all visits."}),
        "the summary is missing in `vi`",
        (f"{THIRD}/release.json", '"summary"'),
    ),
    case(
        "missing-translation", stated(THIRD, corrects="2026-10-01-1", reason={"vi": "Sai."}),
        "the reason is missing in `en`",
        (f"{THIRD}/release.json", '"reason"'),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with three releases, whose text is the last one's; don't write there."""
    site = tmp_path_factory.mktemp("released")
    (site / "content/music").mkdir(parents=True)
    write("content/site.yaml", _SETTINGS)(site)
    write(POLICY, _POLICY)(site)
    texts = ("We count visits.", "We count all visits.", "We count every visit.")
    for words, day in zip(texts, (date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)), strict=True):
        say(words)(site)
        release_today(site, "music", day)
    return site


def broken(released: Path, folder: Path, fault: Fault) -> Path:
    site = shutil.copytree(released, folder / "site")
    fault(site)
    return site


def findings_of(site: Path) -> tuple[Diagnostic, ...]:
    return build(SiteFolder(site), lambda _zone: TODAY).findings


def shown(site: Path, findings: tuple[Diagnostic, ...]) -> list[dict[str, object]]:
    """The findings as programs get them."""

    def read(path: str) -> str | None:
        raw = SiteFolder(site).read(path)
        text = decode(raw, path) if raw is not None else None
        return text if isinstance(text, str) else None

    data: list[dict[str, object]] = json.loads(render(findings, "json", read, locate))
    return data


def _words_at(site: Path, found: dict[str, object]) -> str:
    line, column = found["line"], found["column"]
    if not isinstance(line, int) or not isinstance(column, int):
        return ""
    text = (site / str(found["path"])).read_bytes().decode(errors="replace")
    return text.splitlines()[line - 1][column - 1 :]


_parametrised = pytest.mark.parametrize(
    "case", [pytest.param(each, id=f"{number} {each.code}") for number, each in enumerate(CASES, start=1)]
)


def test_a_released_site_without_a_fault_has_no_findings(released: Path) -> None:
    assert findings_of(released) == ()


@_parametrised
def test_a_fault_is_found_at_its_place_and_nothing_else_is(
    case: Case, released: Path, tmp_path: Path
) -> None:
    site = broken(released, tmp_path, case.fault)
    names = {
        "first": digest((released / FIRST / RECORD).read_bytes())[:12],
        "second": digest((released / SECOND / RECORD).read_bytes())[:12],
    }
    found = shown(site, findings_of(site))
    severity = "warning" if case.code in WARNINGS else "error"
    said = {(each["code"], each["severity"], each["message"]) for each in found}
    assert said == {(case.code, severity, case.message.format_map(names))}
    assert [each["path"] for each in found] == [path for path, _ in case.places]
    for each, (_, words) in zip(found, case.places, strict=True):
        there = words.replace("{first}", names["first"]).replace("{second}", names["second"])
        assert _words_at(site, each).startswith(there)


@_parametrised
def test_a_fault_is_said_in_one_plain_sentence_with_a_way_out(
    case: Case, released: Path, tmp_path: Path
) -> None:
    site = broken(released, tmp_path, case.fault)
    for found in shown(site, findings_of(site)):
        message, help = str(found["message"]), str(found["help"] or "")
        assert not message[:1].isupper()
        assert not message.endswith(".")
        assert help


@_parametrised
def test_verify_finds_what_is_wrong_with_a_release_and_nothing_is_rewritten(
    case: Case, released: Path, tmp_path: Path
) -> None:
    site = broken(released, tmp_path, case.fault)
    before = files_of(site)
    _, found = verify(SiteFolder(site), lambda _zone: TODAY, None)
    assert {each.code for each in found} == ({case.code} - WARNINGS)
    assert files_of(site) == before


def test_a_newest_release_that_was_taken_away_is_found_by_its_fingerprint(
    released: Path, tmp_path: Path
) -> None:
    published = digest((released / THIRD / RECORD).read_bytes())
    site = broken(released, tmp_path, lambda site: shutil.rmtree(site / THIRD))
    for known, codes in (("", []), (published, ["removed-release"]), (published[:12], ["removed-release"])):
        count, found = verify(SiteFolder(site), lambda _zone: TODAY, known or None)
        assert (count, [each.code for each in found]) == (2, codes)
    assert verify(SiteFolder(released), lambda _zone: TODAY, published) == (3, ())
