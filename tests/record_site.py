"""A site with a past: services in every state that releases can be in, so that every kind of page is built.

Each step is made on a day of its own, as an author would have made it; nothing is written by hand but facts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policygen.content import write_folder
from policygen.release import Desk, Order, archive_text, open_desk, withdraw
from policygen.releases.archive import releases_folder
from policygen.releases.freeze import Frozen
from policygen.releases.record import Weight
from policygen.site import SiteFolder
from tests.releasing import release_today

SETTINGS = "format: 1\nname: Records\nurl: https://records.example/kept/\nlanguages: [%s]\n"
MUSIC = """\
format: 1
service: {name: Music}
purposes: [analytics]
extra:
  - id: coins
    title: {en: Coins, vi: Xu}
    text: {en: "A coin is worth [nothing](https://coins.example/).", vi: Một xu không đáng gì.}
"""
RECIPIENTS = "recipients: [{id: host, is: service_provider, name: Nile Hosting, countries: [US]}]\n"
OLD = {"en": ("old.html", b"<h1>Our old policy</h1><p>We keep <b>nothing</b>.</p><ul><li>Really.</li></ul>")}
FILM = "format: 1\nservice: {name: Film}\nretention: [{id: logs, label: {en: logs, vi: nhật ký}, time: %s}]\n"
PLAIN = "format: 1\nservice: {name: %s}\npurposes: [%s]\n"


@dataclass(slots=True)
class Record:
    """A site folder, and what is done in it day by day."""

    root: Path

    def write(self, path: str, text: str) -> None:
        """Give a file of content/ a text."""
        file = self.root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def states(self, service: str, text: str) -> None:
        """Give a service its policy."""
        self.write(f"{service}/policy.yaml", text)

    def release(self, service: str, day: date, order: Order | None = None) -> str:
        """Release what a service says on a day, and return the release's name."""
        return release_today(self.root, service, day, order).name

    def keep(self, service: str, day: date, made: Callable[[Desk], Frozen]) -> None:
        """Keep a record that releases nothing of today's."""
        frozen = made(open_desk(SiteFolder(self.root), service, lambda _: day))
        write_folder(self.root / releases_folder(service) / frozen.release.id, frozen.files)


def both(english: str, vietnamese: str) -> Mapping[str, str]:
    """Words in both languages."""
    return {"en": english, "vi": vietnamese}


def make_record(root: Path) -> Path:
    """The site as it is on the last day."""
    record = Record(make_drafts(root))
    _music(record)
    _film(record)
    return root


def make_drafts(root: Path) -> Path:
    """The services whose text is not the released one, or not in every language."""
    record = Record(root)
    record.write("site.yaml", SETTINGS % "en")
    _one_language(record)
    record.write("site.yaml", SETTINGS % "en, vi")
    record.states("radio", PLAIN % ("Radio", "support"))
    _books(record)
    return root


def _one_language(record: Record) -> None:
    """Released before the site had its second language."""
    record.states("maps", PLAIN % ("Maps", "analytics"))
    record.release("maps", date(2023, 5, 1), Order(date(2023, 5, 1)))


def _music(record: Record) -> None:
    """An older text, a new name, a withdrawal, a correction, a translation left behind, a version to come."""
    record.states("songs", MUSIC)
    first, second, third = date(2024, 1, 10), date(2024, 6, 1), date(2025, 2, 1)
    record.keep("songs", first, lambda desk: archive_text(desk, Order(date(2019, 5, 1)), OLD))
    record.release("songs", first, Order(first))
    record.states("songs", MUSIC + RECIPIENTS)
    summary = both("A hosting company", "Một công ty lưu trữ")
    wrong = record.release("songs", second, Order(second, date(2024, 7, 1), Weight.MATERIAL, summary))
    (record.root / "content/songs").rename(record.root / "content/music")
    text = MUSIC + "formerly: [songs]\n"
    record.states("music", text + "recipients: none\n")
    mistaken = record.release("music", third, Order(third))
    reason = both("It left the hosting company out.", "Phiên bản này bỏ sót công ty lưu trữ.")
    record.keep("music", date(2025, 2, 3), lambda desk: withdraw(desk, mistaken, reason))
    record.states("music", text + RECIPIENTS.replace("US", "US, VN"))
    record.release("music", date(2025, 3, 1), Order(corrects=wrong, reason=reason))
    record.states("music", text.replace("worth [nothing]", "not worth [anything]") + RECIPIENTS)
    record.release("music", date(2026, 1, 1), Order(date(2026, 1, 1)))
    record.states("music", text.replace("worth [nothing]", "worth [a song]") + RECIPIENTS + "cookies: none\n")
    record.release("music", date(2026, 11, 10), Order(date(2026, 11, 10), date(2027, 1, 1)))


def _film(record: Record) -> None:
    """A version that a correction took the place of before its day, two versions of one day, and the end."""
    reason = both("The time was too long.", "Thời hạn quá dài.")
    skipped = "2026-03-01-1"
    for day, kept, order in (
        (date(2026, 2, 1), "12 months", Order()),
        (date(2026, 3, 1), "6 months", Order(effective=date(2026, 6, 1))),
        (date(2026, 4, 1), "3 months", Order(corrects=skipped, reason=reason)),
        (date(2026, 4, 1), "1 month", Order()),
    ):
        record.states("film", FILM % kept)
        record.release("film", day, order)
    record.states("film", FILM % "1 month" + "discontinued: 2026-10-31\n")


def _books(record: Record) -> None:
    """Changed and not released."""
    record.states("books", PLAIN % ("Books", "analytics"))
    record.release("books", date(2026, 5, 1))
    record.states("books", PLAIN % ("Books", "analytics, support"))
