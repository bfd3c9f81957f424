"""What nobody sees, and what looks like something else: found wherever it deceives, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from babel import Locale, localedata

from policygen.diagnostics import Position
from policygen.source import Data, deceptive, disguised, parse
from tests.full_policy import Full
from tests.small_site import SETTINGS, policy, result_of

HARMLESS = [
    "không bán dữ liệu", "naïve “quotes”, – dashes…", "10\u00a0000 €, 5\u202fkm",
    "می‌خواهم", "PDF‌ها", "۵‌ساله", "۱۴۰۲ ه‍.ش", "क्‍ष र्‍य", "ക്‍", "ক্‌ষ", "ශ්‍රී", "ខ្មែរ\u200bភាសា", "ไทย\u200bลาว",
    "العربية\u200f (privacy@example.com)\u200e", "العربية\n\u200fprivacy@example.com\u200f",
    "👩‍💻 👨‍👩‍👧 👍🏽 ✔️ ❤️‍🔥 1️⃣ #️⃣ ©️ ℹ️ ↔️ 🏳️‍🌈", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "葛\U000e0100飾", "ᠮᠣᠩᠭᠣᠯ\u180eᠠ", "⠉\u2800⠁",
    "apple.com", "https://xn--d1acufc.xn--p1ai/", "https://музыка.рф/a", "https://музыка.example/",
    "ελλάδα.gr", "e-mail-адрес.com", "политика.Google", "Ваши данные.Our data", "xn--",
    "xn--\u00e4.com", "alışveriş.com", "a.b.c",
]  # fmt: skip
UNSEEN = [
    *"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e",
    *"\u2060\u2061\u2064\u2066\u2067\u2068\u2069\u206a\u206f\u2800\u3164\ufe00\ufe0f\uffa0\ufff9\U000e0001\U000e0041\U000e007f",
    *"\U000e0100\U0001d173",
]  # fmt: skip
LOOKALIKES = [
    ("see аpple.com/x", "аpple.com"),
    ("help@gооgle.com", "gооgle.com"),
    ("https://аррӏе.com", "аррӏе.com"),
    ("http://xn--pple-43d.com/", "xn--pple-43d.com"),
    ("HTTPS://XN--80AK6AA92E.COM", "XN--80AK6AA92E.COM"),
    ("my-аpple.shop.example", "my-аpple.shop.example"),
    ("micrоsοft.com.", "micrоsοft.com"),
    ("օօ.com", "օօ.com"),
    ("ɑpple.com", "ɑpple.com"),
]


@pytest.mark.parametrize("text", HARMLESS, ids=ascii)
def test_what_a_language_needs_is_no_finding(text: str) -> None:
    assert list(deceptive(text, "p.yaml")) == []


@pytest.mark.parametrize("character", UNSEEN, ids=ascii)
def test_what_nobody_sees_is_a_finding_with_its_code_point_and_place(character: str) -> None:
    (found,) = deceptive(f"one\r\ntwo and{character} three", "p.yaml")
    assert (found.code, found.position) == ("hidden-character", Position(2, 8))
    assert f"U+{ord(character):04X}" in found.message


@pytest.mark.parametrize(("text", "host"), LOOKALIKES)
def test_a_host_that_looks_like_another_is_a_finding_where_it_stands(text: str, host: str) -> None:
    (found,) = deceptive(f"first line\n{text}", "p.yaml")
    assert found.code == "lookalike-address"
    assert found.position == Position(2, text.index(host) + 1, len(host))


def test_no_name_that_cldr_has_in_any_language_deceives() -> None:
    found = {
        name
        for identifier in localedata.locale_identifiers()
        if "_" not in identifier
        for name in names(Locale.parse(identifier))
        if any(deceptive(name, ""))
    }
    # Two joiners in a row: a typing error of CLDR's.
    assert {name for name in found if "\u200c\u200c" not in name} == set()


def names(locale: Locale) -> Iterator[str]:
    yield from locale.territories.values()
    yield from locale.languages.values()
    yield from locale.currencies.values()
    for widths in (*locale.months.values(), *locale.days.values()):
        for each in widths.values():
            yield from each.values()


def texts(data: Data) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from texts(part)


def spoilt(data: Data, sign: str) -> Data:
    """The data with a sign in each of its texts."""
    if isinstance(data, dict):
        return {key: spoilt(value, sign) for key, value in data.items()}
    if isinstance(data, list):
        return [spoilt(value, sign) for value in data]
    return data[:1] + sign + data[1:] if isinstance(data, str) else data


@pytest.mark.parametrize("is_escaped", [False, True])
def test_it_is_found_in_every_value_that_a_policy_can_have_written_out_or_escaped(is_escaped: bool) -> None:
    data = Full().policy()
    text = yaml.safe_dump(spoilt(data, "\u202e"), allow_unicode=not is_escaped, width=10_000)
    found = [each.code for each in parse(text, "p.yaml")[1]]
    assert found[:200] == ["hidden-character"] * min(200, len(list(texts(data))))


def test_what_is_written_as_it_is_is_found_once() -> None:
    _, findings = parse('a: "x\u200by \\u200b"\nb: "\\t\u200bz"', "p.yaml")
    assert [found.position and found.position.line for found in findings] == [1, 2]


def test_html_entities_are_found_where_they_stand_for_it(tmp_path: Path) -> None:
    text = "text: {en: 'a&#x202E;b `&shy;`, R&amp;D', vi: '&rlm;&zwnj;'}"
    found = result_of(tmp_path, policy(f"extra: [{{id: x, title: {{en: A, vi: B}}, {text}}}]\n")).findings
    assert [each.code for each in found if each.code != "never-released"] == ["hidden-character"] * 4


@pytest.mark.parametrize(
    "text", ["[//]: # (We never sell data.)", "&nbsp;", "[](https://a.example)", "#", "***", "> "]
)
def test_a_text_of_which_nothing_is_seen_is_empty(text: str, tmp_path: Path) -> None:
    extra = f"extra: [{{id: x, title: {{en: A, vi: B}}, text: {{en: '{text}', vi: C}}}}]\n"
    found = [each for each in result_of(tmp_path, policy(extra)).findings if each.code != "never-released"]
    assert [each.code for each in found] == ["empty-value"]
    assert found[0].place.route == ("extra", 0, "text", "en")


def test_comments_of_a_catalogue_are_not_looked_at(tmp_path: Path) -> None:
    catalogue = '#: \u2068some file.py\u2069:1\nmsgid "Contents"\nmsgstr "Nội\u200b dung"\n'
    files: dict[str, str | bytes] = {"locales/vi/LC_MESSAGES/policygen.po": catalogue}
    found = [each for each in result_of(tmp_path, files).findings if each.code == "hidden-character"]
    assert [each.position for each in found] == [Position(3, 12)]


def test_settings_are_looked_at_as_policies_are(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"content/site.yaml": SETTINGS.replace("Policies", "Poli\u00adcies")}
    assert [each.code for each in result_of(tmp_path, files).findings][:1] == ["hidden-character"]


def test_a_value_is_asked_only_for_what_its_text_does_not_show() -> None:
    assert [found.code for found in disguised("a\u200bb", "a\\u200bb", "p")] == ["hidden-character"]
    assert list(disguised("a\u200bb", "a\u200bb", "p")) == []
