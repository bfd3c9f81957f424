"""YAML data to a policy: what is absent, none or shared, and that nothing at all makes it fall over."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from policygen.language import Duration
from policygen.loading import load_policy, load_settings, shapes
from policygen.model import NONE, Policy, References, SiteSettings
from policygen.source import parse
from policygen.vocabulary import VOCABULARIES

_SITE = "format: 1\nname: Site\nurl: https://site.example/\nlanguages: [en, vi]\n"
_POLICY = "format: 1\nservice: {name: Music}\n"
_PATH = "content/music/policy.yaml"


def settings(more: str = "", site: str = _SITE) -> SiteSettings:
    data, found = parse(site + more, "content/site.yaml")
    loaded = load_settings(data, "content/site.yaml")
    assert (found, loaded.findings) == ((), ())
    assert loaded.value is not None
    return loaded.value


def read(more: str, site: SiteSettings | None = None) -> tuple[Policy, list[str]]:
    """A policy, and the codes of what is wrong with it."""
    data, found = parse(_POLICY + more, _PATH)
    loaded = load_policy(data, _PATH, site or settings())
    assert loaded.value is not None
    return loaded.value, [finding.code for finding in (*found, *loaded.findings)]


def good(more: str, site: SiteSettings | None = None) -> Policy:
    policy, codes = read(more, site)
    assert codes == []
    return policy


# --- what is stated


def test_what_is_absent_is_not_stated() -> None:
    policy = good("")
    stated = {name for name in shapes(Policy) if getattr(policy, name, None) is not None}
    assert stated == {"format", "service"}


def test_a_list_that_is_none_is_empty_and_anything_else_that_is_none_says_so() -> None:
    policy = good("recipients: none\ncookies: none\nretention: [{id: logs, time: none}]\n")
    assert policy.recipients == ()
    assert policy.cookies is NONE
    assert policy.retention is not None
    assert policy.retention[0].time is NONE


@pytest.mark.parametrize("value", ["", "null", "~", '""', "'  '", "[]", "{}"])
def test_an_empty_value_is_neither(value: str) -> None:
    assert read(f"recipients: {value}\n")[1] == ["empty-value"]


@pytest.mark.parametrize(
    "host",
    ["0x7f.1", "0177.0.0.1", "2130706433", "256.1.1.1", "1.2.3.4.5", "1.2.3", "a.1", "a..b", "a.-b.example",
     "a-.example", f"{'a' * 64}.example"],
)  # fmt: skip
def test_a_host_is_one_that_leads_where_it_looks_to_lead(host: str) -> None:
    assert read(f'deletion: {{url: "https://{host}/"}}\n')[1] == ["bad-url"]


@pytest.mark.parametrize(
    "host", ["192.0.2.1", "localhost", "1.example", "xn--bcher-kva.example", "0x.example"]
)
def test_a_number_in_four_parts_is_a_host(host: str) -> None:
    assert good(f'deletion: {{url: "https://{host}:8080/"}}\n').deletion is not None


def test_force_conditions_and_scope_are_kept() -> None:
    policy = good(
        "purposes:\n  - id: analytics\n    force: may\n"
        "    if: [explicit_consent]\n    unless: [required_by_law]\n"
        "    applies: {regions: [EU, US-CA], platforms: [ios], ages: {from: 13, under: 18}}\n"
    )
    assert policy.purposes is not None
    (fact,) = policy.purposes
    assert fact.force == "may"
    assert [term.id for term in (*(fact.if_ or ()), *(fact.unless or ()))] == [
        "explicit_consent",
        "required_by_law",
    ]
    assert fact.applies is not None
    assert fact.applies.regions == ("EU", "US-CA")
    assert fact.applies.ages is not None
    assert (fact.applies.ages.from_, fact.applies.ages.under) == (13, 18)


def test_references_name_ids_or_all_or_nothing() -> None:
    policy = good("purposes: [{id: analytics, data: all}, {id: support, data: [usage]}, marketing]\n")
    assert [fact.data for fact in policy.purposes or ()] == [
        References((), True),
        References(("usage",)),
        None,
    ]


def test_a_period_keeps_its_unit() -> None:
    policy = good("contacts: [{id: support, response: 1 month}, {id: privacy, response: 30 days}]\n")
    answers = [contact.response for contact in policy.contacts or ()]
    assert [answer and answer.duration for answer in answers] == [Duration(1, "month"), Duration(30, "day")]


def test_text_is_in_each_language_or_plain_and_in_nfc() -> None:
    policy = good("controller: {address: 'Ha\u0300 No\u0323\u0302i'}\n")
    assert policy.controller is not None
    assert policy.controller.address is not None
    assert policy.controller.address.in_language("vi") == "Hà Nội"
    assert policy.controller.address.in_language("en") == "Hà Nội"


# --- identity


def test_a_word_needs_no_label_and_an_item_of_its_own_has_one() -> None:
    policy = good("data:\n  - id: usage\n    items: [email, {id: coins, label: {en: coins, vi: xu}}]\n")
    assert policy.data is not None
    known, own = policy.data[0].items or ()
    assert (known.vocabulary, known.label) == ("data", None)
    assert own.vocabulary is None
    assert own.label is not None
    assert own.label.in_language("vi") == "xu"


def test_an_id_of_its_own_can_say_which_word_it_is_and_what_it_was_called() -> None:
    policy = good("data:\n  - {id: work_email, is: contact, formerly: [mail]}\n")
    assert policy.data is not None
    (fact,) = policy.data
    assert (fact.id, fact.word, fact.vocabulary, fact.formerly) == (
        "work_email",
        "contact",
        "category",
        ("mail",),
    )


def test_a_word_with_a_label_is_still_that_word() -> None:
    policy = good("purposes: [{id: analytics, label: {en: count, vi: đếm}}]\n")
    assert policy.purposes is not None
    assert policy.purposes[0].vocabulary == "purpose"


def test_a_retired_word_is_a_warning_that_names_its_successor(monkeypatch: pytest.MonkeyPatch) -> None:
    words = VOCABULARIES["purpose"].words
    retired = {**words, "analytics": replace(words["analytics"], successor="support")}
    monkeypatch.setitem(cast("dict[str, object]", words), "analytics", retired["analytics"])
    data, _ = parse(_POLICY + "purposes: [analytics]\n", _PATH)
    (finding,) = load_policy(data, _PATH, settings()).findings
    assert (finding.code, finding.severity, finding.help) == ("retired-word", "warning", "use `support`")


# --- shared facts

_SHARED = """shared:
  recipients:
    - id: hosting
      label: {en: hosting company, vi: công ty lưu trữ}
      countries: [US]
      data: all
  controllers:
    - {id: music, legal_name: Music Ltd, country: VN}
"""


def test_a_shared_fact_reaches_only_the_policies_that_use_it() -> None:
    assert good("", settings(_SHARED)).recipients is None
    policy = good("recipients: [{use: hosting}]\ncontroller: {use: music}\n", settings(_SHARED))
    assert policy.recipients is not None
    (fact,) = policy.recipients
    assert (fact.id, fact.countries, fact.data) == ("hosting", ("US",), References((), True))
    assert policy.controller is not None
    assert policy.controller.legal_name == "Music Ltd"


def test_what_is_given_beside_use_replaces_whole_fields() -> None:
    policy = good("recipients: [{use: hosting, id: host, countries: [VN]}]\n", settings(_SHARED))
    assert policy.recipients is not None
    (fact,) = policy.recipients
    assert (fact.id, fact.countries, fact.data) == ("host", ("VN",), References((), True))


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ("recipients: [{use: hosting, is: nobody}]\n", ["unknown-word"]),
        ("recipients: [{use: hosting, id: Host!}]\n", ["bad-id"]),
        ("recipients: [{use: hosting, countries: Vietnam}]\n", ["wrong-type"]),
        ("recipients: [{use: hosting}, {use: hosting}]\n", ["duplicate-id"]),
        ("recipients: [{use: music}]\n", ["unknown-shared"]),
        ("recipients: [{use: 5}]\n", ["wrong-type"]),
        ("purposes: [{use: hosting}]\n", ["unknown-shared"]),
    ],
)
def test_an_override_is_checked_like_any_fact(more: str, codes: list[str]) -> None:
    assert read(more, settings(_SHARED))[1] == codes


# --- YAML 1.2


def test_the_language_no_is_a_language() -> None:
    site = settings(site=_SITE.replace("[en, vi]", "[en, no]"))
    assert site.languages == ("en", "no")
    policy = good("purposes: [{id: analytics, detail: {en: To count., no: For å telle.}}]\n", site)
    assert policy.purposes is not None
    assert policy.purposes[0].detail is not None
    assert policy.purposes[0].detail.in_language("no") == "For å telle."


def test_numbers_that_are_none_stay_as_they_are_written() -> None:
    policy = good("controller: {registration: 0123456789, short_name: 1:30}\n")
    assert policy.controller is not None
    assert (policy.controller.registration, policy.controller.short_name) == ("0123456789", "1:30")


# --- fallback


def test_with_fallback_only_the_source_language_must_be_there() -> None:
    site = settings("fallback: notice\n")
    assert read("purposes: [{id: analytics, detail: {en: To count.}}]\n", site)[1] == []
    assert read("purposes: [{id: analytics, detail: {vi: Để đếm}}]\n", site)[1] == ["missing-translation"]
    assert read("language: vi\npurposes: [{id: analytics, detail: {vi: Để đếm}}]\n", site)[1] == []


# --- texts that need every language


@pytest.mark.parametrize(
    "more",
    [
        "changes: [{id: mine, label: We tell you.}]\n",
        "extra: [{id: coins, title: Coins, text: {en: a, vi: b}}]\n",
        "definitions: [{id: app, label: App, meaning: The app.}]\n",
    ],
)
def test_a_sentence_is_given_in_every_language(more: str) -> None:
    assert read(more)[1][:1] == ["wrong-type"]
    one = settings(site=_SITE.replace("[en, vi]", "[en]"))
    assert read(more.replace("{en: a, vi: b}", "a"), one)[1] == []


def test_words_that_would_stand_in_every_language_as_they_are_are_a_finding_and_a_name_is_none() -> None:
    assert read("purposes: [{id: mine, label: water plants}]\n")[1] == ["missing-translation"]
    assert read("data: [{id: token, label: Bird token}]\n")[1] == []


def test_a_text_that_a_comma_cut_in_two_is_an_error() -> None:
    _, codes = read("changes: [{id: mine, label: {en: Photos, which you choose., vi: Ảnh.}}]\n")
    assert codes == ["unused-translation"]


def test_a_time_can_lie_ahead() -> None:
    change = (good("changes: [{id: notify_major, time: 30 days in advance}]\n").changes or ())[0]
    assert change.time is not None
    assert (change.time.duration, change.time.ahead) == (Duration(30, "day"), True)
