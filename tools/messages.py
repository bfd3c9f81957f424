"""Collect every message into locales/*.pot, and bring the catalogues in line with them.

    python tools/messages.py            write the templates, merge them into locales/*/LC_MESSAGES/*.po
    python tools/messages.py --check    exit 1 if a template is not what the sources say

`messages.pot` and `policygen.po` are what readers of pages see; `guide.pot` and `guide.po` are the comments
in the files that authors begin with.

A changed message is untranslated until a translator has seen it: nothing is guessed from similar ones.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from policygen.language import DATE_MESSAGE, DURATION_MESSAGES, is_optional
from policygen.loading import shapes
from policygen.model.policy import Policy
from policygen.model.sections import CHILDREN, SECTIONS, USED_SERVICES
from policygen.model.site import SiteSettings
from policygen.releases.pages import MARKS
from policygen.releases.phrases import MESSAGES as CHANGES
from policygen.render.flow import TITLES as BOXES
from policygen.render.glance import TITLES as ROWS
from policygen.render.voice import READERS, REGION_MESSAGES
from policygen.scaffold.example import SENTENCES as EXAMPLE
from policygen.scaffold.explained import SENTENCES as EXPLAINED
from policygen.scaffold.explained import definer, parts
from policygen.vocabulary import VOCABULARIES

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "locales"
KEYWORDS = {"_": None, "say": None, "pgettext": ((1, "c"), 2), "ngettext": (1, 2)}
HEADER = "Messages of policygen. How to translate them: CONTRIBUTING.md, 'Add a language'."

Message = tuple[str | tuple[str, str], str | None, str, str]
"""A message (or its singular and plural), its context, where it is from, and a word to the translator."""


def messages() -> Iterator[Message]:
    """Every message there is."""
    yield from _of_tables()
    yield from _extracted("policygen/render", "python", "*.py")
    yield from _extracted("policygen/releases", "python", "*.py")
    yield from _extracted("policygen", "python", "notice.py")
    for kind in ("html", "xml", "txt"):
        yield from _extracted("templates", "jinja2", f"**.{kind}")


def guide_messages() -> Iterator[Message]:
    """The comments of new files: what every key means, and a few sentences around them."""
    for sentence in (*EXAMPLE, *EXPLAINED):
        yield sentence, None, "policygen/scaffold", ""
    for cls in dict.fromkeys((*parts(Policy), *parts(SiteSettings))):
        for shape in shapes(cls).values():
            yield shape.doc, None, f"policygen/model: {definer(cls, shape.key).__name__}.{shape.key}", ""


DOMAINS: Mapping[str, tuple[str, Callable[[], Iterator[Message]]]] = {
    "messages.pot": ("policygen.po", messages),
    "guide.pot": ("guide.po", guide_messages),
}
"""Each template, the catalogues that follow it, and where its messages are from."""


def _extracted(folder: str, method: str, files: str) -> Iterator[Message]:
    found = extract_from_dir(
        ROOT / folder,
        method_map=[(files, method)],
        options_map={files: {"trim_blocks": "true", "lstrip_blocks": "true"}},
        keywords=KEYWORDS,
    )
    for file, _, message, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        yield message, context, f"{folder}/{file}", " ".join(comments)


def _of_tables() -> Iterator[Message]:
    context, pattern = DATE_MESSAGE
    yield pattern, context, "policygen/language", "A CLDR date pattern; other words in single quotes."
    for pair in DURATION_MESSAGES.values():
        yield pair, "duration", "policygen/language", ""
    for you, your in READERS.values():
        yield you, "reader", "policygen/render/voice.py", "What a page calls its reader."
        yield your, "reader", "policygen/render/voice.py", "What is the reader's: before a noun."
    titles = (*(section.title for section in SECTIONS), USED_SERVICES, CHILDREN)
    for messages, about, origin, comment in (
        (REGION_MESSAGES, "region", "policygen/render/voice.py", "Inside a sentence."),
        (titles, "section", "policygen/model/sections.py", "A heading."),
        (ROWS, "glance", "policygen/render/glance.py", ""),
        (BOXES, "picture", "policygen/render/flow.py", ""),
        (MARKS, "redline", "policygen/releases/pages.py", "Read out before and after changed words."),
    ):
        for message in messages:
            yield message, about, origin, comment
    for place, message in CHANGES:
        yield message, place, "policygen/releases/phrases.py", "Plain text, a line in a list of changes."
    yield from _of_vocabularies()


def _of_vocabularies() -> Iterator[Message]:
    for name, vocabulary in VOCABULARIES.items():
        kind = "A whole sentence." if vocabulary.holds_sentences else "Inside a sentence: small first letter."
        for word in vocabulary:
            yield word.label, name, f"policygen/vocabulary: {name}.{word.key}", f"{vocabulary.title}. {kind}"


def template(messages: Iterable[Message]) -> Catalog:
    """The template of the catalogues that have these messages."""
    catalog = Catalog(project="policygen", header_comment=f"# {HEADER}", charset="utf-8")
    for message, context, origin, comment in messages:
        catalog.add(
            message, context=context, locations=[(origin, None)], auto_comments=[comment] if comment else []
        )  # type: ignore[list-item, no-untyped-call]
    return catalog


def text_of(catalog: Catalog) -> str:
    """A catalogue as a .po file without dates and line numbers, so that it changes only with its messages."""
    out = BytesIO()
    write_po(out, catalog, width=110, sort_output=False, include_lineno=False, omit_header=True)
    tag = str(catalog.locale) if catalog.locale else None
    plural = f'"Plural-Forms: {catalog.plural_forms}\\n"\n' if tag else ""
    language = f'"Language: {tag}\\n"\n' if tag else ""
    head = f'# {HEADER}\nmsgid ""\nmsgstr ""\n{language}"MIME-Version: 1.0\\n"\n'
    head += f'"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n{plural}\n'
    return head + out.getvalue().decode().strip() + "\n"


def merged(file: Path, wanted: Catalog) -> str:
    """A language's catalogue with the template's messages: translations kept, others left out."""
    locale = file.parent.parent.name
    old = read_po(BytesIO(file.read_bytes()), locale=locale) if file.is_file() else Catalog(locale=locale)
    new = Catalog(locale=locale)
    for message in wanted:
        if message.id:
            known = old.get(message.id, message.context)
            string = known.string if known and not known.fuzzy else ""
            new.add(message.id, string or None, context=message.context, locations=message.locations,
                    auto_comments=message.auto_comments)  # fmt: skip
    for message in old:
        if message.id and is_optional((message.context, str(message.id))):
            # A heading that the template doesn't ask for: a translator gave it where a capital is not enough.
            new.add(message.id, message.string, context=message.context)
    return text_of(new)


def main() -> int:
    """Write, or compare."""
    wanted = {name: template(collect()) for name, (_, collect) in DOMAINS.items()}
    if "--check" in sys.argv[1:]:
        return int(any(_read(name) != text_of(catalog) for name, catalog in wanted.items()))
    for name, catalog in wanted.items():
        (LOCALES / name).write_text(text_of(catalog), encoding="utf-8")
        for file in sorted(LOCALES.glob(f"*/LC_MESSAGES/{DOMAINS[name][0]}")):
            file.write_text(merged(file, catalog), encoding="utf-8")
    return 0


def _read(name: str) -> str:
    return (LOCALES / name).read_text(encoding="utf-8") if (LOCALES / name).is_file() else ""


if __name__ == "__main__":
    raise SystemExit(main())
