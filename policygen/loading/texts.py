"""Texts in the site's languages: all of them, or a finding for each one that is missing."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from policygen.diagnostics import Place, Severity, did_you_mean
from policygen.loading.context import Context, Read, Step
from policygen.model.kinds import Text
from policygen.source import Data

QUOTE = 'put it in quotes: "…"'


def text_reader(kind: type[Text]) -> Read:
    """What reads a text, or prose; only a text may be one plain string for every language."""

    def read_text(context: Context, value: Data, place: Place, step: Step) -> Text | None:
        here = place / step
        if isinstance(value, dict):
            return kind(_read_languages(context, value, here), None, here)
        if isinstance(value, str) and kind is Text:
            return Text({}, clean(value), here)
        if isinstance(value, str) and len(context.languages) == 1:
            return kind({context.languages[0]: clean(value)}, None, here)
        help = f"write it in each language, as in `{context.text_example()}`"
        context.wrong_type(value, "a text for each language", here, help)
        return None

    return read_text


def _read_languages(context: Context, value: Mapping[str, Data], place: Place) -> dict[str, str]:
    """The texts that can be used, by their language."""
    texts = {}
    for tag, text in value.items():
        if tag in context.languages and isinstance(text, str) and (words := clean(text)):
            texts[tag] = words
        else:
            _report_useless(context, tag, text, place)
    if len(texts) < len(context.languages):
        _report_missing(context, [tag for tag in context.languages if tag not in value], place)
    return texts


def clean(text: str) -> str:
    """The text in NFC, whatever editor it came from, without space around it."""
    return unicodedata.normalize("NFC", text.strip())


def _report_missing(context: Context, missing: list[str], place: Place) -> None:
    if not missing or (context.fallback and context.fallback not in missing):
        return
    message = f"this text is missing in {', '.join(f'`{tag}`' for tag in missing)}"
    if context.fallback:
        help = f"write it in `{context.fallback}` at least: that text stands in for the others"
    else:
        help = "write it in every language, or set `fallback: notice` in content/site.yaml"
    context.report("missing-translation", message, place, help, on_key=True)


def _report_useless(context: Context, tag: str, text: Data, place: Place) -> None:
    """Add the finding for what is no text, or in no language of the site."""
    if tag not in context.languages and text is None and " " in tag:
        message = f"`{tag}` is read as a language of its own"
        help = "put quotes around a text that holds a comma"
        context.report("unused-translation", message, place / tag, help, on_key=True)
    elif tag not in context.languages:
        near = did_you_mean(tag, context.languages)
        help = f"did you mean `{near}`?" if near else f"the languages are {', '.join(context.languages)}"
        message = f"`{tag}` is not a language of this site"
        context.report(
            "unused-translation", message, place / tag, help, on_key=True, severity=Severity.WARNING
        )
    elif text is None or (isinstance(text, str) and not text.strip()):
        message = f"the text in `{tag}` is empty"
        context.report("empty-value", message, place / tag, "write it, or leave the key out", on_key=True)
    else:
        context.wrong_type(text, str, place / tag, QUOTE if isinstance(text, (int, float)) else None)
