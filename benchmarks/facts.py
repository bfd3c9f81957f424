"""The number of a service to its facts: in policygen's format, and as the peers' templates like them best."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks import phrases
from benchmarks.phrases import Pair

SEED = "policygen"
LANGUAGES = ("en", "vi")

Facts = dict[str, Any]
"""A file of YAML as plain data."""


def slug_of(name: str) -> str:
    """The name of a service's folder."""
    return name.lower().replace(" ", "-")


def policy(number: int) -> Facts:
    """The policy of the service of that number, the same for the same number always."""
    chance = random.Random(f"{SEED}-{number}")  # noqa: S311 - reproducible, not secret
    name = f"{chance.choice(phrases.FIRST)} {chance.choice(phrases.SECOND)} {number + 1}"
    domain = f"{slug_of(name)}.example"
    data = _data(chance)
    purposes = _purposes(chance, name)
    for category in data:
        category["purposes"] = chance.sample([purpose["id"] for purpose in purposes], chance.randint(1, 2))
    country = chance.choice(tuple(phrases.TRANSFER_COUNTRIES))
    place = phrases.TRANSFER_COUNTRIES[country]
    age = chance.choice((13, 14, 15, 16))
    return {
        "format": 1,
        "service": {"name": name, "kinds": [chance.choice(phrases.KINDS)], "addresses": [f"https://{domain}/"]},
        **_company(chance, name, domain),
        "commitments": [{"id": "privacy_valued", "wording": _intro(chance, name, domain)}],
        "data": data,
        "purposes": purposes,
        "recipients": _recipients(chance, data),
        "transfers": [
            {
                "id": "abroad",
                "countries": [country],
                "wording": {
                    tag: text.format(country=place[index], domain=domain)
                    for index, (tag, text) in enumerate(_both(phrases.TRANSFERS).items())
                },
            }
        ],
        "retention": [_kept(chance, category["id"]) for category in data],
        "security": _security(chance),
        "rights": [
            {
                "id": "general",
                "rights": chance.sample(phrases.RIGHTS, len(phrases.RIGHTS)),
                "time": f"{chance.choice((15, 30, 45))} days",
                "fee": "none",
                "contact": ["dpo"],
            }
        ],
        "cookies": {"list": _cookies(chance, domain)},
        "children": [{"id": "minors", "under": age, "wording": _said(phrases.CHILDREN, name=name, age=age)}],
    }  # fmt: skip


def _both(pair: Pair) -> dict[str, str]:
    return dict(zip(LANGUAGES, pair, strict=True))


def _said(pair: Pair, **values: object) -> dict[str, str]:
    return {tag: text.format(**values) for tag, text in _both(pair).items()}


def _company(chance: random.Random, name: str, domain: str) -> Facts:
    phone = f"+84 28 {chance.randint(1000, 9999)} {chance.randint(1000, 9999)}"
    address = _said(phrases.ADDRESS, house=chance.randint(1, 300), district=chance.randint(1, 12))
    return {
        "controller": {"legal_name": f"{name} Company Limited", "address": address, "country": "VN"},
        "contacts": [
            {"id": "privacy", "email": f"privacy@{domain}", "phone": phone},
            {"id": "dpo", "name": chance.choice(phrases.PEOPLE), "email": f"dpo@{domain}"},
            {
                "id": "authority",
                "label": {"en": "supervisory authority", "vi": "cơ quan giám sát"},
                "name": _both(phrases.AUTHORITY),
            },
        ],
    }


def _intro(chance: random.Random, name: str, domain: str) -> dict[str, str]:
    """Three sentences in two paragraphs."""
    said = [_said(pair, name=name, domain=domain) for pair in chance.sample(phrases.INTRO, 3)]
    return {tag: f"{said[0][tag]}\n{said[1][tag]}\n\n{said[2][tag]}" for tag in LANGUAGES}


def _data(chance: random.Random) -> list[Facts]:
    found = []
    for name in chance.sample(tuple(phrases.CATEGORIES), chance.randint(11, 15)):
        items = phrases.CATEGORIES[name]
        chosen = chance.sample(items, min(len(items), chance.choice((2, 2, 3))))
        found.append(
            {
                "id": name,
                "items": [{"id": _id(item[0]), "label": _both(item)} for item in chosen],
                "purposes": [],
                "bases": [chance.choice((*phrases.BASES, phrases.INTEREST))],
                "retention": [f"keep_{name}"],
                "source": [chance.choice(phrases.SOURCES)],
                "need": chance.choice(phrases.NEEDS),
            }
        )
    return found


def _id(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")


def _host(name: str) -> str:
    return _id(name).replace("_", "-") + ".example"


def _purposes(chance: random.Random, name: str) -> list[Facts]:
    """Five of them rest on an interest, which is stated."""
    chosen = chance.sample(phrases.PURPOSES, chance.randint(9, 12))
    verbs = chance.sample(phrases.VERBS, 5)
    return [
        _interested(chance, purpose, verbs[index], name)
        if index < len(verbs)
        else {"id": purpose, "bases": [chance.choice(phrases.BASES)]}
        for index, purpose in enumerate(chosen)
    ]


def _interested(chance: random.Random, purpose: str, verb: Pair, name: str) -> Facts:
    words = chance.choice(phrases.INTERESTS)
    said = {
        tag: text.format(verb=verb[index], name=name)
        for index, (tag, text) in enumerate(_both(words).items())
    }
    return {"id": purpose, "bases": [phrases.INTEREST], "interest": said}


def _recipients(chance: random.Random, data: Sequence[Facts]) -> list[Facts]:
    return [
        {
            "id": _id(name),
            "is": "service_provider",
            "name": name,
            "label": _both(chance.choice(phrases.ROLES)),
            "countries": [country],
            "purposes": [chance.choice(phrases.PURPOSES)],
            "data": [category["id"] for category in chance.sample(data, chance.randint(1, 2))],
            "safeguards": [chance.choice(phrases.SAFEGUARDS)],
            "policy": f"https://{_host(name)}/privacy?from=vn&v={chance.randint(1, 9)}",
        }
        for name, country in chance.sample(phrases.RECIPIENTS, chance.randint(5, 8))
    ]


def _kept(chance: random.Random, category: str) -> Facts:
    unit = chance.choice(tuple(phrases.UNITS))
    amount = chance.randint(2, phrases.UNITS[unit][0])
    return {"id": f"keep_{category}", "data": [category], "time": f"{amount} {unit}", "ending": "delete"}


def _security(chance: random.Random) -> Facts:
    months, hours = chance.randint(2, 6), chance.choice((24, 48, 72))
    points = [_said(pair, months=months, hours=hours) for pair in chance.sample(phrases.SECURITY, 3)]
    head = _both(phrases.SECURITY_HEAD)
    wording = {tag: f"{head[tag]}\n\n" + "\n".join(f"- {one[tag]}" for one in points) for tag in LANGUAGES}
    words = chance.sample(phrases.MEASURES, 4)
    return {"measures": [*words, {"id": "technical_and_organisational", "wording": wording}]}


def _cookies(chance: random.Random, domain: str) -> list[Facts]:
    found = []
    for name in chance.sample(phrases.COOKIES, chance.randint(4, 8)):
        unit = chance.choice(tuple(phrases.UNITS))
        found.append(
            {
                "id": _id(name),
                "name": name,
                "label": _both(chance.choice(phrases.COOKIE_USES)),
                "kind": chance.choice(phrases.COOKIE_KINDS),
                "provider": chance.choice((domain, "Open Count", "Dogwood Metrics")),
                "duration": f"{chance.randint(2, 24)} {unit}",
            }
        )
    return found


# --- what the peers get


def for_peers(policy: Mapping[str, Any]) -> Facts:
    """The same facts, laid out so that a template has nothing to look up or to work out."""
    service, company = policy["service"], policy["controller"]
    privacy, officer, authority = policy["contacts"]
    rights, measures = policy["rights"][0], policy["security"]["measures"]
    kept = {rule["id"]: rule["time"] for rule in policy["retention"]}
    return {
        "slug": slug_of(service["name"]),
        "name": service["name"],
        "kind": service["kinds"][0],
        "company": company["legal_name"],
        "address": company["address"],
        "country": company["country"],
        "email": privacy["email"],
        "phone": privacy["phone"],
        "officer": {"name": officer["name"], "email": officer["email"]},
        "authority": authority["name"],
        "intro": policy["commitments"][0]["wording"],
        "data": [_peers_category(category, kept) for category in policy["data"]],
        "purposes": [_peers_purpose(purpose) for purpose in policy["purposes"]],
        "recipients": [_peers_recipient(recipient) for recipient in policy["recipients"]],
        "transfers": policy["transfers"][0]["wording"],
        "response": _period(rights["time"]),
        "rights": rights["rights"],
        "cookies": [_peers_cookie(cookie) for cookie in policy["cookies"]["list"]],
        "measures": measures[:-1],
        "security": measures[-1]["wording"],
        "children": policy["children"][0]["wording"],
    }


def _peers_category(category: Facts, kept: Mapping[str, str]) -> Facts:
    labels = [item["label"] for item in category["items"]]
    return {
        "id": category["id"],
        "items": {tag: [label[tag] for label in labels] for tag in LANGUAGES},
        "purposes": category["purposes"],
        "basis": category["bases"][0],
        "retention": _period(kept[category["retention"][0]]),
        "source": category["source"][0],
        "required": category["need"] == "required",
    }


def _peers_purpose(purpose: Facts) -> Facts:
    stated = {"interest": purpose["interest"]} if "interest" in purpose else {}
    return {"id": purpose["id"], "basis": purpose["bases"][0], **stated}


def _peers_recipient(recipient: Facts) -> Facts:
    return {
        "name": recipient["name"],
        "url": recipient["policy"],
        "role": {tag: text[0].upper() + text[1:] for tag, text in recipient["label"].items()},
        "country": recipient["countries"][0],
        "purpose": recipient["purposes"][0],
        "data": recipient["data"],
        "safeguard": recipient["safeguards"][0],
    }


def _peers_cookie(cookie: Facts) -> Facts:
    taken = {key: cookie[key] for key in ("name", "provider", "kind")}
    return {**taken, "duration": _period(cookie["duration"]), "use": cookie["label"]}


def _period(time: str) -> dict[str, str]:
    amount, unit = time.split()
    return {tag: f"{amount} {word}" for tag, word in _both(phrases.UNITS[unit][1]).items()}
