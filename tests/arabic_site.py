"""A whole site in English and Arabic: facts, free texts and one catalogue, no line of code.

The catalogue is made anew from locales/messages.pot whenever the tests run, so that it never goes stale: what
a reader of the tests should recognise (durations, headings, dates) is real Arabic from the tables below, and
the rest is English spelt in Arabic letters, its placeholders kept: enough to see a message left untranslated.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from policygen.release import Order
from tests.releasing import release_today
from tests.site_under_test import CHECKOUT, Build, build_site

SITE = CHECKOUT / "tests/sites/arabic"
CATALOGUE = Path("locales/ar/LC_MESSAGES/policygen.po")

PLURAL_FORMS = (
    "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"
)
# The forms of no, one, two, a few (3), many (11) and other (100).
PLURALS = {
    "{n} minute": ("{n} دقيقة", "دقيقة واحدة", "دقيقتان", "{n} دقائق", "{n} دقيقة", "{n} دقيقة"),
    "{n} hour": ("{n} ساعة", "ساعة واحدة", "ساعتان", "{n} ساعات", "{n} ساعة", "{n} ساعة"),
    "{n} day": ("{n} يوم", "يوم واحد", "يومان", "{n} أيام", "{n} يومًا", "{n} يوم"),
    "{n} working day": (
        "{n} يوم عمل",
        "يوم عمل واحد",
        "يوما عمل",
        "{n} أيام عمل",
        "{n} يوم عمل",
        "{n} يوم عمل",
    ),
    "{n} week": ("{n} أسبوع", "أسبوع واحد", "أسبوعان", "{n} أسابيع", "{n} أسبوعًا", "{n} أسبوع"),
    "{n} month": ("{n} شهر", "شهر واحد", "شهران", "{n} أشهر", "{n} شهرًا", "{n} شهر"),
    "{n} year": ("{n} سنة", "سنة واحدة", "سنتان", "{n} سنوات", "{n} سنة", "{n} سنة"),
    "All versions ({n})": (
        "كل الإصدارات ({n})",
        "الإصدار الوحيد",
        "الإصداران",
        "كل الإصدارات ({n})",
        "كل الإصدارات ({n})",
        "كل الإصدارات ({n})",
    ),
    "{n} unchanged paragraph": (
        "{n} فقرة بلا تغيير",
        "فقرة واحدة بلا تغيير",
        "فقرتان بلا تغيير",
        "{n} فقرات بلا تغيير",
        "{n} فقرة بلا تغيير",
        "{n} فقرة بلا تغيير",
    ),
    "{n} more, and all the details": (
        "كل التفاصيل",
        "بند آخر وكل التفاصيل",
        "بندان آخران وكل التفاصيل",
        "{n} بنود أخرى وكل التفاصيل",
        "{n} بندًا آخر وكل التفاصيل",
        "{n} بند آخر وكل التفاصيل",
    ),
}
FRAME = {
    "d MMMM y": "d MMMM y",
    "Contents": "المحتويات",
    "At a glance": "لمحة سريعة",
    "What we collect": "ما نجمعه",
    "How long we keep it": "مدة الاحتفاظ",
    "Contact": "للتواصل",
    "Last updated": "آخر تحديث",
    "Takes effect": "تاريخ السريان",
    "Not stated in the policy": "لم تذكره السياسة",
    "Privacy policy of {service}": "سياسة الخصوصية لخدمة {service}",
    "All policies": "كل السياسات",
    "Skip to the content": "انتقل إلى المحتوى",
}
LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        "ابچدهفگحيجكلمنوپقرستثڤوخيز",
        strict=True,
    )
)
_DAYS = (
    (date(2026, 2, 20), Order(date(2026, 2, 17))),
    (date(2026, 11, 21), Order(date(2026, 11, 3))),
)
"""The days of its two releases, and the dates that they state."""
_KEPT = re.compile(r"(\{\w+\})")


def build_arabic_site(folder: Path) -> Build:
    """Copy the site's sources into a folder, give it a catalogue and build it with the installed command."""
    site = folder / "sources"
    shutil.copytree(SITE, site)
    (site / CATALOGUE).parent.mkdir(parents=True)
    write_catalogue(site / CATALOGUE)
    _release(site)
    return build_site(folder / "built", site=site)


def _release(site: Path) -> None:
    """Release the policy twice: first without its rights, then as it is."""
    policy = site / "content/oasis/policy.yaml"
    today = policy.read_text(encoding="utf-8")
    policy.write_text(today.partition("\nrights:\n")[0] + "\n", encoding="utf-8")
    release_today(site, "oasis", *_DAYS[0])
    policy.write_text(today, encoding="utf-8")
    release_today(site, "oasis", *_DAYS[1])


def write_catalogue(file: Path) -> None:
    """Write the Arabic of every message there is."""
    with (CHECKOUT / "locales/messages.pot").open("rb") as template:
        messages = read_po(template)
    arabic = Catalog(locale="ar")
    arabic.mime_headers = [("Plural-Forms", PLURAL_FORMS)]
    for message in messages:
        if message.id:
            arabic.add(message.id, translated(message.id), flags=message.flags, context=message.context)
    with file.open("wb") as written:
        write_po(written, arabic)


def translated(original: str | list[str] | tuple[str, ...]) -> str | tuple[str, ...]:
    """The Arabic of a message: a real one of the tables, else its English in Arabic letters."""
    if not isinstance(original, str):
        return PLURALS[original[0]]
    return FRAME.get(original) or spelt(original)


def spelt(english: str) -> str:
    """A text in Arabic letters, its placeholders kept."""
    parts = _KEPT.split(english)
    return "".join(part if _KEPT.fullmatch(part) else _letters(part) for part in parts)


def _letters(text: str) -> str:
    return "".join(LETTERS.get(character.lower(), character) for character in text)
