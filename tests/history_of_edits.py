"""A site that somebody works on: files come and go, mistakes are made and mended, days pass."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from policygen.release import Order
from tests.releasing import release_today
from tests.small_site import POLICY, RELEASED, SETTINGS, make_site, released_site

SITE = "content/site.yaml"
MUSIC, FILM, SONG = (f"content/{name}/policy.yaml" for name in ("music", "film", "song"))
RELEASE = f"content/music/releases/{RELEASED}-1"
WORDS = "locales/vi/LC_MESSAGES/policygen.po"
PURPOSES, LAYOUT = "templates/sections/purposes.html", "templates/layout.html"
FILM_POLICY = POLICY.replace("Music", "Film")
PO = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "%s"\nmsgstr "%s"\n'
_FRAME = "<!DOCTYPE html>\n<title>x</title>\n<main>{%% block main %%}{%% endblock %%}</main>%s{{ site.url }}"

# What each file can be; None: it isn't there.
RIGHT: Mapping[str, tuple[str | None, ...]] = {
    SITE: (
        SETTINGS,
        SETTINGS.replace("Policies", "Rules"),
        SETTINGS.replace("policies.example/", "policies.example/rules/"),
        SETTINGS.replace("[en, vi]", "[vi, en]"),
        SETTINGS + "reader: customer\n",
        SETTINGS + "timezone: Asia/Ho_Chi_Minh\nchanges: {notice_days: 30}\n",
    ),
    MUSIC: (POLICY, POLICY + "recipients: none\n", POLICY + "formerly: [melody]\n"),
    FILM: (None, POLICY, FILM_POLICY, FILM_POLICY + "formerly: [cinema]\n"),
    SONG: (None, POLICY, FILM_POLICY),
    WORDS: (
        None,
        PO % ("Contact", "Gọi"),
        PO % ("Contact", "Viết"),
        PO % ("All versions", "Cũ"),
    ),
    PURPOSES: (None, "<p>one</p>", "<p>two {{ policy.service.name }}</p>"),
    LAYOUT: (None, _FRAME % "one", _FRAME % "two"),
}
WRONG: Mapping[str, tuple[str | None, ...]] = {
    SITE: (SETTINGS + "colour: red\n", SETTINGS.replace("[en, vi]", "[vi]"), "]", None),
    MUSIC: (POLICY + "a: b\n", POLICY + "formerly: [film]\n", None),
    FILM: ("format: 2\n", FILM_POLICY + "formerly: [music]\n"),
    WORDS: (PO % ("All {x}", "{y}"), "msgid"),
    PURPOSES: ("{{ nothing }}", "{% if %}"),
    f"{RELEASE}/en.html": ("<p>forged</p>", None),
    "templates/unused.html": ("{% endif %}",),
}
DAYS = tuple(date(2026, 11, day) for day in (1, 3, 12, 21))


def worked_on(folder: Path) -> Path:
    """A site with a version in force, and one that comes into force on one of the days."""
    folder = make_site(released_site(folder), {MUSIC: POLICY + "recipients: none\n"})
    release_today(folder, "music", date(2026, 11, 2), Order(effective=date(2026, 11, 12)))
    return folder


def put(file: Path, text: str | None) -> None:
    file.unlink(missing_ok=True)
    if text is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def text_of(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.exists() else None


@dataclass(slots=True)
class History:
    """A site that somebody works on."""

    folder: Path
    choose: random.Random
    day: date = DAYS[-1]
    drafts: bool = True
    wrong: dict[str, str | None] = field(default_factory=dict)

    def step(self) -> None:
        """Mend the last mistake, then do something at random."""
        folder, choose = self.folder, self.choose
        released, away = folder / "content/music/releases/2026-11-02-1", folder / "not-released"
        for path, text in self.wrong.items():
            put(folder / path, text)
        self.wrong = {}
        what = choose.choices(["edit", "edits", "mistake", "release", "day"], [4, 1, 2, 2, 4])[0]
        # Most edits are of one file; a branch that is switched to changes many.
        for path in choose.sample(sorted(RIGHT), {"edit": 1, "edits": 3}.get(what, 0)):
            put(folder / path, choose.choice(RIGHT[path]))
        if what == "mistake":
            path = choose.choice(sorted(WRONG))
            self.wrong = {path: text_of(folder / path)}
            put(folder / path, choose.choice(WRONG[path]))
        elif what == "release":
            here, there = (released, away) if released.exists() else (away, released)
            here.rename(there)
        elif what == "day":
            self.day, self.drafts = choose.choice(DAYS), choose.random() < 0.5
