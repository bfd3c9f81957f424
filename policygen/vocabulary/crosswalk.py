"""Where our words stand in other vocabularies: app stores, W3C DPV, fideslang, IAB TCF, GDPR articles.

The pairings are ours; the identifiers are the public ones. `SAME` says which word's row a finer word shares.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class DataIds(NamedTuple):
    """A kind of data elsewhere; None where the other vocabulary has nothing near."""

    google_play: str
    apple: str
    dpv: str | None = None
    fideslang: str | None = None
    tcf: str | None = None


class PurposeIds(NamedTuple):
    """A purpose elsewhere; None where the other vocabulary has nothing near."""

    dpv: str
    fideslang: str
    google_play: str | None
    apple: str
    tcf: str | None = None


class RightIds(NamedTuple):
    """A right elsewhere: its GDPR article, as DPV writes it."""

    gdpr: str


class BasisIds(NamedTuple):
    """A legal basis elsewhere."""

    gdpr: str
    dpv: str
    fideslang: str


DATA: Mapping[str, DataIds] = {
    "name": DataIds("PSL_NAME", "Name", "Name", "user.name"),
    "email": DataIds("PSL_EMAIL", "EmailAddress", "EmailAddress", "user.contact.email"),
    "phone": DataIds("PSL_PHONE", "PhoneNumber", "TelephoneNumber", "user.contact.phone_number"),
    "postal_address": DataIds("PSL_ADDRESS", "PhysicalAddress", "PhysicalAddress", "user.contact.address"),
    "other_contact": DataIds("PSL_OTHER_PERSONAL", "OtherUserContactInfo", "Contact", "user.contact"),
    "username": DataIds("PSL_USER_ACCOUNT", "UserID", "Username", "user.account.username", "5"),
    "password": DataIds("PSL_USER_ACCOUNT", "UserID", "Password", "user.authorization.password"),
    "user_id": DataIds("PSL_USER_ACCOUNT", "UserID", "UID", "user.unique_id", "5"),
    "device_id": DataIds("PSL_DEVICE_ID", "DeviceID", "DeviceBased", "user.device.device_id", "3"),
    "ip_address": DataIds("PSL_DEVICE_ID", "OtherDataTypes", "IPAddress", "user.device.ip_address", "1"),
    "cookie_id": DataIds("PSL_DEVICE_ID", "DeviceID", "Tracking", "user.device.cookie_id", "3"),
    "user_agent": DataIds("PSL_OTHER_PERFORMANCE", "OtherDiagnosticData", "UserAgent", "user.device", "2"),
    "fingerprint": DataIds("PSL_DEVICE_ID", "DeviceID", "BrowserFingerprint", "user.device", "4"),
    "location_precise": DataIds(
        "PSL_PRECISE_LOCATION", "PreciseLocation", "GPSCoordinate", "user.location.precise", "9"
    ),
    "location_approx": DataIds(
        "PSL_APPROX_LOCATION", "CoarseLocation", "Location", "user.location.imprecise", "8"
    ),
    "date_of_birth": DataIds(
        "PSL_OTHER_PERSONAL", "OtherDataTypes", "BirthDate", "user.demographic.date_of_birth", "7"
    ),
    "age": DataIds("PSL_OTHER_PERSONAL", "OtherDataTypes", "Age", "user.demographic.age_range", "7"),
    "gender": DataIds("PSL_OTHER_PERSONAL", "OtherDataTypes", "Gender", "user.demographic.gender", "7"),
    "nationality": DataIds("PSL_OTHER_PERSONAL", "OtherDataTypes", "Nationality", "user.demographic"),
    "language": DataIds("PSL_OTHER_PERSONAL", "OtherDataTypes", "Language", "user.demographic.language", "2"),
    "race_ethnicity": DataIds(
        "PSL_RACE_ETHNICITY", "SensitiveInfo", "EthnicOrigin", "user.demographic.race_ethnicity"
    ),
    "political_opinion": DataIds(
        "PSL_POLITICAL_RELIGIOUS", "SensitiveInfo", "PoliticalOpinion", "user.demographic.political_opinion"
    ),
    "religion": DataIds(
        "PSL_POLITICAL_RELIGIOUS", "SensitiveInfo", "ReligiousBelief", "user.demographic.religious_belief"
    ),
    "trade_union": DataIds("PSL_OTHER_PERSONAL", "SensitiveInfo", "TradeUnionMembership", "user.demographic"),
    "sexual_orientation": DataIds(
        "PSL_SEXUAL_ORIENTATION_GENDER_IDENTITY",
        "SensitiveInfo",
        "SexualPreference",
        "user.demographic.sexual_orientation",
    ),
    "genetic": DataIds("PSL_HEALTH", "SensitiveInfo", "Genetic", "user.health_and_medical.genetic"),
    "biometric": DataIds("PSL_OTHER_PERSONAL", "SensitiveInfo", "Biometric", "user.biometric"),
    "health": DataIds("PSL_HEALTH", "Health", "Health", "user.health_and_medical"),
    "fitness": DataIds("PSL_FITNESS", "Fitness", "PhysicalHealth", "user.health_and_medical"),
    "criminal": DataIds("PSL_OTHER_PERSONAL", "OtherDataTypes", "Criminal", "user.criminal_history"),
    "government_id": DataIds("PSL_OTHER_PERSONAL", "OtherDataTypes", "OfficialID", "user.government_id"),
    "payment_card": DataIds(
        "PSL_CREDIT_DEBIT_BANK_ACCOUNT_NUMBER", "PaymentInfo", "PaymentCard", "user.financial.credit_card"
    ),
    "bank_account": DataIds(
        "PSL_CREDIT_DEBIT_BANK_ACCOUNT_NUMBER", "PaymentInfo", "BankAccount", "user.financial.bank_account"
    ),
    "purchase_history": DataIds(
        "PSL_PURCHASE_HISTORY", "PurchaseHistory", "Purchase", "user.behavior.purchase_history"
    ),
    "credit_score": DataIds("PSL_CREDIT_SCORE", "CreditInfo", "CreditScore", "user.financial"),
    "other_financial": DataIds("PSL_OTHER", "OtherFinancialInfo", "Financial", "user.financial"),
    "contacts_list": DataIds("PSL_CONTACTS", "Contacts", "SocialNetwork", "user.social"),
    "messages": DataIds(
        "PSL_OTHER_MESSAGES", "EmailsOrTextMessages", "Communication", "user.content.private"
    ),
    "emails_content": DataIds("PSL_EMAILS", "EmailsOrTextMessages", "EmailContent", "user.content.private"),
    "sms": DataIds("PSL_SMS_CALL_LOG", "EmailsOrTextMessages", "CallLog", "user.content.private"),
    "photos": DataIds("PSL_PHOTOS", "PhotosorVideos", "Picture", "user.content.self_image"),
    "videos": DataIds("PSL_VIDEOS", "PhotosorVideos", "Picture", "user.content"),
    "voice": DataIds("PSL_AUDIO", "AudioData", "VoiceCommunicationRecording", "user.biometric.voice"),
    "files": DataIds("PSL_FILES_AND_DOCS", "OtherUserContent", "PersonalDocuments", "user.content"),
    "calendar": DataIds("PSL_CALENDAR", "OtherUserContent", None, "user.content"),
    "user_content": DataIds(
        "PSL_USER_GENERATED_CONTENT", "OtherUserContent", None, "user.content.public", "7"
    ),
    "support_messages": DataIds(
        "PSL_OTHER_MESSAGES", "CustomerSupport", "Communication", "user.content.private"
    ),
    "browsing_history": DataIds(
        "PSL_WEB_BROWSING_HISTORY", "BrowsingHistory", "BrowserHistory", "user.behavior.browsing_history", "6"
    ),
    "search_history": DataIds(
        "PSL_IN_APP_SEARCH_HISTORY", "SearchHistory", "BrowsingBehaviour", "user.behavior.search_history", "6"
    ),
    "usage": DataIds(
        "PSL_USER_INTERACTION", "ProductInteraction", "ServiceConsumptionBehaviour", "user.behavior", "6"
    ),
    "ad_data": DataIds("PSL_OTHER_APP_ACTIVITY", "AdvertisingData", "Tracking", "user.behavior", "6"),
    "installed_apps": DataIds("PSL_APPS_ON_DEVICE", "OtherUsageData", "DeviceApplications", "user.device"),
    "crash_logs": DataIds("PSL_CRASH_LOGS", "CrashData", None, "user.telemetry"),
    "diagnostics": DataIds("PSL_PERFORMANCE_DIAGNOSTICS", "PerformanceData", None, "user.telemetry"),
    "employment": DataIds("PSL_OTHER_PERSONAL", "OtherDataTypes", "Professional", "user.workplace"),
    "education": DataIds("PSL_OTHER_PERSONAL", "OtherDataTypes", "Education", "user.demographic.profile"),
    "inferences": DataIds(
        "PSL_OTHER_PERSONAL", "OtherUsageData", "IndividualProfile", "user.demographic.profile", "10"
    ),
    "consent_choices": DataIds(
        "PSL_OTHER_PERSONAL", "OtherDataTypes", "PrivacyPreference", "user.privacy_preferences", "11"
    ),
}

PURPOSES: Mapping[str, PurposeIds] = {
    "provide_service": PurposeIds(
        "RequestedServiceProvision", "essential.service", "PSL_APP_FUNCTIONALITY", "AppFunctionality"
    ),
    "account": PurposeIds(
        "AccountManagement", "essential.service.authentication", "PSL_ACCOUNT_MANAGEMENT", "AppFunctionality"
    ),
    "payment": PurposeIds(
        "PaymentManagement",
        "essential.service.payment_processing",
        "PSL_APP_FUNCTIONALITY",
        "AppFunctionality",
    ),
    "delivery": PurposeIds(
        "DeliveryOfGoods", "essential.service", "PSL_APP_FUNCTIONALITY", "AppFunctionality"
    ),
    "support": PurposeIds(
        "CommunicationForCustomerCare",
        "essential.service.operations.support",
        "PSL_APP_FUNCTIONALITY",
        "AppFunctionality",
    ),
    "service_messages": PurposeIds(
        "CommunicationManagement",
        "essential.service.notifications",
        "PSL_DEVELOPER_COMMUNICATIONS",
        "AppFunctionality",
    ),
    "security": PurposeIds(
        "EnforceSecurity",
        "essential.service.security",
        "PSL_FRAUD_PREVENTION_SECURITY",
        "AppFunctionality",
        "sp1",
    ),
    "fraud": PurposeIds(
        "FraudPreventionAndDetection",
        "essential.fraud_detection",
        "PSL_FRAUD_PREVENTION_SECURITY",
        "AppFunctionality",
        "sp1",
    ),
    "analytics": PurposeIds(
        "ServiceUsageAnalytics", "analytics.reporting", "PSL_ANALYTICS", "Analytics", "9"
    ),
    "improve": PurposeIds(
        "ImproveExistingProductsAndServices", "functional.service.improve", "PSL_ANALYTICS", "Analytics", "10"
    ),
    "personalise": PurposeIds(
        "ServicePersonalisation", "personalize", "PSL_PERSONALIZATION", "ProductPersonalization", "6"
    ),
    "marketing": PurposeIds(
        "DirectMarketing", "marketing.communications", "PSL_ADVERTISING", "DeveloperAdvertising"
    ),
    "advertising_contextual": PurposeIds(
        "Advertising",
        "marketing.advertising.first_party.contextual",
        "PSL_ADVERTISING",
        "DeveloperAdvertising",
        "2",
    ),
    "advertising_personalised": PurposeIds(
        "PersonalisedAdvertising",
        "marketing.advertising.third_party.targeted",
        "PSL_ADVERTISING",
        "ThirdPartyAdvertising",
        "4",
    ),
    "legal": PurposeIds(
        "LegalCompliance", "essential.legal_obligation", "PSL_FRAUD_PREVENTION_SECURITY", "Other"
    ),
    "disputes": PurposeIds(
        "DisputeManagement", "essential.legal_obligation", "PSL_FRAUD_PREVENTION_SECURITY", "Other"
    ),
    "recruitment": PurposeIds("RecruitmentManagement", "employment.recruitment", None, "Other"),
    "research": PurposeIds("ResearchAndDevelopment", "operations", "PSL_ANALYTICS", "Analytics"),
    "ai_training": PurposeIds("ResearchAndDevelopment", "train_ai_system", None, "Other"),
    "sale": PurposeIds(
        "SellDataToThirdParties", "third_party_sharing", "PSL_ADVERTISING", "ThirdPartyAdvertising"
    ),
}

BASES: Mapping[str, BasisIds] = {
    "consent": BasisIds("A6-1-a", "Consent", "Consent"),
    "explicit_consent": BasisIds("A6-1-a-explicit-consent", "Consent", "Consent"),
    "contract": BasisIds("A6-1-b", "Contract", "Contract"),
    "pre_contract": BasisIds("A6-1-b-enter-into-contract", "EnterIntoContract", "Contract"),
    "legal_obligation": BasisIds("A6-1-c", "LegalObligation", "Legal obligations"),
    "vital_interests": BasisIds("A6-1-d", "VitalInterest", "Vital interests"),
    "public_task": BasisIds("A6-1-e", "PublicInterest", "Public interest"),
    "legitimate_interests": BasisIds("A6-1-f", "LegitimateInterest", "Legitimate interests"),
}

RIGHTS: Mapping[str, RightIds] = {
    "informed": RightIds("A13"),
    "access": RightIds("A15"),
    "rectification": RightIds("A16"),
    "erasure": RightIds("A17"),
    "restriction": RightIds("A18"),
    "portability": RightIds("A20"),
    "object": RightIds("A21"),
    "automated_decision": RightIds("A22"),
    "withdraw_consent": RightIds("A7-3"),
    "complain": RightIds("A77"),
}

SAME: Mapping[str, Mapping[str, str]] = {
    "data": {
        "mobile_phone": "phone",
        "nickname": "username",
        "browser_type": "user_agent",
        "device_type": "user_agent",
        "device_info": "user_agent",
        "operating_system": "user_agent",
        "browser": "user_agent",
        "device_storage": "user_agent",
        "battery": "user_agent",
        "hardware": "user_agent",
        "location_gps": "location_precise",
        "location_ip": "location_approx",
        "location": "location_approx",
        "country_of_origin": "location_approx",
        "birth_year": "date_of_birth",
        "age_range": "age",
        "language_interest": "language",
        "purchase_payment": "other_financial",
        "chat": "messages",
        "timestamps": "usage",
        "profile_photo": "photos",
        "photo": "photos",
        "gallery": "photos",
        "attachments": "files",
        "quotes": "user_content",
        "other_content": "user_content",
        "message_content": "support_messages",
        "feedback": "support_messages",
        "suggestions": "support_messages",
        "complaints": "support_messages",
        "play_history": "usage",
        "playlists": "user_content",
        "user_interactions": "usage",
        "survey_answers": "user_content",
        "contest_details": "usage",
        "cookie_contents": "cookie_id",
        "isp": "user_agent",
        "visit_time": "usage",
        "referring_pages": "usage",
        "clicks": "usage",
        "request_count": "usage",
        "occupation": "employment",
    },
    "purpose": {
        "operate": "provide_service",
        "authentication": "account",
        "secure_accounts": "security",
        "transaction_logs": "payment",
        "communication_help": "support",
        "handle_feedback": "support",
        "contact_reader": "service_messages",
        "contact_direct": "service_messages",
        "website_updates": "service_messages",
        "send_emails": "service_messages",
        "fraud_payment": "fraud",
        "fraud_usage": "fraud",
        "abuse": "fraud",
        "cheating": "fraud",
        "fraud_monitoring": "fraud",
        "spam_protection": "security",
        "understand_engagement": "analytics",
        "traffic_analysis": "analytics",
        "trend_analysis": "analytics",
        "search_trends": "analytics",
        "demographics": "analytics",
        "demographics_gathering": "analytics",
        "track_movement": "analytics",
        "administer": "provide_service",
        "manage_platform": "provide_service",
        "troubleshoot": "improve",
        "fix_errors": "improve",
        "improve_features": "improve",
        "improve_navigation": "improve",
        "improve_performance": "improve",
        "optimise_device": "improve",
        "expand": "improve",
        "develop": "research",
        "new_services": "research",
        "new_features": "research",
        "new_technology": "research",
        "personalise_experience": "personalise",
        "recommend": "personalise",
        "recommendations": "personalise",
        "chat_suggestions": "personalise",
        "location_features": "personalise",
        "marketing_evaluation": "marketing",
        "advertising_evaluation": "marketing",
        "offers": "marketing",
        "enforce": "legal",
        "protect_rights": "legal",
        "data_analysis": "analytics",
        "audit": "legal",
        "reporting": "legal",
        "archiving": "provide_service",
        "backup": "provide_service",
        "invite_users": "provide_service",
        "enable_sharing": "provide_service",
        "verify_identity": "account",
        "enable_participation": "provide_service",
        "prizes": "provide_service",
        "contests": "marketing",
        "prize_draws": "marketing",
        "surveys": "marketing",
        "hosting": "provide_service",
        "advertising": "advertising_contextual",
        "delivery_network": "provide_service",
        "technical_support": "support",
        "help_deliver": "provide_service",
        "operations": "provide_service",
        "recognise_user": "account",
    },
}
"""Finer words and the word whose row they share."""
