"""The overview is no surer than the facts, and says nothing that they don't."""

from __future__ import annotations

import pytest

from policygen.language import Language
from policygen.loading import load_policy, load_settings
from policygen.model import Policy
from policygen.render import flow, glance
from policygen.render.voice import Voice
from policygen.source import parse

SETTINGS = "format: 1\nname: Site\nurl: https://example.com/\nlanguages: [en]\n"


def policy_of(text: str) -> Policy:
    settings = load_settings(parse(SETTINGS, "site.yaml")[0], "site.yaml").value
    assert settings is not None
    loaded = load_policy(
        parse(f"format: 1\nservice: {{name: Tunes}}\n{text}", "policy.yaml")[0], "", settings
    )
    assert loaded.findings == ()
    assert loaded.value is not None
    return loaded.value


def rows_of(text: str) -> dict[str, list[str]]:
    voice = Voice(Language.of("en"), "Tunes")
    return {
        row.title: [item.striptags() for item in row.items] for row in glance.rows(policy_of(text), voice)
    }


@pytest.mark.parametrize(
    ("text", "row", "items"),
    [
        ("recipients: [{id: partner, force: may}]", "Who gets it", ["Partners (possibly)"]),
        ("recipients: [{id: partner, if: [consent]}]", "Who gets it", ["Partners, if you agree"]),
        (
            "recipients: [{id: partner, if: [consent, required_by_law]}]",
            "Who gets it",
            ["Partners (on conditions)"],
        ),
        ("recipients: [{id: partner, unless: [consent]}]", "Who gets it", ["Partners (with exceptions)"]),
        ("recipients: none", "Who gets it", []),
        ("rights: none\nchoices: none", "{Your} choices", []),
        ("data: [{id: health, force: may}]", "What is collected", ["Health data (possibly)"]),
        (
            "data: [{id: health, applies: {regions: [VN]}}]",
            "What is collected",
            ["Health data (only for some)"],
        ),
        ("purposes: [improve]\nopen: [purposes]", "Why", ["Improve the service", "And more"]),
        (
            "retention: [{id: a, data: all, time: 2 years, force: may}]\ndata: [health]",
            "How long",
            ["All data (possibly): 2 years"],
        ),
        (
            "rights: [{id: a, rights: [{id: access, force: may}]}]",
            "{Your} choices",
            ["Access your data (possibly)"],
        ),
        ("deletion: {ways: [delete_account]}", "{Your} choices", ["Delete your account"]),
        ("visibility: [{id: other_users, items: [name]}]", "Who gets it", ["Other users"]),
    ],
)
def test_a_row_is_as_sure_as_its_facts(text: str, row: str, items: list[str]) -> None:
    assert rows_of(text)[row] == items


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("recipients: [{id: partner, force: never}]", "Who gets it"),
        ("retention: [{id: a, data: all, ending: delete}]\ndata: [health]", "How long"),
        ("retention: [{id: a, data: all, force: never}]\ndata: [health]", "How long"),
        ("data: [{id: health, force: never}]", "What is collected"),
        ("messages: none", "Why"),
        ("visibility: none", "Who gets it"),
        ("rights: none", "{Your} choices"),
        ("choices: none", "{Your} choices"),
    ],
)
def test_a_row_without_anything_to_show_is_left_out(text: str, row: str) -> None:
    assert row not in rows_of(text)


def test_a_service_that_is_only_used_is_nobody_who_gets_data() -> None:
    text = "recipients: [{id: maps, is: third_party, name: Maps, acts: [use]}]"
    assert rows_of(text) == {"Services used": ["Maps"]}
    voice = Voice(Language.of("en"), "Tunes")
    assert [group.head for group in flow.destinations(policy_of(text), voice)] == ["Services used"]


def test_data_from_others_is_drawn_with_where_it_comes_from() -> None:
    text = "data: [{id: linked_account, items: [{id: access_token, from: [{id: bird, label: Bird}]}]}]"
    groups = flow.sources(policy_of(text), Voice(Language.of("en"), "Tunes"))
    assert {group.head: group.items for group in groups} == {
        "From others": ("Bird",),
        "Collected": ("Linked account information",),
    }


def test_a_message_fills_plain_names_only_so_that_templates_reach_nothing_behind_a_value() -> None:
    voice = Voice(Language.of("en"), "Tunes")
    assert voice.say("{a} & {b.__class__} {0} {}", a="<x>") == "&lt;x&gt; &amp; {b.__class__} {0} {}"
    with pytest.raises(LookupError, match="missing"):
        voice.say("{missing}")


def test_a_period_is_told_apart_by_when_it_begins() -> None:
    text = "data: [health]\nretention: [{id: a, data: all, time: 30 days, after: account_closed}]"
    assert rows_of(text)["How long"] == ["All data: 30 days, after the account is closed"]
