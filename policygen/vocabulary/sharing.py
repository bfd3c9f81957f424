"""Who else gets data, when, and what they must keep to."""

from __future__ import annotations

from policygen.vocabulary.word import Vocabulary, vocabulary

SHARING_RULE: Vocabulary = vocabulary(
    "sharing_rule",
    "Limits on sharing (sentences)",
    {
        "only_as_listed": "We do not give personal information to third parties, except as listed here.",
        "only_as_described": "We share {your} information only as this policy describes.",
        "consent_unless_described": "Without {your} consent, we disclose {your} information only as this policy explains.",
        "never_without_consent": "Third parties get {your} personal information from us only with {your} consent or authorisation.",
        "never_without_notice_and_consent": "We never share {your} personal data unless we have told {you} in advance and {you} have agreed.",
        "transfer_restricted": "We transfer {your} personal information to companies, organisations or individuals only in the cases below.",
        "publication_restricted": "We make {your} personal information public only in the cases below.",
        "law_allows": "As the law provides, in legal disputes, or when administrative or judicial authorities require it, we may share {your} personal information.",
        "confidentiality_signed": "We sign strict confidentiality agreements with everyone we share personal information with.",
        "third_party_policies": "These third parties have privacy policies of their own, independent of ours. Please read them carefully.",
        "reader_decides": "When {you} share content on {service}, or from {service} elsewhere, {you} decide who can see it.",
        "not_responsible_for_use": "What others do with information {you} have shared is not our responsibility.",
        "public_less_protected": "Data that is public is not kept confidential like other data.",
    },
)

RECIPIENT: Vocabulary = vocabulary(
    "recipient",
    "Kinds of recipients",
    {
        "service_provider": "service providers",
        "partner": "partners",
        "business_partner": "business partners",
        "group": "our group",
        "authority": "authorities",
        "law_enforcement": "law enforcement or regulatory agencies",
        "successor": "a successor of our business",
        "public": "the public",
        "advertisers": "advertisers",
        "other_users": "other users",
        "third_party": "third parties",
        "anyone": "any company, organisation or individual",
        "embed_host": "hosts of embedded content",
        "login_provider": "login provider",
    },
)

CONDITION: Vocabulary = vocabulary(
    "condition",
    "When something holds (if …)",
    {
        "consent": "{you} agree",
        "explicit_consent": "{you} explicitly agree",
        "authorisation": "{you} authorise it",
        "explicit_authorisation": "{you} give explicit authorisation or consent",
        "consent_in_advance": "{you} have agreed in advance",
        "notice_and_consent": "we have told {you} in advance and {you} have agreed",
        "required_by_law": "the law requires it",
        "allowed_by_law": "the law allows it",
        "legal_basis": "laws or regulations, legal procedures, litigation or a mandatory demand of the competent government authorities call for it",
        "safety_concern": "the aim is to address fraud, safety or security concerns",
        "business_change": "the company is acquired, merged or reorganised",
        "business_transfer": "a merger, division, acquisition or liquidation involves the transfer of personal information",
        "reader_request": "{you} ask for it",
        "reader_chooses": "{you} choose this",
        "legal_reasons": "we have to keep it for legal reasons",
        "where_possible": "it is possible",
        "certain_conditions": "certain conditions are met",
        "some_products": "a product or service involves other countries",
        "without_guardian": "the guardian had not agreed",
        "purpose_mismatch": "the use does not match the purposes we have stated",
        "lawful": "laws and regulations are followed",
        "login_with": "{you} choose to log in with another company's account",
        "direct_contact": "{you} contact us directly",
        "banned": "{you} are banned on one platform",
        "unpaid_debt": "issues have arisen over credit payment debt",
        "legal_duties": "legal, tax, accounting or audit duties apply",
        "viewing": "{you} view it",
    },
)

SAFEGUARD: Vocabulary = vocabulary(
    "safeguard",
    "What recipients must keep to (sentences)",
    {
        "confidentiality": "They have strict duties of confidentiality.",
        "confidentiality_agreement": "They sign a strict confidentiality agreement with us.",
        "instructions": "They must process personal information as we instruct, as this policy says, and with all other relevant confidentiality and security measures.",
        "own_security": "They have security measures that protect {your} information.",
        "own_policy": "They have a privacy policy of their own.",
        "policy_on_website": "{You} can read their privacy policies on their websites.",
        "aggregated_only": "They may receive aggregated data, but nothing that identifies {you} personally.",
        "bound_by_policy": "We require the new company or organisation to stay bound by this policy.",
        "asks_again": "Otherwise we require it to ask for {your} authorisation again.",
        "advance_notice": "We tell {you} in advance.",
        "delete_option": "We give {you} the choice to delete {your} account.",
        "standard_clauses": "Standard contractual clauses protect the data.",
        "adequacy": "An adequacy decision covers the country.",
        "binding_rules": "Binding corporate rules protect the data.",
        "consent_in_advance": "We ask for {your} consent in advance.",
        "strict_rules": "We strictly follow the rules and regulations, so that {your} personal information stays secure.",
        "not_identifying": "None of this identifies {you} personally.",
    },
)

AUDIENCE: Vocabulary = vocabulary(
    "audience",
    "Who sees data",
    {
        "other_users": "other users",
        "participants": "other participants in video or audio calls",
        "public": "the public",
    },
)

TRANSFER: Vocabulary = vocabulary(
    "transfer",
    "Transfers to other countries",
    {
        "abroad": "transfers across borders",
    },
)
