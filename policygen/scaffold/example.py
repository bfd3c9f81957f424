"""The facts that a new site or service begins with: sensible on a page, and the author's to make true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from policygen.checks import Case, check
from policygen.diagnostics import Place
from policygen.loading import FORMAT, load_policy, shapes
from policygen.model.policy import Policy
from policygen.model.site import SiteSettings
from policygen.scaffold.answers import Answers
from policygen.scaffold.explained import Explained, comment, definer, parts
from policygen.scaffold.guide import guide
from policygen.scaffold.samples import Samples
from policygen.schema import modeline
from policygen.site import SETTINGS, policy_path
from policygen.source import Data, parse

ABOUT_POLICY = (
    "The privacy policy of one service, as facts. Every statement below is an example: make it true, or take "
    "it out, before you publish it."
)
ABOUT_SITE = "The settings of the site, and the facts that its services share."
ABOUT_COMMENTS = (
    "A line that begins with `# ` explains. A line with any other letter, or more spaces, after its `#` is a "
    "setting that is not in use: take away the `#` to use it."
)
ABOUT_SILENCE = (
    "What you leave out is not on the page. `none` is different: the page then says that there is none."
)
ABOUT_ITEMS = (
    "An item of a list is a word, which is there in every language, or a thing of your own with a label in "
    "each language. Either can also be written with keys of its own. These keys are the same for all items:"
)
SENTENCES = (ABOUT_POLICY, ABOUT_SITE, ABOUT_COMMENTS, ABOUT_SILENCE, ABOUT_ITEMS)

COMPANY, PRIVACY, HOSTING, COMMON = "company", "privacy", "hosting", "common"
"""The ids of the shared facts."""

Uses = Mapping[str, Sequence[str]]
"""The shared facts that a new service takes over: ids by key of the policy."""
OF_A_NEW_SITE: Uses = {
    "controller": [COMPANY], "contacts": [PRIVACY], "recipients": [HOSTING], "rights": [COMMON],
}  # fmt: skip


def site_text(answers: Answers, lang: str) -> str:
    """content/site.yaml."""
    settings: dict[str, Data] = {
        "format": FORMAT,
        "name": answers.company,
        "url": answers.url,
        "languages": list(answers.languages),
        "shared": {
            "controllers": [{"id": COMPANY, "legal_name": answers.company}],
            "contacts": [{"id": PRIVACY, "email": answers.email}],
            "recipients": [{"id": HOSTING, "is": "service_provider", "purposes": ["hosting"]}],
            "rights": [
                {
                    "id": COMMON,
                    "rights": ["access", "rectification", "erasure", "complain"],
                    "contact": [PRIVACY],
                }
            ],
        },
    }
    writer = Explained(guide(lang), Samples(answers.languages))
    writer.told |= _keys_below(Policy)  # they are explained in the services' files
    head = [modeline(SETTINGS), *_head(writer, ABOUT_SITE, ABOUT_COMMENTS)]
    return _text(head, writer.mapping(SiteSettings, settings))


def policy_text(name: str, kind: str, tags: Sequence[str], lang: str, uses: Uses = OF_A_NEW_SITE) -> str:
    """content/<service>/policy.yaml."""
    facts: dict[str, Data] = {"format": FORMAT, "service": {"name": name, "kinds": [kind]}}
    if controllers := uses.get("controller"):
        facts["controller"] = {"use": controllers[0]}
    facts |= {
        "data": [{"id": "account", "source": ["given"], "items": ["name", "email"]}],
        "purposes": ["provide_service", "support"],
        "retention": [{"id": "account_data", "data": ["account"], "criteria": ["service_active"]}],
        "changes": ["may_change", "notify_major"],
    }
    for key in ("contacts", "recipients", "rights"):
        if ids := uses.get(key):
            facts[key] = [{"use": id} for id in ids]
    writer = Explained(guide(lang), Samples(tags))
    head = [
        modeline(policy_path("new")),
        *_head(writer, ABOUT_POLICY, ABOUT_COMMENTS, ABOUT_SILENCE, ABOUT_ITEMS),
    ]
    return _text([*head, *writer.legend()], writer.mapping(Policy, facts))


def new_policy_text(name: str, kind: str, settings: SiteSettings, lang: str) -> str:
    """A service's file in a site with shared facts of its own: those that fit without a finding are used."""
    shared = settings.shared
    uses: dict[str, list[str]] = {
        "controller": [fact.id for fact in (shared and shared.controllers) or ()],
        "contacts": [fact.id for fact in (shared and shared.contacts) or ()],
        "rights": [fact.id for fact in (shared and shared.rights) or ()],
    }
    while True:
        text = policy_text(name, kind, settings.languages, lang, uses)
        if not any(uses.values()) or _fits(text, settings):
            return text
        # The last ones may point to facts that only another service states.
        uses.popitem()


def _fits(text: str, settings: SiteSettings) -> bool:
    path = policy_path("new")
    loaded = load_policy(parse(text, path)[0], path, settings)
    policy = loaded.value
    return (
        not loaded.findings
        and policy is not None
        and not any(check(Case(policy, Place(path), settings, date.min)))
    )


def _head(writer: Explained, *sentences: str) -> list[str]:
    lines: list[str] = []
    for sentence in sentences:
        lines += ["#", *comment(writer.say(sentence))]
    return lines


def _text(head: Sequence[str], lines: Sequence[str]) -> str:
    """The file, with a blank line above each key at its top."""
    text = [*head]
    inside_comment = False
    for line in lines:
        begins = line[:2] == "# " and line[2] != " "
        if begins and not inside_comment:
            text.append("")
        inside_comment = begins
        text.append(line)
    return "\n".join(text) + "\n"


def _keys_below(cls: type) -> set[tuple[type, str]]:
    """Every key of every class that a class is made of."""
    return {(definer(part, key), key) for part in parts(cls)[1:] for key in shapes(part)}
