"""The words policies are made of.

A word is a stable key (`ip_address`) with an English label; the other languages' labels stand in the catalogues.
Keys never change their meaning. Labels in lists and sentences begin with a small letter and are capitalised where
they stand alone; vocabularies marked "(sentences)" hold whole sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policygen.vocabulary import (
    collection,
    conduct,
    data,
    keeping,
    protection,
    purposes,
    rights,
    service,
    sharing,
)
from policygen.vocabulary.word import Vocabulary, Word

__all__ = ["VOCABULARIES", "Vocabulary", "Word"]

VOCABULARIES: Mapping[str, Vocabulary] = MappingProxyType(
    {
        v.name: v
        for v in (
            service.KIND,
            service.STORE,
            service.PLATFORM,
            service.PEOPLE,
            service.COVERAGE,
            service.DOCUMENT,
            service.REGIME,
            service.AGREEMENT,
            service.COMMITMENT,
            data.CATEGORY,
            data.DATA,
            collection.METHOD,
            collection.MOMENT,
            collection.MEANS,
            collection.PARTY,
            collection.NEED,
            purposes.PURPOSE,
            purposes.BASIS,
            purposes.PURPOSE_RULE,
            sharing.SHARING_RULE,
            sharing.RECIPIENT,
            sharing.CONDITION,
            sharing.SAFEGUARD,
            sharing.AUDIENCE,
            sharing.TRANSFER,
            keeping.STORAGE,
            keeping.CRITERION,
            keeping.FACTOR,
            keeping.ENDING,
            protection.MEASURE,
            protection.SECURITY_LIMIT,
            protection.READER_DUTY,
            protection.BREACH_ACTION,
            rights.RIGHT,
            rights.CHANNEL,
            rights.TIMING,
            rights.FEE,
            rights.EFFECT,
            rights.CHOICE,
            conduct.COOKIE_KIND,
            conduct.COOKIE_FACT,
            conduct.LOG_FACT,
            conduct.CHILD_RULE,
            conduct.MESSAGE,
            conduct.EMBED_FACT,
            conduct.LINK_FACT,
            conduct.CHANGE,
            conduct.CONTACT_ROLE,
            conduct.TOPIC,
        )
    }
)
"""Every vocabulary by its name, which is also the gettext context of its labels."""
