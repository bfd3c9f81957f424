"""What each translation of a release was made from: the text beside it, or an older one.

A policy whose translation has fallen behind must say so to its readers, and for as long as it is behind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from policygen.releases.archive import Archive
from policygen.releases.record import Json, Release, Source, digest, text_file
from policygen.releases.visible import same
from policygen.render.article import Article


def sources(
    id: str, articles: Mapping[str, Article], facts: Json, source: str, archive: Archive,
    before: Release | None, checked: Collection[str],
) -> dict[str, Source]:  # fmt: skip
    """What each translation was made from: the text beside it, or an older one that it still says.

    A translation is older where its source has changed and it has not, in some text of the author's or as a
    whole. `checked` are languages whose translators have seen the new source and left theirs as it is.
    """
    found = {}
    for tag in articles:
        if tag == source or source not in articles:
            continue
        base = _older(tag, articles, facts, source, archive, before) if tag not in checked else None
        text = articles[source].html.encode()
        found[tag] = base or Source(source, id, digest(text))
    return found


def _older(
    tag: str, articles: Mapping[str, Article], facts: Json, source: str, archive: Archive,
    before: Release | None,
) -> Source | None:  # fmt: skip
    """The older text a translation still says, if it does."""
    if before is None or not {tag, source} <= before.heads.keys():
        return None
    known = before.sources.get(tag)
    ids = {release.id: release for release in archive.releases}
    base = ids.get(known.release, before) if known and known.language == source else before
    if not {tag, source} <= base.heads.keys():
        return None
    as_a_whole = same(archive.text(base, tag), articles[tag].html) and not same(
        archive.text(base, source), articles[source].html
    )
    if as_a_whole or untranslated(archive.facts(base), facts, source, tag):
        return Source(source, base.id, base.files[text_file(source)])
    return None


def untranslated(old: Json, new: Json, source: str, tag: str) -> bool:
    """Whether the author changed a text in the source language and left it as it was in another."""
    before = dict(_texts(old))
    for where, words in _texts(new):
        then = before.get(where, {})
        if tag in then and then.get(source) != words.get(source) and then[tag] == words.get(tag):
            return True
    return False


def _texts(facts: Json) -> Iterator[tuple[tuple[str, ...], Mapping[str, Json]]]:
    """Every text in a facts.json that is the author's own, nobody's label, by where it stands."""
    entries = facts.get("entries") if isinstance(facts, dict) else None
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict):
            continue
        path = str(entry.get("path"))
        if entry.get("own") is True and isinstance(label := entry.get("label"), dict):
            yield (path,), label
        says = entry.get("says")
        for key, values in says.items() if isinstance(says, dict) else ():
            for index, value in enumerate(values if isinstance(values, list) else ()):
                if isinstance(value, dict) and (value.get("own") is True or value.get("prose") is True):
                    words = value.get("words")
                    if isinstance(words, dict):
                        yield (path, key, str(value.get("key", index))), words
