"""A release keeps everything: whatever the model can hold is in its facts, or on the page around its text.

The policy is that of tests/full_policy.py, each thing in words found nowhere else; its text, without the
page around it, is the matter of tests/test_full_policy.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from policygen.model import Policy
from policygen.release import Order, open_desk, release
from policygen.releases.facts import state
from policygen.releases.freeze import Frozen
from policygen.releases.record import FACTS, Json, text_file
from policygen.site import SiteFolder
from policygen.source import Data
from tests.full_policy import AROUND, TAGS, Full, words_of
from tests.page_source import source_of
from tests.small_site import RELEASED, make_site, pages
from tests.test_full_policy import compared, policy_of, renderer, texts_of


def files_of(data: dict[str, Data]) -> dict[str, str | bytes]:
    """The files of a site whose one service has this policy."""
    return {"content/music/policy.yaml": yaml.safe_dump(data, allow_unicode=True, width=10_000)}


def released(folder: Path, data: dict[str, Data]) -> Frozen:
    """The release of a policy."""
    site = SiteFolder(make_site(folder, files_of(data)))
    return release(open_desk(site, "music", lambda _: RELEASED), Order())


def facts_of(policy: Policy) -> Json:
    """What a release would keep of a policy's facts."""
    return state(policy, [renderer().voice(policy, language) for language in renderer().languages])


def said(facts: Json, key: str = "") -> Iterator[tuple[str, str]]:
    """Every value in the facts with the key that it stands under: a language's tag, if it is in words."""
    if isinstance(facts, dict):
        for name, part in facts.items():
            yield from said(part, name)
    elif isinstance(facts, list):
        for part in facts:
            yield from said(part, key)
    else:
        yield key, str(facts).casefold()


@pytest.mark.parametrize(("size", "force"), [(1, None), (1, "may"), (1, "never"), (2, None)])
@pytest.mark.parametrize("more", ["nothing", "heading", "wording"])
def test_every_field_is_in_the_facts_of_a_release(
    size: int, force: str | None, more: str, tmp_path: Path
) -> None:
    full = Full(size, force, heading=more == "heading", wording=more == "wording")
    facts = [*said(json.loads(released(tmp_path, full.policy()).files[FACTS]))]
    kept = {tag: "\n".join(text for key, text in facts if key in {tag, "id", "key"}) for tag in TAGS}
    told = [one for one in full.canaries if one.route[0] not in AROUND]
    lost = {one.route for one in told if any(one.shown[tag].casefold() not in kept[tag] for tag in TAGS)}
    # Of a label and the heading that stands in its place, one will do.
    named = {route for route in lost if route[-1] == "label" and (*route[:-1], "heading") not in lost}
    assert lost - (named if more == "heading" else set()) == set()


def test_what_has_no_words_of_its_own_changes_the_facts_of_a_release() -> None:
    data = Full().policy()
    before = facts_of(policy_of(data))
    assert [
        (route, value)
        for route, value, old, new in compared(data)
        if facts_of(policy_of(new)) == (before if old is data else facts_of(policy_of(old)))
    ] == []


def test_the_texts_of_a_release_are_those_of_the_day(tmp_path: Path) -> None:
    data = Full(2).policy()
    kept = released(tmp_path, data).files
    assert {tag: kept[text_file(tag)].decode() for tag in TAGS} == texts_of(data)


@pytest.mark.parametrize("size", [1, 2])
def test_what_is_no_part_of_the_text_is_around_it(size: int, tmp_path: Path) -> None:
    full = Full(size)
    built = pages(tmp_path, files_of(full.policy()))
    around = [one for one in full.canaries if one.route[0] in AROUND]
    assert len(around) == 1 + size
    for tag in TAGS:
        ended, *former = (one.shown[tag] for one in sorted(around, key=lambda one: one.route))
        assert ended in words_of(built[f"{tag}/music/index.html"])
        for name in former:
            assert source_of(built[f"{tag}/{name}/index.html"]).redirect == f"../../{tag}/music/"


def test_the_language_that_prevails_is_named_on_the_pages_of_the_others(tmp_path: Path) -> None:
    data: dict[str, Data] = {"format": 1, "service": {"name": "Music"}, "prevailing_language": "vi"}
    built = pages(tmp_path, files_of(data))
    assert "the one in Vietnamese prevails" in built["en/music/index.html"]
    assert 'class="notice"' not in built["vi/music/index.html"]
