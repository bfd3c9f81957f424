"""Nothing an author can write makes a build fall over: it is read, or it is reported."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policygen.build import build
from policygen.checks import Case, check
from policygen.diagnostics import Diagnostic, Place
from policygen.loading import load_policy, load_settings, shapes
from policygen.model import Policy, SiteSettings
from policygen.model.data import Category, Recipient
from policygen.model.service import Contact
from policygen.site import SiteFolder
from policygen.source import Data, parse
from tests.full_policy import Full
from tests.site_under_test import CHECKOUT

_SITE = "format: 1\nname: Site\nurl: https://site.example/\nlanguages: [en, vi]\n"
_PATH = "content/music/policy.yaml"


def settings() -> SiteSettings:
    loaded = load_settings(parse(_SITE, "content/site.yaml")[0], "content/site.yaml").value
    assert loaded is not None
    return loaded


_KEYS = sorted({key for cls in (Policy, SiteSettings, Category, Recipient, Contact) for key in shapes(cls)})
_WORDS = st.sampled_from(
    [
        "none",
        "all",
        "email",
        "analytics",
        "2026-11-21",
        "30 days",
        "https://x.example/",
        "a@b.example",
        "en",
        "vi",
        "VN",
    ]
)
_SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | _WORDS
)
_KEY = st.sampled_from(_KEYS) | st.text(max_size=6)
_DATA: st.SearchStrategy[Data] = st.recursive(
    cast("st.SearchStrategy[Data]", _SCALARS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEY, inner, max_size=6),
    max_leaves=30,
)


def findings_of(data: Data, site: SiteSettings) -> list[Diagnostic]:
    loaded = load_policy(data, _PATH, site)
    found = list(loaded.findings)
    if loaded.value is not None:
        found += check(Case(loaded.value, Place(_PATH), site, date(2026, 11, 21)))
    return found


@given(_DATA)
def test_whatever_a_policy_holds_is_read_or_reported(data: Data) -> None:
    assert isinstance(data, dict) or findings_of(data, settings())


@pytest.mark.parametrize("key", ["", *(key for key in shapes(Policy) if key != "format")])
@pytest.mark.parametrize("value", [None, 5, [5], {"id": 5}, [{"id": "x"}], "x"], ids=repr)
def test_one_unreadable_part_of_a_full_policy_is_reported_and_the_rest_still_checked(
    key: str, value: Data
) -> None:
    data = Full().policy()
    del data["service"]
    data["sections"] = ["data"]
    if key:
        data[key] = value
    assert {"missing-key", "wrong-type", "empty-value"} & {
        found.code for found in findings_of(data, settings())
    }


@given(_DATA)
def test_whatever_the_settings_hold_is_read_or_reported(data: Data) -> None:
    loaded = load_settings(data, "content/site.yaml")
    assert loaded.value is not None or loaded.findings


def spots(data: Data) -> Iterator[tuple[dict[str, Data] | list[Data], str | int]]:
    """Every place in the data where a value stands."""
    steps: list[tuple[str | int, Data]] = []
    if isinstance(data, dict):
        steps = list(data.items())
    elif isinstance(data, list):
        steps = list(enumerate(data))
    for step, value in steps:
        if isinstance(data, (dict, list)):
            yield data, step
        yield from spots(value)


def mutated(data: Data, chance: random.Random, *, thinned: bool) -> Data:
    """A copy with values gone; unless it is only `thinned`, others have become something else."""
    new = copy.deepcopy(data)
    for _ in range(chance.randint(1, 8)):
        places = list(spots(new))
        inside, step = cast("tuple[dict[str | int, Data], str | int]", chance.choice(places))
        other, elsewhere = cast("tuple[dict[str | int, Data], str | int]", chance.choice(places))
        values: list[Data] = [
            None, "", [], {}, "none", "all", 0, -1, True, 1.5, "x", [None], {"id": "x"}, {"use": "x"},
            copy.deepcopy(other[elsewhere]),
        ]  # fmt: skip
        if thinned or chance.random() < 0.2:
            del inside[step]
        else:
            inside[step] = chance.choice(values)
    return new


@pytest.fixture(scope="module")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mutants")
    (folder / "content" / "music").mkdir(parents=True)
    (folder / "content" / "site.yaml").write_text(_SITE, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "policy", sorted((CHECKOUT / "content").glob("*/policy.yaml")), ids=lambda p: p.parent.name
)
@pytest.mark.parametrize("thinned", [True, False])
def test_a_real_policy_with_mistakes_gives_findings_or_pages_and_never_an_exception(
    policy: Path, thinned: bool, real_site: Path
) -> None:
    data, _ = parse(policy.read_text(encoding="utf-8"), policy.name)
    chance = random.Random(policy.parent.name)  # noqa: S311 - the same mutants in every run
    built = 0
    for _ in range(25):
        text = yaml.safe_dump(mutated(data, chance, thinned=thinned), allow_unicode=True, width=10_000)
        (real_site / _PATH).write_text(text, encoding="utf-8")
        result = build(SiteFolder(real_site), lambda _: date(2026, 11, 21))
        assert result.findings or result.pages
        built += bool(result.pages)
    assert built or not thinned
