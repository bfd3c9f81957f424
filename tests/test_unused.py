"""Names in a site's own templates and catalogues that do nothing are warnings, and no others are.

A wrong warning is worse than none: most of these sites have none.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.sites import lay_out
from policygen.diagnostics import Severity
from policygen.resources import locales_folder, templates_folder
from tests.small_site import make_site, release_all, result_of, run

LAYOUT, PARTS, LIST = "templates/layout.html", "templates/parts.html", "templates/list.html"
VI = "locales/vi/LC_MESSAGES/policygen.po"
CODES = {"unknown-block", "unused-template", "unknown-message", "unused-catalogue"}
NO_PLACE = "the site's languages are en, vi; their messages stand in places such as "
EXTENDS = '{% extends "policygen/layout.html" %}'


def said(folder: Path, files: dict[str, str | bytes]) -> list[tuple[str, str, str | None]]:
    """What is found, and what would help, by its code and the line it stands at."""
    found = [each for each in result_of(folder, files).findings if each.code != "never-released"]
    assert {each.code for each in found} <= CODES, found
    assert {each.severity for each in found} <= {Severity.WARNING}
    lines = [each.position.line if each.position else 0 for each in found]
    return [
        (each.code, f"{each.place.path}:{line}", each.help) for each, line in zip(found, lines, strict=True)
    ]


def message(msgid: str, context: str | None = None, msgstr: str = "x") -> str:
    return (f'msgctxt "{context}"\n' if context else "") + f'msgid "{msgid}"\nmsgstr "{msgstr}"\n\n'


@pytest.mark.parametrize(("files", "code", "at", "help"), [
    ({LAYOUT: EXTENDS + "\n\n{% block foter %}x{% endblock %}"},
     "unknown-block", f"{LAYOUT}:3", "did you mean `footer`?"),
    ({LAYOUT: EXTENDS + "{% block q %}{% endblock %}"}, "unknown-block", f"{LAYOUT}:1",
     "what it extends has `title`, `head`, `home`, `languages`, `main`, `footer`"),
    ({LAYOUT: '{% extends "parts.html" %}{% block q %}{% endblock %}', PARTS: "x"},
     "unknown-block", f"{LAYOUT}:1", "what it extends has no blocks"),
    ({LIST: '{% extends "layout.html" %}{% block foter %}x{% endblock %}',
      LAYOUT: "{% block footer %}{% endblock %}"},
     "unknown-block", f"{LIST}:1", "did you mean `footer`?"),
    ({"templates/sections/log.html": "x"}, "unused-template", "templates/sections/log.html:1",
     "did you mean `sections/logs.html`?"),
    ({"templates/logs.html": "x"}, "unused-template", "templates/logs.html:1",
     "did you mean `sections/logs.html`?"),
    ({"templates/Style.CSS": "x"}, "unused-template", "templates/Style.CSS:1", "did you mean `style.css`?"),
    ({"templates/policygen/layout.html": "x"}, "unused-template", "templates/policygen/layout.html:1",
     "did you mean `layout.html`?"),
    ({"templates/qqqqqqqq.txt": "x"}, "unused-template", "templates/qqqqqqqq.txt:1",
     "docs/theming.md has all names"),
    ({PARTS: '{% include "parts.html" ignore missing %}'}, "unused-template", f"{PARTS}:1", None),
    ({VI: message("Contents") + message("Contentz")},
     "unknown-message", f"{VI}:4", 'did you mean "Contents"?'),
    ({VI: message("Why")}, "unknown-message", f"{VI}:1", 'write its context above it: msgctxt "glance"'),
    ({VI: message("Contents", "section")}, "unknown-message", f"{VI}:2", "take its msgctxt away"),
    ({VI: message("email addresss", "heading:data")}, "unknown-message", f"{VI}:2", None),
    ({VI: message("qqqqqqqq")}, "unknown-message", f"{VI}:1",
     "copy its msgctxt and msgid from messages.pot, or take it out"),
    ({"locales/vn/LC_MESSAGES/policygen.po": message("Contents")}, "unused-catalogue",
     "locales/vn/LC_MESSAGES/policygen.po:1", NO_PLACE + VI),
    ({"locales/VI/LC_MESSAGES/policygen.po": message("Contents")}, "unused-catalogue",
     "locales/VI/LC_MESSAGES/policygen.po:1", NO_PLACE + VI),
    ({"locales/vi/policygen.po": message("Contents")}, "unused-catalogue", "locales/vi/policygen.po:1",
     NO_PLACE + VI),
    ({"locales/en.po": message("Contents")}, "unused-catalogue", "locales/en.po:1",
     NO_PLACE + VI.replace("vi", "en")),
    ({VI: message("Ours"), LIST: '{{ pgettext("list", "Ours") }}{{ _("Theirs") }}', PARTS: "{{ _(1) }}"},
     "unused-template", f"{PARTS}:1", None),
])  # fmt: skip
def test_a_name_that_does_nothing_is_a_warning_at_its_line(
    files: dict[str, str | bytes], code: str, at: str, help: str | None, tmp_path: Path
) -> None:
    (found,) = said(tmp_path, files)
    assert found[:2] == (code, at)
    assert found[2]
    assert help is None or found[2] == help


@pytest.mark.parametrize("files", [
    {LAYOUT: EXTENDS + "{% block footer %}{% block of_mine %}x{% endblock %}{% endblock %}"},
    {LAYOUT: EXTENDS + "{% block main %}{{ self.mine() }}{% endblock %}{% block mine %}x{% endblock %}"},
    {LAYOUT: EXTENDS + "{% if true %}{% block footer %}x{% endblock %}{% endif %}"},
    {LAYOUT: '{% if page %}{% extends "policygen/layout.html" %}{% endif %}{% block any %}{% endblock %}'},
    {LAYOUT: "{% block anything %}{% endblock %}{% block main %}{% endblock %}"},
    {LAYOUT: '{% set base = "policygen/layout.html" %}{% extends base %}{% block any %}{% endblock %}'},
    {LAYOUT: '{% extends "parts.html" %}{% block any %}x{% endblock %}',
     PARTS: EXTENDS + "{% block footer %}{% block any %}y{% endblock %}{% endblock %}"},
    {LAYOUT: EXTENDS + '{% block footer %}{% include "parts.html" %}{% endblock %}', PARTS: "x"},
    {LAYOUT: EXTENDS + '{% block footer %}{% include ["no.html", "./parts.html"] %}{% endblock %}',
     PARTS: "x"},
    {LAYOUT: EXTENDS + '{% block footer %}{% from "parts.html" import x %}{% endblock %}',
     PARTS: "{% macro x() %}{% endmacro %}"},
    {LAYOUT: EXTENDS + '{% block footer %}{% include "parts" ~ ".html" %}{% endblock %}',
     PARTS: "x", "templates/more.html": "x"},
    {LAYOUT: EXTENDS + '{% block footer %}{% include "parts.j2" %}{% endblock %}',
     "templates/parts.j2": '{% include "parts.html" %}{{ _("Ours") }}', PARTS: "x", VI: message("Ours")},
    {"templates/README.md": "{{" + "(" * 9999, "templates/logo.svg": "<svg/>",
     "templates/layout.html.orig": "{%", "templates/.hidden.html": "x", "templates/.git/x.html": "x"},
    {VI: message("Contents") + message("Why", "glance") + message("email address", "heading:data")},
    {VI: message("Not translated", msgstr="") + '#~ msgid "a"\n#~ msgstr "b"\n'},
    {VI: "#, fuzzy\n" + message("Not confirmed")},
    {VI: message("Ours") + message("Ours", "list"), LIST: '{{ pgettext("list", "Ours") }}{{ _("Ours") }}'},
    {VI: message("Ours"), LIST: '{% for one in ("Ours", "Theirs") %}{{ voice.say(one) }}{% endfor %}'},
    {VI: message("Ours of today"), LIST: '{{ _("Ours " "of today") }}'},
    {VI: message("Ours"), LIST: '{{ _(language.tag ~ "!") }}'},
    {VI: message("Ours", "a"), LIST: '{{ pgettext("a", language.tag) }}'},
    {VI: message("Ours", "b"), LIST: '{{ pgettext(page, "Ours") }}'},
    {"locales/fr/LC_MESSAGES/policygen.po": message("of another language")},
])  # fmt: skip
def test_nothing_is_said_of_what_is_used_or_may_be(files: dict[str, str | bytes], tmp_path: Path) -> None:
    assert said(tmp_path, files) == []


def test_nothing_is_said_of_copies_of_all_that_is_ours(tmp_path: Path) -> None:
    make_site(tmp_path)
    shutil.copytree(templates_folder(), tmp_path / "templates")
    shutil.copytree(locales_folder(), tmp_path / "locales")
    assert said(tmp_path, {}) == []
    for file in (tmp_path / "templates").rglob("*.html"):
        file.write_text(file.read_text(encoding="utf-8") + "{# mine #}", encoding="utf-8")
    assert said(tmp_path, {}) == []


@pytest.mark.parametrize("name", ["bench", "real"])
def test_nothing_is_said_of_the_themes_of_the_benchmark(name: str, tmp_path: Path) -> None:
    lay_out(tmp_path, range(1), [name])
    done = run(tmp_path / name, "check", "--format", "concise")
    assert [line for line in done.stdout.splitlines() if "never-released" not in line] == []


def test_of_a_catalogue_that_is_all_wrong_a_thousand_messages_are_told(tmp_path: Path) -> None:
    wrong = "".join(message(f"A sentence that nobody says, number {number}") for number in range(3000))
    make_site(tmp_path, {VI: wrong})
    done = run(tmp_path, "check", "--format", "concise")
    assert done.stdout.count("[unknown-message]") == 1000


def test_a_warning_comes_back_until_its_cause_is_gone(tmp_path: Path) -> None:
    release_all(make_site(tmp_path))
    make_site(tmp_path, {LAYOUT: EXTENDS + "{% block foter %}x{% endblock %}"})
    for _ in range(3):
        assert "unknown-block" in run(tmp_path, "build").stdout
    assert run(tmp_path, "build", "--strict").returncode == 1
    make_site(tmp_path, {LAYOUT: EXTENDS + "{% block footer %}x{% endblock %}"})
    assert run(tmp_path, "build", "--strict").stdout == ""
