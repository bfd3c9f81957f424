"""A language speaks as CLDR and its catalogue say, and a catalogue's mistakes are found at their lines."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING, get_args

import pytest
from babel import Locale
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from policygen.diagnostics import Diagnostic, Place
from policygen.language import (
    DURATION_MESSAGES,
    Catalogue,
    Duration,
    Language,
    Unit,
    is_language_tag,
    known_locale,
    merge,
    missing,
    parse_duration,
    placeholders,
    read_catalogue,
    tag_problem,
)

if TYPE_CHECKING:
    from policygen.language.speech import ListStyle

ARABIC = "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"
PO = {
    "vi": r"""
msgid ""
msgstr ""
"Language: vi\n"
"Plural-Forms: nplurals=1; plural=0;\n"

msgctxt "date"
msgid "d MMMM y"
msgstr "'ngày' d 'tháng' M 'năm' y"

msgctxt "data"
msgid "phone number"
msgstr "số điện thoại"

msgid "Contents"
msgstr "Mục lục"

msgctxt "duration"
msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} ngày"

msgctxt "duration"
msgid "{n} working day"
msgid_plural "{n} working days"
msgstr[0] "{n} ngày làm việc"
""",
    "ar": rf"""
msgid ""
msgstr "Plural-Forms: {ARABIC}\n"

msgctxt "duration"
msgid "{{n}} day"
msgid_plural "{{n}} days"
msgstr[0] "أقل من يوم"
msgstr[1] "يوم واحد"
msgstr[2] "يومان"
msgstr[3] "{{n}} أيام"
msgstr[4] "{{n}} يومًا"
msgstr[5] "{{n}} يوم"
""",
    "pt-BR": r"""
msgid ""
msgstr "Plural-Forms: nplurals=2; plural=(n > 1);\n"

msgctxt "date"
msgid "d MMMM y"
msgstr "d 'de' MMMM 'de' y"

msgctxt "duration"
msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} dia"
msgstr[1] "{n} dias"
""",
}
TEMPLATE = """
msgid "Contents"
msgstr ""

msgctxt "data"
msgid "phone number"
msgstr ""

msgctxt "heading:data"
msgid "phone number"
msgstr ""

msgctxt "duration"
msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] ""
msgstr[1] ""
"""


def speak(tag: str) -> Language:
    return Language.of(tag, read(tag, PO[tag]) if tag in PO else None)


def read(tag: str, text: str, path: str = "x.po") -> Catalogue:
    catalogue, findings = read_catalogue(tag, text, path)
    assert catalogue is not None
    assert findings == ()
    return catalogue


def brief(finding: Diagnostic) -> tuple[str, int, int, int]:
    assert finding.place == Place("x.po")
    assert finding.position is not None
    return finding.code, finding.position.line, finding.position.column, finding.position.width


@pytest.mark.parametrize(
    ("tag", "name", "direction"),
    [
        ("en", "English", "ltr"),
        ("vi", "Tiếng Việt", "ltr"),
        ("ar", "العربية", "rtl"),
        ("pt-BR", "português (Brasil)", "ltr"),
        ("zh-Hant", "中文 (繁體)", "ltr"),
        ("az-Arab", "آذربایجان تۆرکجه‌سی (عربجه)", "rtl"),
    ],
)
def test_a_language_has_its_own_name_and_direction(tag: str, name: str, direction: str) -> None:
    language = Language.of(tag)
    assert (language.tag, language.name, language.direction) == (tag, name, direction)
    assert language.locale == Locale.parse(tag, sep="-")


@pytest.mark.parametrize(
    ("tag", "date"),
    [
        ("en", "30 April 2023"),
        ("vi", "ngày 30 tháng 4 năm 2023"),
        ("pt-BR", "30 de abril de 2023"),
        ("ar", "30 أبريل 2023"),
        ("ar-EG", "30 أبريل 2023"),
    ],
)
def test_a_date_follows_the_catalogues_pattern_with_western_digits(tag: str, date: str) -> None:
    assert speak(tag).date(dt.date(2023, 4, 30)) == date


@pytest.mark.parametrize(
    ("tag", "number"),
    [("en", "1,234,567"), ("vi", "1.234.567"), ("pt-BR", "1.234.567"), ("ar-EG", "1,234,567")],
)
def test_a_number_has_its_languages_separators(tag: str, number: str) -> None:
    assert speak(tag).number(1234567) == number


@pytest.mark.parametrize(
    ("tag", "amount", "said"),
    [
        ("en", 1, "1 day"),
        ("en", 30, "30 days"),
        ("en", 1000, "1,000 days"),
        ("vi", 1, "1 ngày"),
        ("vi", 1000, "1.000 ngày"),
        ("pt-BR", 1, "1 dia"),
        ("pt-BR", 2, "2 dias"),
        ("ar", 0, "أقل من يوم"),
        ("ar", 1, "يوم واحد"),
        ("ar", 2, "يومان"),
        ("ar", 3, "3 أيام"),
        ("ar", 11, "11 يومًا"),
        ("ar", 100, "100 يوم"),
    ],
)
def test_a_duration_takes_its_languages_plural_form(tag: str, amount: int, said: str) -> None:
    assert speak(tag).duration(Duration(amount, "day")) == said


def test_every_unit_has_an_english_singular_and_plural() -> None:
    english = speak("en")
    for unit in get_args(Unit):
        words = unit.replace("_", " ")
        assert english.duration(Duration(1, unit)) == f"1 {words}"
        assert english.duration(Duration(2, unit)) == f"2 {words}s"
    assert set(DURATION_MESSAGES) == set(get_args(Unit))


def test_a_unit_of_two_words_is_said_in_the_language() -> None:
    assert speak("vi").duration(Duration(10, "working_day")) == "10 ngày làm việc"


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("30 days", Duration(30, "day")),
        ("1 month", Duration(1, "month")),
        ("2 years", Duration(2, "year")),
        ("10 working days", Duration(10, "working_day")),
        ("1 working  day", Duration(1, "working_day")),
        ("45 minutes", Duration(45, "minute")),
        ("24 hours", Duration(24, "hour")),
        ("1 weeks", Duration(1, "week")),
        ("0 days", None),
        ("-1 days", None),
        ("030 days", None),
        ("1.5 days", None),
        ("30", None),
        ("days", None),
        ("30days", None),
        ("30 Days", None),
        ("30 days\n", None),
        ("٣ days", None),
        ("9" * 5000 + " days", None),
    ],
)
def test_a_duration_keeps_the_unit_it_was_written_in(text: str, duration: Duration | None) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    ("tag", "style", "expected"),
    [
        ("en", "and", ["", "a", "a and b", "a, b, and c", "a, b, c, and d"]),
        ("en", "or", ["", "a", "a or b", "a, b, or c", "a, b, c, or d"]),
        ("en", "unit", ["", "a", "a, b", "a, b, c", "a, b, c, d"]),
        ("vi", "and", ["", "a", "a và b", "a, b và c", "a, b, c và d"]),
        ("vi", "or", ["", "a", "a hoặc b", "a, b hoặc c", "a, b, c hoặc d"]),
        ("vi", "unit", ["", "a", "a, b", "a, b, c", "a, b, c, d"]),
        ("ar", "and", ["", "a", "a وb", "a وb وc", "a وb وc وd"]),
        ("pt-BR", "or", ["", "a", "a ou b", "a, b ou c", "a, b, c ou d"]),
    ],
)
def test_a_list_is_joined_as_its_language_does(tag: str, style: ListStyle, expected: list[str]) -> None:
    language = speak(tag)
    assert [language.join("abcd"[:count], style) for count in range(5)] == expected


@pytest.mark.parametrize("tag", ["en", "vi", "ar", "pt-BR", "ja", "es", "he", "zh-Hant", "hy", "th"])
@pytest.mark.parametrize(("style", "babels"), [("and", "standard"), ("or", "or")])
def test_a_list_reads_as_babel_joins_it(tag: str, style: ListStyle, babels: str) -> None:
    language = Language.of(tag)
    for count in range(2, 6):
        letters = list("abcde"[:count])
        assert language.join(letters, style) == format_list(letters, babels, language.locale)  # type: ignore[arg-type]


@pytest.mark.parametrize("tag", ["vi", "es", "bg", "hy", "ur", "zh-Hans", "de"])
def test_a_list_of_units_is_whole_where_babel_has_gaps(tag: str) -> None:
    joined = Language.of(tag).join("12345", "unit")
    assert [letter for letter in joined if letter in "12345"] == list("12345")


def test_a_list_escapes_plain_items_and_keeps_markup_and_braces() -> None:
    items = ["<i>", Markup("<b>{0}</b>"), "{1} & {", "{name}", "}"]
    joined = speak("en").join(items)
    assert isinstance(joined, Markup)
    assert joined == "&lt;i&gt;, <b>{0}</b>, {1} &amp; {, {name}, and }"
    assert speak("en").join(["<i>"]) == "&lt;i&gt;"
    assert isinstance(speak("en").join([]), Markup)


@pytest.mark.parametrize(
    ("tag", "code", "name"),
    [
        ("en", "CN", "China"),
        ("vi", "CN", "Trung Quốc"),
        ("ar", "CN", "الصين"),
        ("vi", "419", "Châu Mỹ La-tinh"),
        ("vi", "ZZ", None),
        ("vi", "cn", None),
        ("vi", "Atlantis", None),
    ],
)
def test_a_territory_has_a_name_in_the_language(tag: str, code: str, name: str | None) -> None:
    assert speak(tag).territory(code) == name


@pytest.mark.parametrize(
    ("tag", "other", "name"),
    [
        ("en", "vi", "Vietnamese"),
        ("vi", "vi", "tiếng Việt"),
        ("vi", "en", "tiếng Anh"),
        ("en", "pt-BR", "Portuguese (Brazil)"),
        ("pt-BR", "vi", "vietnamita"),
        ("en", "xx", None),
    ],
)
def test_another_language_has_a_name_in_this_one(tag: str, other: str, name: str | None) -> None:
    assert speak(tag).language_name(other) == name


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("en", "e-mail address", "E-mail address"),
        ("vi", "địa chỉ IP", "Địa chỉ IP"),
        ("vi", "“ảnh” của bạn", "“Ảnh” của bạn"),
        ("en", "(optional) name", "(Optional) name"),
        ("en", "30 days", "30 days"),
        ("en", "iPhone settings", "iPhone settings"),
        ("en", "IP address", "IP address"),
        ("en", "", ""),
        ("en", "…", "…"),
        ("en", "ǆ", "ǅ"),
        ("en", "ასაკი", "ასაკი"),
        ("ar", "البريد", "البريد"),
        ("tr", "iletişim", "İletişim"),
        ("en", "{you} ask for it", "{You} ask for it"),
        ("en", "{your} name", "{Your} name"),
        ("en", "{service} asks", "{service} asks"),
        ("en", "<b> is text here", "<B> is text here"),
        ("en", Markup("<b class='x'>&quot;name</b>"), Markup("<b class='x'>&quot;Name</b>")),
        ("en", Markup("&lt;name &amp; age"), Markup("&lt;Name &amp; age")),
    ],
)
def test_a_sentence_begins_with_a_capital_and_the_rest_stays(tag: str, text: str, expected: str) -> None:
    said = Language.of(tag).sentence_case(text)
    assert said == expected
    assert type(said) is type(text)


def test_a_message_is_said_in_the_language_and_by_context() -> None:
    vietnamese = speak("vi")
    assert vietnamese.text("phone number", "data") == "số điện thoại"
    assert vietnamese.text("phone number") == "phone number"
    assert vietnamese.text("Contents") == "Mục lục"
    assert speak("en").text("Contents") == "Contents"


def test_an_untranslated_heading_is_the_label_with_a_capital() -> None:
    assert speak("vi").text("phone number", "heading:data") == "Số điện thoại"
    assert speak("en").text("phone number", "heading:data") == "Phone number"
    assert speak("en").text("phone number", "heading") == "Phone number"
    own = read("vi", 'msgctxt "heading:data"\nmsgid "phone number"\nmsgstr "Điện thoại"\n')
    both = Language.of("vi", merge(read("vi", PO["vi"]), own))
    assert both.text("phone number", "heading:data") == "Điện thoại"
    assert both.text("phone number", "data") == "số điện thoại"


def test_the_source_languages_catalogue_overrides_its_own_words() -> None:
    catalogue = read("en", 'msgid "Contents"\nmsgstr "On this page"\n')
    assert Language.of("en", catalogue).text("Contents") == "On this page"
    assert missing(catalogue, read("en", TEMPLATE), "en", "x.po") is None
    assert missing(None, read("en", TEMPLATE), "en-GB", "x.po") is None


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("{n} of {total}", {"n", "total"}),
        ("none", set()),
        ("{n} and {n}", {"n"}),
        ("{0} { n } {n.x} {n!r} {", set()),
    ],
)
def test_placeholders_are_plain_names_in_braces(message: str, names: set[str]) -> None:
    assert placeholders(message) == names


HEADER = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n'
PLURAL = 'msgid "{n} day"\nmsgid_plural "{n} days"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('msgid "{n} of {total}"\nmsgstr "{totl} / {n}"', ("catalogue-placeholder", 2, 9, 6)),
        ('msgid "Hi {name}"\nmsgstr ""\n"Chào "\n"bạn"', ("catalogue-placeholder", 2, 1, 6)),
        ('msgid "Hi {name}"\nmsgstr ""\n"Chào "\n"{name} {nam}"', ("catalogue-placeholder", 4, 9, 5)),
        ('msgid "Hi"\nmsgstr "Chào {x.__class__}"', ("catalogue-placeholder", 2, 14, 13)),
        ('msgid "Hi"\nmsgstr "Chào {"', ("catalogue-placeholder", 2, 14, 1)),
        ('msgid "Hi"\nmsgstr "Chào {0}"', ("catalogue-placeholder", 2, 14, 3)),
        ('msgid "Hi"\nmsgstr "Chào {him}"', ("catalogue-placeholder", 2, 14, 5)),
        (
            HEADER + PLURAL + 'msgstr[0] "một ngày"\nmsgstr[1] "{m} ngày"',
            ("catalogue-placeholder", 7, 12, 3),
        ),
        (
            HEADER + 'msgid "{n} {of}"\nmsgid_plural "{n} {of}"\nmsgstr[0] "{of}"\nmsgstr[1] "{n}"',
            ("catalogue-placeholder", 7, 1, 9),
        ),
        (HEADER + PLURAL + 'msgstr[0] "{n} ngày"', ("catalogue-plural", 6, 1, 9)),
        (
            HEADER + PLURAL + 'msgstr[0] "{n}"\nmsgstr[1] "{n}"\nmsgstr[2] "{n}"',
            ("catalogue-plural", 8, 1, 9),
        ),
        (HEADER + PLURAL + 'msgstr[0] "a day"\nmsgstr[1] "7 days"', ("catalogue-placeholder", 7, 1, 9)),
        (HEADER + PLURAL + 'msgstr[0] "a day"\nmsgstr[1] " "', ("catalogue-plural", 7, 1, 9)),
        (HEADER + PLURAL + 'msgstr[0] "{n}"\nmsgstr[1] ""', ("catalogue-plural", 7, 1, 9)),
        (PLURAL + 'msgstr[0] "{n} ngày"', ("catalogue-plural", 1, 1, 1)),
        (
            HEADER.replace("n != 1", "n + 1") + PLURAL + 'msgstr[0] "{n}"\nmsgstr[1] "{n}"',
            ("catalogue-plural", 3, 2, 12),
        ),
        (
            HEADER.replace("n != 1", "2 % n") + PLURAL + 'msgstr[0] "{n}"\nmsgstr[1] "{n}"',
            ("catalogue-plural", 3, 2, 12),
        ),
        (
            HEADER.replace("n != 1", "__import__('os')") + PLURAL + 'msgstr[0] "{n}"',
            ("catalogue-plural", 3, 2, 12),
        ),
        ('msgctxt "date"\nmsgid "d MMMM y"\nmsgstr "d MMMM"', ("catalogue-date", 3, 9, 6)),
        ('msgctxt "date"\nmsgid "d MMMM y"\nmsgstr "d MMMM y HH:mm"', ("catalogue-date", 3, 9, 14)),
        ('msgctxt "date"\nmsgid "d MMMM y"\nmsgstr "d MMMMMMMM y"', ("catalogue-date", 3, 9, 12)),
        ('msgid "a"\nmsgstr "abc', ("catalogue-syntax", 2, 1, 11)),
        ('msgid "a"\n  msgstr abc', ("catalogue-syntax", 2, 3, 10)),
        ('msgid "a"\nmsgstr "a\\qb"', ("catalogue-syntax", 2, 10, 2)),
        ('msgid "a"\nmsgstr "say "hi""', ("catalogue-syntax", 2, 1, 17)),
        ('msgid "a"\nmsgtxt "b"\nmsgstr "c"', ("catalogue-syntax", 2, 1, 6)),
        ('msgid "a"\nmsgstr[x] "b"', ("catalogue-syntax", 2, 1, 9)),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr "c"', ("catalogue-syntax", 3, 1, 6)),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"', ("catalogue-syntax", 3, 1, 9)),
        ('msgstr "b"', ("catalogue-syntax", 1, 1, 6)),
        ('"foo"', ("catalogue-syntax", 1, 1, 5)),
        ('msgctxt "x"', ("catalogue-syntax", 1, 1, 7)),
        ('msgid "a"\n\nmsgid "b"\nmsgstr "c"', ("catalogue-syntax", 1, 1, 5)),
        ('msgid "a"\nmsgstr "b"\nmsgid "a"\nmsgstr "c"', ("catalogue-syntax", 3, 1, 5)),
    ],
)
def test_a_catalogues_mistake_is_found_at_its_place(text: str, expected: tuple[str, int, int, int]) -> None:
    catalogue, findings = read_catalogue("de", text, "x.po")
    assert [brief(finding) for finding in findings] == [expected]
    assert (catalogue is None) == (expected[0] == "catalogue-syntax")


def test_all_mistakes_of_a_catalogue_are_found_at_once() -> None:
    text = 'msgid "a\nmsgstr "b"\nmsgid "{x}"\nmsgstr "y"\nmsgid "c"\nmsgstr d\nmsgid "e"\nmsgstr "f"\n'
    catalogue, findings = read_catalogue("de", text, "x.po")
    assert catalogue is None
    assert sorted(brief(finding)[:2] for finding in findings) == [
        ("catalogue-placeholder", 4),
        ("catalogue-syntax", 1),
        ("catalogue-syntax", 6),
    ]


@pytest.mark.parametrize(
    ("tag", "rule", "forms", "lacking"),
    [
        ("vi", "nplurals=1; plural=0;", ["7 ngày"], 0),
        ("ru", "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2;",
         ["день", "{n} дня", "{n} дней"], 0),
        ("fr", "nplurals=2; plural=n > 1;", ["un jour", "{n} jours"], None),
        ("ar", ARABIC, ["a", "b", "c", "{n}", "{n}", "{n}"], None),
        ("ar", ARABIC, ["a", "b", "c", "d", "{n}", "{n}"], 3),
    ],
)  # fmt: skip
def test_only_a_form_for_one_number_may_leave_the_number_out(
    tag: str, rule: str, forms: list[str], lacking: int | None
) -> None:
    said = "\n".join(f'msgstr[{number}] "{form}"' for number, form in enumerate(forms))
    header = f'msgid ""\nmsgstr "Plural-Forms: {rule}"\n'
    _, findings = read_catalogue(tag, header + PLURAL + said, "x.po")
    expected = [] if lacking is None else [("catalogue-placeholder", 5 + lacking, 1, 9)]
    assert [brief(finding) for finding in findings] == expected


def test_a_translation_of_white_space_is_none() -> None:
    catalogue, findings = read_catalogue("vi", 'msgid "We sell nothing"\nmsgstr " \u00a0"', "x.po")
    assert catalogue is not None
    assert (catalogue.entries[None, "We sell nothing"].forms, findings) == ((), ())


def test_a_language_with_more_plurals_than_its_header_is_told_how_many_it_needs() -> None:
    text = HEADER + PLURAL + 'msgstr[0] "{n}"\nmsgstr[1] "{n}"'
    _, (finding,) = read_catalogue("ar", text, "x.po")
    assert finding.message == "nplurals is 2, 'ar' needs 6"
    assert "nplurals=6" in (finding.help or "")


@pytest.mark.parametrize(
    "translation",
    ["dữ liệu của {you}", "{Your} dữ liệu", "dữ liệu"],
)
def test_a_translation_may_move_or_drop_the_word_for_the_reader(translation: str) -> None:
    read("vi", f'msgid "{{your}} data"\nmsgstr "{translation}"')


def test_a_misspelt_placeholder_is_told_the_right_one() -> None:
    _, (finding,) = read_catalogue("vi", 'msgid "{total} of {all}"\nmsgstr "{all} {totl}"', "x.po")
    assert finding.message == 'unknown placeholder {totl} in the translation of "{total} of {all}"'
    assert finding.help == "the message has {all}, {total}; did you mean {total}?"


def test_a_refused_translation_is_neither_used_nor_missing() -> None:
    catalogue, findings = read_catalogue("vi", 'msgid "Contents"\nmsgstr "{x}"', "x.po")
    assert catalogue is not None
    assert [finding.code for finding in findings] == ["catalogue-placeholder"]
    assert Language.of("vi", catalogue).text("Contents") == "Contents"
    assert missing(catalogue, read("en", 'msgid "Contents"\nmsgstr ""'), "vi", "x.po") is None


def test_fuzzy_and_obsolete_messages_are_untranslated() -> None:
    text = (
        '#, fuzzy\nmsgid "a"\nmsgstr "{mistake}"\n\n#, fuzzy\n#~ msgid "b"\n#~ msgstr "B"\n\n'
        'msgid "c"\nmsgstr "C"\n\n#, python-format, fuzzy\n#| msgid "old"\nmsgid "d"\nmsgstr "D"\n'
    )
    language = Language.of("vi", read("vi", text))
    assert [language.text(letter) for letter in "abcd"] == ["a", "b", "C", "d"]


def test_missing_translations_are_one_finding_that_names_three() -> None:
    finding = missing(read("vi", 'msgid "Other"\nmsgstr "Khác"'), read("en", TEMPLATE), "vi", "x.po")
    assert finding is not None
    assert brief(finding) == ("catalogue-incomplete", 1, 1, 1)
    assert finding.message == (
        "3 of 4 messages have no translation into 'vi': "
        '"Contents", "phone number" (data), "{n} day" (duration)'
    )
    assert missing(read("vi", PO["vi"]), read("en", TEMPLATE), "vi", "x.po") is None


def test_only_three_of_many_missing_messages_are_named() -> None:
    template = read("en", "\n".join(f'msgid "{letter}"\nmsgstr ""' for letter in "abcdef"))
    finding = missing(None, template, "vi", "x.po")
    assert finding is not None
    assert finding.message == '6 of 6 messages have no translation into \'vi\': "a", "b", "c" …'


def test_a_message_whose_plural_is_not_translated_is_missing() -> None:
    template = read("en", PLURAL + 'msgstr[0] ""\nmsgstr[1] ""')
    assert missing(read("vi", 'msgid "{n} day"\nmsgstr "{n} ngày"'), template, "vi", "x.po") is not None


def test_a_users_catalogue_is_laid_over_ours_message_by_message() -> None:
    ours = read("vi", PO["vi"], "ours.po")
    theirs = read(
        "vi",
        'msgid "Contents"\nmsgstr "Nội dung"\n\nmsgctxt "data"\nmsgid "phone number"\nmsgstr ""',
        "theirs.po",
    )
    merged = merge(ours, theirs)
    assert merged is not None
    assert merged.path == "theirs.po"
    language = Language.of("vi", merged)
    assert language.text("Contents") == "Nội dung"
    assert language.text("phone number", "data") == "số điện thoại"
    assert language.duration(Duration(2, "day")) == "2 ngày"
    assert merge(ours, None) is ours
    assert merge(None, theirs) is theirs
    assert merge(None, None) is None


def test_merged_plurals_keep_the_rule_of_the_file_they_come_from() -> None:
    ours = read(
        "fr", HEADER.replace("n != 1", "n > 1") + PLURAL + 'msgstr[0] "{n} jour"\nmsgstr[1] "{n} jours"'
    )
    theirs = read(
        "fr", HEADER + PLURAL.replace("day", "hour") + 'msgstr[0] "{n} heure"\nmsgstr[1] "{n} heures"'
    )
    language = Language.of("fr", merge(ours, theirs))
    assert language.plural("{n} day", "{n} days", 0) == "{n} jour"
    assert language.plural("{n} hour", "{n} hours", 0) == "{n} heures"


def test_translations_are_in_nfc_whatever_the_file_is_in() -> None:
    decomposed = unicodedata.normalize("NFD", PO["vi"])
    assert decomposed != PO["vi"]
    assert read("vi", decomposed) == read("vi", PO["vi"])


def test_a_file_may_begin_with_a_byte_order_mark_and_end_its_lines_as_windows_does() -> None:
    windows = "\ufeff" + PO["vi"].replace("\n", "\r\n")
    assert read("vi", windows) == read("vi", PO["vi"])


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="{}\r"), min_size=1).map(
    lambda text: unicodedata.normalize("NFC", text)
)


@given(st.dictionaries(st.tuples(st.none() | TEXT, TEXT), TEXT, min_size=1, max_size=4))
@settings(deadline=None)
def test_what_babel_writes_is_read_back(messages: dict[tuple[str | None, str], str]) -> None:
    # A translation of white space is none.
    messages = {key: translation for key, translation in messages.items() if translation.strip()}
    written = Catalog(locale="vi")
    for (context, msgid), translation in messages.items():
        written.add(msgid, translation, context=context)
    file = io.BytesIO()
    write_po(file, written)
    catalogue, _ = read_catalogue("xx", file.getvalue().decode(), "x.po")
    assert catalogue is not None
    kept = {key: entry.forms for key, entry in catalogue.entries.items()}
    assert kept == {key: (translation,) for key, translation in messages.items()}


@given(st.text(alphabet='msgidctxr_plu[]01 "\\n{}\n#~,fzy'))
@settings(deadline=None)
def test_no_text_stops_the_reader(text: str) -> None:
    catalogue, findings = read_catalogue("vi", text, "x.po")
    assert catalogue is not None or findings


@pytest.mark.parametrize(
    ("tag", "problem"),
    [
        ("en", None),
        ("vi", None),
        ("pt-BR", None),
        ("zh-Hant", None),
        ("es-419", None),
        ("ca-ES-valencia", None),
        ("no", None),
        ("pt_BR", "'pt-BR'"),
        ("EN", "'en'"),
        ("zh-hant-tw", "'zh-Hant-TW'"),
        ("pt-VN", "only 'pt'"),
        ("xx", "no 'xx'"),
        ("und", "no 'und'"),
        ("vi-Hant", "only 'vi'"),
        ("", "looks like"),
        ("root", "looks like"),
        ("x-klingon", "looks like"),
        ("../en", "looks like"),
        ("en\n", "looks like"),
        ("e" * 10_000, "looks like"),
    ],
)
def test_a_language_tag_is_canonical_and_known(tag: str, problem: str | None) -> None:
    assert is_language_tag(tag) == (problem is None)
    assert (known_locale(tag) is None) == (problem is not None)
    said = tag_problem(tag)
    assert (said is None) if problem is None else (said is not None and problem in said)


def test_a_language_the_locale_data_lacks_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="'xx'"):
        Language.of("xx")


def test_importing_the_package_leaves_babel_alone() -> None:
    script = "import sys, policygen.language; sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_machines_locale_changes_nothing() -> None:
    script = (
        "import datetime; from policygen.language import Language; v = Language.of('vi');"
        "print(ascii((v.date(datetime.date(2023, 4, 30)), v.number(1234), v.join('abc'), v.territory('CN'))))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script], env={"LC_ALL": locale}, check=True, capture_output=True, text=True
        ).stdout
        for locale in ("C", "de_DE.UTF-8", "ar_EG", "no such locale!")
    }
    assert len(said) == 1
