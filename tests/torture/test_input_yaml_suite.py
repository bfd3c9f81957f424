"""The public YAML test suite: each text is read as YAML 1.2 says, or refused for a reason that is known."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from policygen.source import Data, parse
from policygen.source.parsers import PARSERS, ParserType
from tests.site_under_test import CHECKOUT
from tests.torture.conftest import Tally

SUITE: Path = CHECKOUT / "tests" / "data" / "yaml-test-suite" / "cases.json"
ON_PURPOSE = frozenset({"yaml-key", "yaml-tag", "yaml-multiple-documents", "yaml-encoding", "duplicate-key"})
"""What no policy needs: keys that are no words, tags, several documents, control characters."""
UNREADABLE: Mapping[str, str] = {
    "tabs that separate": (
        "6BCT 6CA3 6HB6 A2M4 DC7X DK95:0 DK95:3 DK95:4 DK95:5 DK95:7 HS5T J3BT K54U MUS6:3 NB6Z Q5MG UV7Q "
        "Y79Y:2 Y79Y:10"
    ),
    "a colon that begins a value": "4ABK 58MP 5MUD 5T43 CFD4 DBG4 FRK4 HM87:0 K3WX",
    "a key over several lines": "4MUZ:0 4MUZ:1 4MUZ:2 9SA2 NJ66 VJP3:1",
    "an empty key": "2JQS 6M2F M2N8:0 NHX8 NKF9 S3PD SM9W:1 UKK6:0",
    "an anchor of other signs": "2SXE 8XYN W5VH Y2GN",
    "a text block without indentation": "DK3J FP8R",
    "a comma right after a tag": "WZ62",
    "a document that ends, or is empty": "7Z25 HWV9 M7A3 QT73 UT92 W4TN",
}
"""What PyYAML's parsers can't read, though it is YAML: a finding, never other data."""
READ_ALL_THE_SAME = "9C9N 9JBA CVW2 DK95:1 G5U8 QB6E S98Z SU5Z YJV2"
"""No YAML, by a hair: `#` right after a quote or a bracket, `[-]`, lines that are indented too little."""


@dataclass(frozen=True, slots=True)
class Case:
    """A text, and the data that it is by YAML 1.2, unless it is no YAML, or the suite says nothing of it."""

    id: str
    text: str
    is_valid: bool
    data: Data | None = None
    has_data: bool = False


def cases() -> list[Case]:
    return [_case(each) for each in json.loads(SUITE.read_text(encoding="utf-8"))]


def _case(entry: Mapping[str, str]) -> Case:
    if "json" not in entry:
        return Case(entry["id"], entry["yaml"], "fail" not in entry)
    try:
        data: Data = json.loads(entry["json"]) if entry["json"].strip() else None
    except ValueError:  # several documents
        return Case(entry["id"], entry["yaml"], True)
    return Case(entry["id"], entry["yaml"], True, data, has_data=True)


def verdict(case: Case, parser: ParserType) -> str:
    """What came of a case: a word for the table, with its id where it is one of those listed above."""
    data, findings = parse(case.text, "suite.yaml", parser)
    if not case.is_valid:
        return "refused, as it should be" if findings else f"read all the same: {case.id}"
    if findings:
        is_ours = {finding.code for finding in findings} <= ON_PURPOSE
        return "refused on purpose" if is_ours else f"unreadable: {case.id}"
    same = repr(data) == repr(case.data) or (data == case.data and not isinstance(data, bool))
    return "read" if same or not case.has_data else f"read as something else: {case.id}"


@pytest.mark.parametrize("parser", PARSERS)
def test_yaml_is_read_as_yaml_1_2_says_or_refused_for_a_known_reason(
    parser: ParserType, tally: Tally
) -> None:
    verdicts = [verdict(case, parser) for case in cases()]
    listed = {verdict for verdict in verdicts if ": " in verdict}
    assert listed == {
        *(f"unreadable: {id}" for ids in UNREADABLE.values() for id in ids.split()),
        *(f"read all the same: {id}" for id in READ_ALL_THE_SAME.split()),
    }
    plain = len(verdicts) - len(listed)
    held = f"{plain} as YAML 1.2 says or refused on purpose, {len(listed)} known exceptions, none misread"
    name = getattr(parser, "__name__", "")
    tally(f"The YAML test suite, read by {name}", len(verdicts), held)
