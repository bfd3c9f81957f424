"""Policies as facts, compared: what the tests of change lists share."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache

from policygen.catalogues import load_languages
from policygen.language import Language
from policygen.loading import load_policy, load_settings
from policygen.releases.changes import changes
from policygen.releases.facts import state
from policygen.releases.record import Change, Json
from policygen.render.voice import Voice
from policygen.site import SiteFolder
from policygen.source import Data, parse
from tests.full_policy import TAGS
from tests.site_under_test import CHECKOUT


@cache
def languages() -> tuple[Language, ...]:
    return load_languages(SiteFolder(CHECKOUT), TAGS)[0]


def facts(data: dict[str, Data]) -> Json:
    """The facts of a policy as they stand in a file."""
    settings = load_settings(
        {"format": 1, "name": "Site", "url": "https://site.example/", "languages": [*TAGS]}, "site.yaml"
    ).value
    assert settings is not None
    loaded = load_policy(data, "policy.yaml", settings)
    assert loaded.value is not None
    assert loaded.findings == ()
    voices = [Voice(language, loaded.value.service.name, "you", "en") for language in languages()]
    frozen: Json = json.loads(json.dumps(state(loaded.value, voices)))
    return frozen


def stated(text: str) -> Json:
    """The facts of a policy that states this beside its name."""
    head = "" if "service:" in text else "service: {name: Music}\n"
    data, findings = parse(f"format: 1\n{head}{text}", "policy.yaml")
    assert findings == ()
    assert isinstance(data, dict)
    return facts(data)


def between(old: str, new: str) -> tuple[Change, ...]:
    return changes(stated(old), stated(new), languages())


def lines(found: Sequence[Change], tag: str = "en") -> list[str]:
    return [change.words[tag] for change in found]
