"""A site full of traps, and its harmless twin: the same words, every dangerous character a letter.

If a value could become markup, the two sites would be made of different elements.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from html import escape
from pathlib import Path

from babel.messages.pofile import read_po, write_po

from policygen.content import write_folder
from policygen.loading import Shape, shapes
from policygen.model import Policy
from policygen.notice import notice
from policygen.release import Desk, Order, archive_text, open_desk, release, withdraw
from policygen.releases.archive import releases_folder
from policygen.releases.freeze import Frozen
from policygen.releases.record import Weight
from policygen.site import SiteFolder
from policygen.source import Data
from policygen.vocabulary import VOCABULARIES
from tests.full_policy import TAGS, Full, Route
from tests.site_under_test import CHECKOUT
from tests.torture.watched import FELL

TRAP = (
    "\"'<>&` {{7*7}} {% raw %} {# x #} {service} {You} {0} %s %(x)s ${x} \\ &lt;&#60;&amp;lt; &quot; "
    f"</script><script>{FELL}(1)</script> <img src=x onerror={FELL}(2)> \" onmouseover={FELL}(3) x='</title>"
    f"</style><svg/onload={FELL}(4)><!-- --> --!> ]]> <![CDATA[ <?x ?> javascript:{FELL}(5) "
    "data:text/html,x \n end"
)
"""Every character that means something in HTML, XML, JSON, JavaScript, CSS, YAML, Jinja and printf."""
_MESSAGE_TRAP = re.sub(r"[{}]", "", TRAP).replace("\n", " ")
"""The same without what would be a placeholder."""
URL_TRAP = "?a=1&b=2&copy=3&lt;'`{{7*7}}{%raw%}{service}%s%22%3Cscript%3E${x}|^]]--!;javascript:fell(9)#'(x)"
MAIL_TRAP = "o'b!$*+/=^_`{{7}}|~-"
PHONE_TRAP = " (0) 12.34-5"
_SIGNS = re.compile(r"[^\w\s./@:-]")


def armed(trap: str) -> str:
    """The trap."""
    return trap


def harmless(trap: str) -> str:
    """A text of the same length whose signs are letters."""
    return re.sub(r"[\n\u2028\u2029]", " ", _SIGNS.sub("x", trap))


Spring = Callable[[str], str]
"""Sets a trap in a word, or its harmless likeness."""


def prose(spring: Spring) -> str:
    """The same in Markdown, without what a finding forbids: words, code, links, tables, entities."""
    words = spring(f"\"'&< {{{{7+7}}}} {{%raw%}} {{service}} %s --> > ${{x}} javascript:{FELL}(6)")
    code = spring(f"<script>{FELL}(7)</script><img src=x onerror={FELL}(8)>&lt;{{{{7*7}}}}]]>")
    link = spring("a=1&b='x{}$;javascript:")
    title = spring(f"t' onmouseover={FELL}(9) ><")
    auto = spring("'&")
    entities = "&lt;&#60;&quot;" if spring is armed else "xxx"
    return (
        f'{words} `{code}` [{words}](https://x.example/?{link} "{title}") <https://x.example/{auto}> '
        f"{entities}\n\n"
        f"| {words} | b |\n|---|---|\n| c | d |\n\n    {words}\n"
    )


def set_in(data: Data, spring: Spring, more: str = "") -> Data:
    """The data of tests/full_policy.py with a trap in everything that is free to hold one."""
    if isinstance(data, dict):
        return {key: set_in(value, spring, more) for key, value in data.items()}
    if isinstance(data, list):
        return [set_in(value, spring, more) for value in data]
    return _sprung(data, spring, more) if isinstance(data, str) else data


def _sprung(word: str, spring: Spring, more: str) -> str:
    if re.fullmatch(r"(text\d+(en|vi))|(name\d+x)", word):
        return word + more + spring(TRAP)
    if re.fullmatch(r"prose\d+(en|vi)", word):
        return word + more + " " + prose(spring)
    if word.startswith("https://"):
        return word + spring(URL_TRAP) + more
    if "@" in word:
        return spring(MAIL_TRAP) + more + word
    return word + PHONE_TRAP if word.startswith("+") else word


def leaves(data: Data, route: Route = ()) -> Iterator[tuple[Route, Data]]:
    """Every single value, and where it stands."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else None
    if parts is None:
        yield route, data
    for step, part in parts or ():
        yield from leaves(part, (*route, step))


def said(word: str, spring: Spring) -> dict[str, str]:
    """A text of a release, in both languages."""
    return {tag: f"{word}{tag}" + spring(TRAP) for tag in TAGS}


def make_hostile(root: Path, spring: Spring) -> Path:
    """A site of two services: one states everything, one has a past, a future and a draft."""
    settings: dict[str, Data] = {
        "format": 1,
        "name": {**said("site", spring)},
        "url": "https://site.example/" + spring("it's&`{{7}}$") + "/",
        "languages": [*TAGS],
    }
    _write(root / "content/site.yaml", settings)
    for day, is_worded in ((1, False), (2, True)):
        _write(root / "content/full/policy.yaml", everything(spring, is_worded))
        _keep(root, "full", date(2026, 1, day), lambda desk: release(desk, Order(weight=Weight.MATERIAL)))
    _make_past(root, spring)
    return root


class _Wordy(Full):
    """States, besides what is in words of its own, every word of the vocabularies."""

    def _field(self, shape: Shape, route: Route) -> Data:
        stated = super()._field(shape, route)
        name = shape.vocabulary or getattr(shape.type, "vocabulary_name", None)
        if not name or not isinstance(stated, list) or len(route) > _DEEP:
            return stated
        known = [word.key for word in VOCABULARIES[name] if not word.successor]
        words: list[Data] = [{"id": f"own{self._next()}", "is": key} for key in known]
        return [*stated, *words]


_DEEP = 4
"""Where words needn't be stated again: they are stated above."""


def everything(spring: Spring, is_worded: bool = False) -> dict[str, Data]:
    """All that the model can hold; worded, everything anew."""
    full = Full(heading=is_worded, wording=is_worded).policy()
    stated = set_in(full, spring, "new" if is_worded else "")
    assert isinstance(stated, dict)
    return stated


def _make_past(root: Path, spring: Spring) -> None:
    old = {tag: ("old.html", f"<h1>old</h1><p>{escape(spring(TRAP))}".encode()) for tag in TAGS}
    _state_past(root, spring, 1)
    _keep(root, "past", date(2026, 1, 1), lambda desk: archive_text(desk, Order(date(2020, 1, 1)), old))
    _keep(root, "past", date(2026, 1, 2), lambda desk: release(desk, Order()))
    _state_past(root, spring, 2)
    order = Order(date(2026, 2, 1), summary=said("summary", spring))
    wrong = _keep(root, "past", date(2026, 2, 2), lambda desk: release(desk, order))
    _keep(root, "past", date(2026, 3, 1), lambda desk: withdraw(desk, wrong, said("withdrawn", spring)))
    _state_past(root, spring, 3)
    correction = Order(corrects="2026-01-02-1", reason=said("reason", spring))
    _keep(root, "past", date(2026, 4, 2), lambda desk: release(desk, correction))
    _state_past(root, spring, 4)
    coming = Order(effective=date(2027, 1, 1), summary=said("summary", spring))
    _keep(root, "past", date(2026, 5, 2), lambda desk: release(desk, coming))
    _state_past(root, spring, 5)


def _state_past(root: Path, spring: Spring, state: int) -> None:
    kept = ("format", "service", "controller", "contacts", "extra")
    stated = {key: value for key, value in everything(spring).items() if key in kept}
    assert isinstance(stated["service"], dict)
    stated["service"] |= {"name": "past" + spring(TRAP), "imprint": {**said(f"imprint{state}", spring)}}
    _write(root / "content/past/policy.yaml", {**stated, "formerly": ["once"]})


def announce(site: Path, folder: Path) -> None:
    """Write the announcement of every release of the site's services."""
    for service in sorted(path.parent.name for path in site.glob("content/*/releases")):
        desk = open_desk(SiteFolder(site), service, lambda _: date(2026, 11, 21))
        for version in desk.service.timeline.versions:
            for name, content in notice(desk, version.id)[1]:
                file = folder / service / version.id / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)


def _write(file: Path, data: Data) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # JSON is YAML, and written in a tenth of the time.
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")


def _keep(root: Path, service: str, day: date, made: Callable[[Desk], Frozen]) -> str:
    frozen = made(open_desk(SiteFolder(root), service, lambda _: day))
    write_folder(root / releases_folder(service) / frozen.release.id, frozen.files)
    return frozen.release.id


def with_catalogue(site: Path, spring: Spring, services: int) -> Path:
    """The site with a catalogue that has a trap in every message, and policies that say most of them.

    A release keeps its words: what states everything is a draft here.
    """
    shutil.rmtree(site / "content/full/releases")
    none: dict[str, Data] = {key: "none" for key, shape in shapes(Policy).items() if shape.none}
    _write(site / "content/words/policy.yaml", {**_Wordy().policy(), "formerly": ["once-words"]})
    _write(site / "content/none/policy.yaml", {"format": 1, "service": {"name": "None"}, **none})
    for service in ("diijam", "harmix", "harmoni", "mix", "spotifinfo")[:services]:
        text = (CHECKOUT / f"content/{service}/policy.yaml").read_text(encoding="utf-8")
        (site / f"content/{service}").mkdir()
        (site / f"content/{service}/policy.yaml").write_text(text, encoding="utf-8")
    with (CHECKOUT / "locales/vi/LC_MESSAGES/policygen.po").open("rb") as file:
        catalogue = read_po(file, locale="vi")
    for message in catalogue:
        if message.id and message.context != "date":
            forms = message.string if message.pluralizable else (message.string,)
            sprung = tuple(f"{form}{spring(_MESSAGE_TRAP)}" for form in forms or ())
            message.string = sprung if message.pluralizable else sprung[0]
    own = site / "locales/vi/LC_MESSAGES/policygen.po"
    own.parent.mkdir(parents=True)
    with own.open("wb") as file:
        write_po(file, catalogue)
    return site
