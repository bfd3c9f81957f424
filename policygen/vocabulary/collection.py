"""How data reaches the company, and when."""

from __future__ import annotations

from policygen.vocabulary.word import Vocabulary, vocabulary

METHOD: Vocabulary = vocabulary(
    "method",
    "How data reaches the company",
    {
        "given": "given by {you}",
        "automatic": "collected automatically",
        "third_parties": "from third parties",
        "indirect": "by other indirect means",
    },
)

MOMENT: Vocabulary = vocabulary(
    "moment",
    "When something happens",
    {
        "registration": "when {you} register",
        "login": "when {you} log in",
        "use": "when {you} use the service",
        "activities": "when {you} take part in activities",
        "contact": "when {you} contact us directly",
        "account_creation": "when {you} create an account",
        "account_use": "when {you} use an account",
        "visit": "when {you} visit the website",
        "asked": "when we ask for it",
        "authentication": "when a service needs {your} identity confirmed",
        "account_closed": "after the account is closed",
        "last_use": "after the last use",
        "collection": "after collection",
    },
)

MEANS: Vocabulary = vocabulary(
    "means",
    "Technical means of collection",
    {
        "cookies": "cookies",
        "log_files": "log files",
        "device_ids": "device identifiers",
        "web_beacons": "web beacons",
        "sdks": "software kits of other companies (SDKs)",
        "local_storage": "local storage",
    },
)

PARTY: Vocabulary = vocabulary(
    "party",
    "Other parties data comes from or goes to",
    {
        "social_media": "social media platforms",
        "advertising_partners": "advertising partners",
        "business_partners": "business partners",
        "analytics_providers": "analytics providers",
        "subcontractors": "subcontractors",
        "public_sources": "public sources",
    },
)

NEED: Vocabulary = vocabulary(
    "need",
    "Whether data must be given",
    {
        "required": "required",
        "optional": "optional",
        "with_permission": "only with {your} consent",
    },
)
