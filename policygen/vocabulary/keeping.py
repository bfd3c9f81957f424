"""Where data is kept, for how long, and what happens to it then."""

from __future__ import annotations

from policygen.vocabulary.word import Vocabulary, vocabulary

STORAGE: Vocabulary = vocabulary(
    "storage",
    "Where data is kept",
    {
        "secure_servers": "secure servers",
        "cloud": "cloud provider",
        "country": "in this country",
        "own_servers": "our own servers",
        "device": "{your} device",
    },
)

CRITERION: Vocabulary = vocabulary(
    "criterion",
    "What decides how long data is kept (as long as …)",
    {
        "legal_requirements": "the law requires it",
        "service_requirements": "running the service requires it",
        "provide_services": "it is necessary to provide the services",
        "legal_purposes": "it is needed for legal purposes",
        "business_purposes": "it is needed for business purposes",
        "legitimate_business": "it is needed for legitimate and essential business purposes",
        "service_active": "we are still providing the service",
        "perform_service": "the service has to be kept up",
        "legal_duties": "legal duties have to be met",
        "disputes": "disputes, if any, have to be settled",
        "security": "it is needed for security",
        "investigation": "it is needed for an investigation",
        "court_orders": "a court order has to be obeyed",
        "abuse_reports": "reports of abuse or policy violations have to be dealt with",
        "debt_settled": "an issue over credit payment debt is not yet resolved",
        "statutory_period": "the period set by law for legal, tax, accounting and audit duties runs",
    },
)

FACTOR: Vocabulary = vocabulary(
    "factor",
    "What the time that data is kept depends on",
    {
        "legal_requirements": "what laws and regulations require",
        "service_requirements": "what the service requires",
        "purpose": "the purpose of the data",
        "consent": "how long {you} agree",
    },
)

ENDING: Vocabulary = vocabulary(
    "ending",
    "What happens to data in the end",
    {
        "delete": "deleted",
        "anonymise": "made anonymous",
        "delete_or_anonymise": "deleted or made anonymous",
        "keep": "kept",
    },
)
