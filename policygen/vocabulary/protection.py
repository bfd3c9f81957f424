"""How data is protected, and what happens when that fails."""

from __future__ import annotations

from policygen.vocabulary.word import Vocabulary, vocabulary

MEASURE: Vocabulary = vocabulary(
    "measure",
    "Security measures (sentences)",
    {
        "security_measures": "We have security measures in place that protect the information we collect.",
        "reasonable_measures": "We take reasonable security measures to protect user information against unauthorised access, use or disclosure.",
        "technical_and_organisational": "Suitable technical and organisational measures protect {your} personal data.",
        "technical_measures": "We do all we can to protect {your} personal data with appropriate technical measures.",
        "industry_standards": "We collect, use, store and transmit information to security standards and practices proven in the industry.",
        "encryption_at_rest": "We encrypt stored data.",
        "encryption_in_transit": "We encrypt data in transit.",
        "access_control": "Only authorised employees can access user information.",
        "internal_only": "Access to user information is limited to internal employees.",
        "audits": "We carry out regular security audits to find and fix possible weaknesses.",
        "necessary_steps": "We take every step necessary to protect {your} personal information.",
        "strong_after_receipt": "Once we have received it, we protect {your} information with strong security measures.",
        "multi_factor": "Access is protected by multi-factor authentication.",
        "monitoring": "We monitor our systems.",
        "backups": "We keep backups.",
        "training": "We train our staff in data protection.",
        "pseudonymisation": "We replace names by pseudonyms.",
    },
)

SECURITY_LIMIT: Vocabulary = vocabulary(
    "security_limit",
    "What security can't promise (sentences)",
    {
        "internet_not_secure": "The internet is never fully secure.",
        "technical_limits": "Technical limits and malicious methods exist.",
        "no_guarantee_total": "We cannot always guarantee that information is 100% secure.",
        "beyond_control": "Problems may arise from causes beyond our control.",
        "transmission_not_secure": "No transmission of data over the internet is ever fully secure.",
        "no_guarantee_transmission": "We cannot guarantee that {your} information is secure while it is being sent.",
    },
)

READER_DUTY: Vocabulary = vocabulary(
    "reader_duty",
    "The reader's own part in security (sentences)",
    {
        "keep_credentials": "If {you} have a username and password for {service}, {you} are responsible for keeping them safe.",
        "share_no_password": "Please share {your} password with nobody.",
        "protect_information": "Please also take care to protect {your} personal information, so that it does not leak.",
    },
)

BREACH_ACTION: Vocabulary = vocabulary(
    "breach_action",
    "What happens on a data breach (sentences)",
    {
        "contain": "We take measures to control and reduce the damage.",
        "take_measures": "We take appropriate measures.",
        "notify_affected": "We tell the users affected.",
        "notify_reader": "We tell {you}, as laws and regulations require.",
        "notify_authority": "We report it to the regulatory authorities concerned.",
        "announce": "We publish an announcement in an effective manner.",
    },
)
