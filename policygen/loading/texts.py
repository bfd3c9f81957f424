"""Texts in the site's languages: all of them, or a finding for each one that is missing."""

from __future__ import annotations

import unicodedata

from policygen.diagnostics import Place, Severity, did_you_mean
from policygen.loading.context import Context
from policygen.model.kinds import Text
from policygen.source import Data

QUOTE = 'put it in quotes: "…"'


def read_text(context: Context, kind: type[Text], value: Data, place: Place) -> Text | None:
    """A text, or prose; only a text may be one plain string for every language, where there are several."""
    if isinstance(value, str) and kind is Text:
        return Text({}, clean(value), place)
    if isinstance(value, str) and len(context.languages) == 1:
        return kind({context.languages[0]: clean(value)}, None, place)
    if not isinstance(value, dict):
        help = f"write it in each language, as in `{context.text_example()}`"
        context.wrong_type(value, "a text for each language", place, help)
        return None
    usable = [tag for tag, text in value.items() if _is_usable(context, tag, text, place)]
    texts = {tag: clean(str(value[tag])) for tag in usable}
    _report_missing(context, [tag for tag in context.languages if tag not in value], place)
    return kind(texts, None, place)


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


def _is_usable(context: Context, tag: str, text: Data, place: Place) -> bool:
    """Whether a text is one, in a language of the site."""
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
    elif not isinstance(text, str):
        context.wrong_type(text, str, place / tag, QUOTE if isinstance(text, (int, float)) else None)
    return tag in context.languages and isinstance(text, str) and bool(text.strip())
