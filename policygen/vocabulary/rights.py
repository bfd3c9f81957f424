"""What the reader can ask for and decide, how, when and at what cost."""

from __future__ import annotations

from policygen.vocabulary.word import Vocabulary, vocabulary

RIGHT: Vocabulary = vocabulary(
    "right",
    "Rights (the right to …)",
    {
        "informed": "be informed",
        "access": "access {your} data",
        "copy": "request copies of {your} personal data",
        "know_collected": "ask which categories and which specific pieces of personal data a business has collected",
        "rectification": "ask for {your} data to be corrected",
        "completion": "ask for incomplete data to be completed",
        "erasure": "ask for {your} data to be deleted",
        "restriction": "restrict the processing of {your} data",
        "portability": "have {your} data transferred",
        "object": "object to the processing of {your} data",
        "automated_decision": "not be subject to automated decisions alone",
        "withdraw_consent": "withdraw {your} consent",
        "decline": "not give the information asked for",
        "complain": "complain",
        "complain_authority": "complain to a supervisory authority",
        "settlement": "ask for matters of personal data to be resolved",
        "no_sale": "ask that {your} personal data not be sold",
        "processing_settings": "set how {your} personal data is processed",
        "compensation": "claim compensation",
        "protective_measures": "ask for protective measures",
    },
)

CHANNEL: Vocabulary = vocabulary(
    "channel",
    "How to do something",
    {
        "account_page": "on the account management page",
        "customer_service": "through customer service",
        "email": "by email",
        "phone": "by phone",
        "form": "with the form",
        "post": "by post",
        "contact_us": "by contacting us",
        "profile": "by logging into {your} profile",
        "message_instructions": "by following the instructions in the message",
        "settings": "in the settings",
        "support_centre": "through the customer support centre",
        "website": "on our website",
        "website_contact": "through the contact details on our website",
        "in_app": "with a notice in the app",
        "announcement": "with an announcement on the website",
        "other_means": "by other suitable means",
        "policy_page": "on this page",
        "reinstall": "by reinstalling the app without linking a phone number and without registering",
    },
)

TIMING: Vocabulary = vocabulary(
    "timing",
    "When, in words",
    {
        "immediately": "immediately",
        "promptly": "promptly",
        "soon": "as soon as possible",
        "reasonable": "within a reasonable time",
        "any_time": "at any time",
        "in_advance": "in advance",
        "before_effect": "before the new version takes effect",
        "best_efforts": "promptly, as best we can",
        "from_time_to_time": "from time to time",
        "regularly": "regularly",
        "once": "only once",
        "throughout": "for as long as {you} use the service",
        "session": "until {you} close the browser",
    },
)

FEE: Vocabulary = vocabulary(
    "fee",
    "What it costs",
    {
        "small_fee": "a small fee, which we may charge",
        "cost_based": "at cost",
    },
)

EFFECT: Vocabulary = vocabulary(
    "effect",
    "What follows (sentences)",
    {
        "stops_processing": "We then stop collecting and using {your} personal information.",
        "not_retroactive": "What was done earlier with {your} consent is not affected.",
        "limited_access": "It may limit {your} access to some products or services.",
        "not_fully_usable": "{You} may then not be able to use everything {service} offers.",
        "no_service": "We then cannot provide the services concerned.",
        "stops_working": "The service will not work properly.",
        "corrected_where_possible": "Tell us what is wrong or missing: we correct or update it where possible.",
        "to_another_organisation": "The data we have collected goes to another organisation or straight to {you}.",
        "partly_or_fully": "This can cover part or all of {your} personal data.",
        "data_deleted": "The data is deleted.",
    },
)

CHOICE: Vocabulary = vocabulary(
    "choice",
    "What the reader can choose or do",
    {
        "choose_contacts": "choose who can contact {you}",
        "block_users": "block unwanted users",
        "report_messages": "report inappropriate messages",
        "update_information": "update, change, add to or delete {your} personal information",
        "delete_content": "delete content from {your} profile",
        "deactivate_account": "deactivate {your} account",
        "delete_account": "delete {your} account",
        "opt_out_emails": "opt out of unwanted emails",
        "opt_out_sale": "refuse the sale of {your} data",
        "refuse_cookies": "refuse cookies",
        "privacy_control": "choose and control {your} privacy",
        "no_storage": "keep {your} personal information from being stored",
        "authorise_third_party": "authorise us to read {your} public information on another platform",
        "public_mode": "share some personal data publicly",
    },
)
