"""What changed, in words: from two sets of facts, in both languages."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator

import pytest
import yaml

from policygen.releases import phrases
from policygen.releases.changes import changes, wording_only
from policygen.releases.nouns import FIELDS, UNKNOWN_FIELD
from policygen.releases.record import Change, Json, Weight
from policygen.releases.relations import RELATIONS
from policygen.releases.weights import KINDS, TABLE, overall
from tests.compared_policies import between, languages, lines, stated
from tests.full_policy import TAGS, Route
from tests.site_under_test import CHECKOUT

CASES: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(
    (CHECKOUT / "tests/data/changes.yaml").read_text(encoding="utf-8")
)


def changes_of(case: str) -> tuple[Change, ...]:
    return between(str(CASES[case]["old"]), str(CASES[case]["new"]))


@pytest.mark.parametrize("case", CASES)
def test_a_change_is_said_in_a_sentence(case: str) -> None:
    found, expected = changes_of(case), CASES[case]["lines"]
    assert {change.kind: change.words["en"] for change in found} == expected
    assert len(found) == len(expected)
    assert all(change.weight is KINDS[change.kind] for change in found)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("a recipient", "Bổ sung bên nhận: Cloudflare (nhà cung cấp dịch vụ, Hoa Kỳ)"),
        ("a longer period", "Thông tin tài khoản: lưu giữ 24 tháng thay vì 12 tháng"),
        ("the minimum age", "Độ tuổi tối thiểu: 13 → 16"),
        ("a right", "Bỏ quyền: Di chuyển dữ liệu của mình"),
        ("rules on minors", "Bổ sung nhóm quy định về người chưa thành niên: dưới 13 tuổi"),
        (
            "from all purposes to one",
            "Địa chỉ email: mục đích nay là phát hiện và ngăn chặn gian lận (trước đây: mọi mục đích)",
        ),
        (
            "a rule on keeping with the only criterion",
            "Bỏ thời hạn lưu trữ: Toàn bộ dữ liệu (chỉ lưu giữ chừng nào còn phải tuân thủ nghĩa vụ pháp lý)",
        ),
        ("no security", "Chính sách nay nêu rõ là không áp dụng biện pháp bảo mật nào."),
    ],
)
def test_a_change_is_said_in_vietnamese(case: str, expected: str) -> None:
    assert lines(changes_of(case), "vi") == [expected]


def test_a_site_can_weigh_a_kind_of_change_itself() -> None:
    old, new = (stated(str(CASES["a recipient"][which])) for which in ("old", "new"))
    (change,) = changes(old, new, languages(), {"recipient-added": Weight.EDITORIAL})
    assert change.weight is Weight.EDITORIAL


def test_one_material_change_makes_all_of_them_material() -> None:
    editorial = changes_of("a note in other words")
    material = changes_of("a recipient")
    assert overall(()) is overall(editorial) is Weight.EDITORIAL
    assert overall((*editorial, *material)) is Weight.MATERIAL


def test_many_reworded_facts_are_counted() -> None:
    words = ("analytics", "fraud", "support", "payment", "security", "advertising", "marketing", "abuse")
    old, new = ("\n".join(f"  - {{id: {word}, detail: {{en: {said}, vi: {said}}}}}" for word in words)
                for said in ("One.", "Two."))  # fmt: skip
    (change,) = between(f"purposes:\n{old}", f"purposes:\n{new}")
    assert change.words["en"].startswith("Wording changed in 8 places, among them: Understand")


def test_words_of_ours_that_are_others_today_are_reworded() -> None:
    old = stated("purposes: [analytics]")
    text = json.dumps(old).replace("nderstand and analyse how", "nderstand how")
    assert lines(changes(json.loads(text), old, languages())) == [
        "Wording changed (English): Understand and analyse how the service is used"
    ]


def test_where_no_fact_changed_the_languages_are_named() -> None:
    assert wording_only(["en", "vi"], [], languages()).words["en"] == "Only the wording changed."
    change = wording_only(["en"], ["vi"], languages())
    assert change.words["en"] == "Only the English text changed; the Vietnamese text did not."
    assert (change.kind, change.weight) == ("wording", Weight.EDITORIAL)


# Frozen facts of another time


def routes(value: Json, route: Route = ()) -> Iterator[Route]:
    yield route
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in parts:
        yield from routes(part, (*route, step))


def spoilt(value: Json, route: Route, instead: Json) -> Json:
    if not route:
        return instead
    new = copy.deepcopy(value)
    owner: Json = new
    for step in route[:-1]:
        owner = owner[step]  # type: ignore[index] # the route was made by walking the same data
    owner[route[-1]] = instead  # type: ignore[index] # as above
    return new


_STRANGE: tuple[Json, ...] = (None, [], {}, "x", 7, [7], {"x": 7}, True)


def test_facts_that_lack_something_are_compared_all_the_same() -> None:
    whole = stated(
        "data: [{id: account, items: [{id: email, purposes: [fraud]}]}]\n"
        "purposes: [{id: fraud, force: may}]\n"
        "recipients: [{id: cloud, name: Cloud, is: partner, countries: [US], safeguards: [own_policy]}]\n"
        "children: [{id: kids, under: 13, rules: [not_for_children]}]\nopen: [data]\nrights: none\n"
        "retention: [{id: a, data: all, time: 1 year, detail: {en: One., vi: Một.}}]\n"
    )
    assert len(list(routes(whole))) > 150
    for route in routes(whole):
        for instead in _STRANGE:
            part = spoilt(whole, route, instead)
            for found in (changes(part, whole, languages()), changes(whole, part, languages())):
                assert all(set(change.words) == {*TAGS} for change in found)


def test_words_that_a_language_lacks_are_shown_in_another_one() -> None:
    old = json.loads(json.dumps(stated("recipients: [partner]")))
    for entry in old["entries"]:
        entry.get("name", {}).pop("vi", None)
    (change,) = changes(old, stated("purposes: [analytics]\n"), languages())[-1:]
    assert change.words["vi"].endswith("Partners")


# Everything has words


def test_every_kind_of_change_has_a_weight_and_every_weight_a_kind() -> None:
    said = {f"{listed.kind}-{how}" for listed in (*phrases.ENTRIES.values(), phrases.UNKNOWN_ENTRY)
            for how in ("added", "removed")}  # fmt: skip
    said |= {
        kind for row in (*FIELDS.values(), UNKNOWN_FIELD) for kind in (row.added, row.removed, row.changed)
    }
    said |= {f"{relation.change}-{how}" for relation in RELATIONS for how in ("added", "removed")}
    special = {"retention-longer", "retention-shorter", "age-raised", "age-lowered", "none-stated",
               "none-withdrawn", "ruled-out", "no-longer-ruled-out", "denied", "no-longer-denied",
               "statement-changed", "data-moved", "language-added"}  # fmt: skip
    assert said | special == KINDS.keys()
    assert all(reason.endswith(".") for _, reason in TABLE.values())


def test_every_message_has_a_translation() -> None:
    vietnamese = languages()[1]
    same = {message for context, message in phrases.MESSAGES if vietnamese.text(message, context) == message}
    assert same <= {"{name} ({details})", "“{words}”", "email"}


def test_settings_of_the_page_are_no_facts() -> None:
    plain = stated("purposes: [analytics]")
    steered = "purposes: [analytics]\nlanguage: vi\nsections: [purposes]\ndiscontinued: 2026-01-01\n"
    assert stated(steered) == plain
