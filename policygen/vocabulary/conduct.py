"""Cookies, log files, children, messages, embedded content, links, changes, contacts."""

from __future__ import annotations

from policygen.vocabulary.word import Vocabulary, vocabulary

COOKIE_KIND: Vocabulary = vocabulary(
    "cookie_kind",
    "Kinds of cookies",
    {
        "necessary": "strictly necessary",
        "functional": "functional",
        "analytics": "analytics",
        "advertising": "advertising",
    },
)

COOKIE_FACT: Vocabulary = vocabulary(
    "cookie_fact",
    "About cookies (sentences)",
    {
        "used": "We use cookies.",
        "small_files": "As {you} use our services, we store cookies, which are small data files, on {your} computer or mobile device.",
        "relied_on": "The service relies on cookies to work properly.",
        "web_beacons": "We use web beacons.",
    },
)

LOG_FACT: Vocabulary = vocabulary(
    "log_fact",
    "About log files (sentences)",
    {
        "used": "We use log files, as is standard practice.",
        "visits_logged": "The files record visitors to websites.",
        "hosting_practice": "All hosting companies do this; it is part of the analytics of hosting services.",
        "not_linked": "The log data is not linked to anything that can identify a person.",
    },
)

CHILD_RULE: Vocabulary = vocabulary(
    "child_rule",
    "Rules on children (sentences)",
    {
        "minors": "{service} treats users under {age} as minors.",
        "not_intentionally_collected": "We do not collect personal information of minors intentionally.",
        "not_knowingly_collected": "We do not knowingly collect information that can identify a person from children under {age}.",
        "delete_when_found": "If we find that we have collected personal information of a minor, we delete it.",
        "guardian_consent_and_supervision": "Minors need the consent and the supervision of their legal guardian to use {service}.",
        "guardian_consent_first": "Minors must have their guardian's consent before they use {service}.",
        "registration_implies_consent": "When a minor applies to register an account, we take the guardian's consent as given.",
        "guardian_can_report": "A guardian who finds that we have collected a minor's personal information without the guardian's consent can contact us; we then delete the data.",
        "parent_can_report": "If {you} think that {your} child has given us such information, please contact us immediately; we then remove it from our records.",
        "parents_encouraged": "We encourage parents and guardians to watch, join in, and/or monitor and guide what children do online.",
        "protection_priority": "Protecting children on the internet is one of our priorities.",
        "minors_valued": "We attach great importance to protecting the personal information of minors.",
        "not_for_children": "{service} is not meant for children under {age}.",
    },
)

MESSAGE: Vocabulary = vocabulary(
    "message",
    "Messages the company sends",
    {
        "marketing": "marketing messages",
        "unwanted_emails": "unwanted emails",
        "system_emails": "system-generated emails",
        "service_notices": "important notifications about the platform",
        "maintenance": "maintenance notices",
        "security_updates": "security updates",
    },
)

EMBED_FACT: Vocabulary = vocabulary(
    "embed_fact",
    "About embedded content (sentences)",
    {
        "hosted_elsewhere": "Some content on {service} is hosted by other companies.",
        "data_sent": "When {you} view it, those sites receive data, just as they would if {you} went there directly.",
        "may_ask_data": "Some of these services may ask for personal information such as {your} email address.",
        "bad_actors": "We work to keep bad actors off {service}.",
        "no_control": "We have no control over how third parties collect {your} data or use it.",
        "not_covered": "What they do is not covered by this policy.",
        "own_policies": "Their own privacy policies apply, not ours.",
        "be_careful": "Be careful with personal information in embedded forms: make sure {you} know who asks for it and how it will be used.",
        "advise_against": "We advise against giving personal information in embedded forms.",
        "own_form_link": "If {you} add a form collecting personal information, it must clearly link to {your} own privacy policy, and that policy must explain how the data will be used.",
        "own_form_sanction": "Without such a link and explanation, we may disable {your} post or act against {your} account.",
    },
)

LINK_FACT: Vocabulary = vocabulary(
    "link_fact",
    "About links to other sites (sentences)",
    {
        "may_contain": "{service} may contain links to websites or apps of third parties.",
        "own_policies": "Each of them has its own privacy policy.",
        "not_responsible": "What they do is not our responsibility.",
        "read_their_policies": "We recommend reading their policies before {you} share any personal information with them.",
        "policy_not_for_others": "Other advertisers and other websites are outside this policy.",
        "consult_ad_servers": "Their privacy policies say more, perhaps also how to opt out of some of their options. Please read them.",
    },
)

CHANGE: Vocabulary = vocabulary(
    "change",
    "How a policy changes (sentences)",
    {
        "may_change": "We may change this policy.",
        "will_change": "We change and update this policy in due course, to give {you} better service.",
        "notify_major": "We tell {you} about major changes.",
        "notify": "We tell {you} about changes.",
        "consent_major": "If a major change affects {you}, we ask for {your} consent.",
        "check_regularly": "Please check the newest version of this policy regularly.",
        "use_means_acceptance": "If {you} keep using the service, {you} are taken to agree to the changed policy.",
        "stop_if_disagree": "If {you} do not agree with a change, {you} can stop using {service}.",
    },
)

CONTACT_ROLE: Vocabulary = vocabulary(
    "contact_role",
    "Whom to contact",
    {
        "privacy": "privacy questions",
        "support": "customer service",
        "support_centre": "customer support centre",
        "dpo": "data protection officer",
        "grievance_officer": "grievance officer",
        "eu_representative": "representative in the European Union",
        "uk_representative": "representative in the United Kingdom",
        "general": "contact details",
    },
)

TOPIC: Vocabulary = vocabulary(
    "topic",
    "What to contact for",
    {
        "policy_questions": "questions about this policy",
        "data_questions": "questions about the protection of {your} personal information",
        "more_information": "more information about this policy",
        "feedback": "suggestions and feedback on our privacy practices, which are always welcome",
        "rights_requests": "requests about {your} rights",
        "complaints": "complaints about personal data",
        "data_access": "access to and correction of data",
        "consent": "refusing or withdrawing consent",
        "children": "information about children",
    },
)
