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
        "legal_requirements": "laws and regulations require it",
        "service_requirements": "running the service requires it",
        "provide_services": "it is necessary to provide the services",
        "legal_purposes": "legal purposes need it",
        "business_purposes": "business purposes need it",
        "legitimate_business": "legitimate and essential business purposes need it",
        "service_active": "we are still providing the service",
        "perform_service": "the service has to be kept up",
        "legal_duties": "legal duties have to be met",
        "disputes": "disputes, if any, have to be settled",
        "security": "security needs it",
        "investigation": "an investigation needs it",
        "court_orders": "a court order has to be obeyed",
        "abuse_reports": "reports of abuse or policy violations have to be dealt with",
        "debt_settled": "an issue over credit payment debt is not yet resolved",
        "statutory_period": "the period set by law for legal, tax, accounting and audit duties runs",
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
