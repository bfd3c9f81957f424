"""What a service is, whom its policy covers, and what comes with it."""

from __future__ import annotations

from policygen.vocabulary.word import Vocabulary, vocabulary

KIND: Vocabulary = vocabulary(
    "kind",
    "What a service is",
    {
        "app": "app",
        "mobile_app": "mobile app",
        "website": "website",
        "desktop_app": "desktop app",
        "api": "programming interface (API)",
        "music_service": "music service",
        "social_network": "social network",
        "messaging": "messaging service",
        "calling": "calling service",
        "game": "game",
        "shop": "online shop",
        "video_service": "video service",
        "education": "learning service",
        "health_service": "health service",
        "finance_service": "financial service",
    },
)

STORE: Vocabulary = vocabulary(
    "store",
    "Where an app is offered",
    {
        "google_play": "Google Play",
        "app_store": "App Store",
        "galaxy_store": "Galaxy Store",
        "appgallery": "AppGallery",
        "microsoft_store": "Microsoft Store",
        "f_droid": "F-Droid",
    },
)

PLATFORM: Vocabulary = vocabulary(
    "platform",
    "Where a fact holds",
    {
        "android": "Android",
        "ios": "iOS",
        "web": "the website",
        "windows": "Windows",
        "macos": "macOS",
        "linux": "Linux",
        "tv": "TV apps",
    },
)

PEOPLE: Vocabulary = vocabulary(
    "people",
    "Whose data a policy is about",
    {
        "everyone": "everyone who uses {service}",
        "registered_users": "all registered users of {service}",
        "visitors": "visitors to the website",
        "customers": "customers",
        "every_user": "every user",
        "california_consumers": "California consumers",
        "eu_residents": "people in the European Union",
    },
)

COVERAGE: Vocabulary = vocabulary(
    "coverage",
    "What a policy covers or leaves out",
    {
        "online_activities": "our online activities",
        "website_information": "information shared with or collected on the website",
        "offline_information": "information collected offline",
        "other_channels": "information collected through channels other than this website",
        "other_sites": "other websites",
        "other_advertisers": "other advertisers",
        "all_products": "all products and services of {service}",
    },
)

DOCUMENT: Vocabulary = vocabulary(
    "document",
    "Documents that belong with a policy",
    {
        "terms": "terms of service",
        "cookie_policy": "cookie policy",
        "children_policy": "children's privacy policy",
        "community_rules": "community rules",
        "data_agreement": "data processing agreement",
    },
)

REGIME: Vocabulary = vocabulary(
    "regime",
    "Laws a rule belongs to",
    {
        "gdpr": "EU General Data Protection Regulation (GDPR)",
        "uk_gdpr": "UK GDPR",
        "ccpa": "California Consumer Privacy Act (CCPA)",
        "caloppa": "California Online Privacy Protection Act (CalOPPA)",
        "coppa": "US Children's Online Privacy Protection Act (COPPA)",
        "vn_pdpl": "Law on Personal Data Protection of Vietnam (91/2025/QH15)",
        "in_dpdp": "Digital Personal Data Protection Act of India (DPDP Act)",
        "in_spdi": "Sensitive Personal Data Rules of India, 2011 (SPDI Rules)",
        "cn_pipl": "Personal Information Protection Law of China (PIPL)",
        "id_pdp": "Personal Data Protection Law of Indonesia (UU PDP)",
    },
)

AGREEMENT: Vocabulary = vocabulary(
    "agreement",
    "How the reader accepts a policy (sentences)",
    {
        "by_using": "By using {service}, {you} agree to this policy.",
        "by_browsing": "By browsing or opening {service}, {you} agree to this policy.",
        "by_registering": "By registering, {you} agree to this policy.",
        "consent_to_processing": "By using {service}, {you} also consent to our handling of {your} personal information.",
        "consent_by_access": "By browsing, opening or using {service}, {you} consent to our collecting, using, sharing and protecting {your} personal information as this policy describes.",
        "agree_to_terms": "By using {service}, {you} also agree to the terms of this policy.",
        "do_not_use_otherwise": "Please do not use {service} unless {you} agree.",
        "read_first": "Please read and understand this policy before {you} use {service}.",
    },
)

COMMITMENT: Vocabulary = vocabulary(
    "commitment",
    "What the company promises in general (sentences)",
    {
        "privacy_priority": "{Your} privacy is one of our priorities.",
        "privacy_first": "{Your} privacy is our priority.",
        "privacy_valued": "We attach great importance to {your} privacy.",
        "follow_policy": "We collect, use and share {your} personal information, and protect it, as this policy says.",
        "obey_law": "We strictly follow the laws and regulations that apply.",
        "reasonable_security": "We take reasonable steps to keep personal information secure.",
        "respect_rights": "We make sure that {your} privacy rights are not infringed.",
        "only_necessary": "We collect only the personal information that is necessary.",
        "explain_practices": "Here {you} can read how we collect {your} data, use it and share it.",
        "explain_lifecycle": "This policy explains how we collect, use, store and protect personal information.",
        "explain_types": "This policy says what kinds of information we collect and record, and how we use it.",
        "no_sale": "We do not sell {your} personal data.",
    },
)
