"""Where a link in Markdown may lead, and that its words name no other place."""

from __future__ import annotations

import re
from html import unescape

from policygen.markdown.problem import MarkdownProblem

_SCHEME = re.compile(r"(?:https?:|mailto:|tel:|#|[^:/?#]*(?:[/?#]|$))", re.IGNORECASE)
"""How a link may begin; an address without a scheme is a link inside the site."""
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_WEB = re.compile(r"https?:", re.IGNORECASE)
_HOST = re.compile(r"https?://([^/?#@%:\[\]\\]+)(?::\d{1,5})?(?:[/?#][^\\]*)?\Z", re.IGNORECASE)
"""A web address that every reader of addresses takes for the same host."""
_NAMED = re.compile(r"(?:https?://|www\.)([\w.-]*\w)", re.IGNORECASE)
"""A host that words name. Without what stands before it here, it may be a name, as in Booking.com."""
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w.-]*\w")


def problem(target: str, words: str) -> MarkdownProblem | None:
    """What is wrong with a link, by its target and what its readers see of it."""
    compact = _INVISIBLE.sub("", _plain(target))
    if not _leads_somewhere(compact):
        help = "a link may begin with https:, http:, mailto: or tel:, or lead to a place in the site"
        return MarkdownProblem("markdown-link", f"a link to `{target}` is not possible here", help)
    if _WEB.match(compact) and not _HOST.match(compact):
        help = (
            "write it whole, as in `https://example.com/page`, without a name or signs before its first `/`"
        )
        return MarkdownProblem("markdown-link", f"a link to `{target}` is not possible here", help)
    if named := _another(_plain(words), compact):
        help = "write the address it leads to, or say in words what is there"
        message = f"the link says `{named}`, but leads to `{target}`"
        return MarkdownProblem("misleading-link", message, help)
    return None


def _plain(text: str) -> str:
    """A text as readers get it; the parser has a sign of its own for the & of an entity."""
    return unescape(text.replace("\x02amp\x03", "&"))


def _leads_somewhere(target: str) -> bool:
    slashed = target.replace("\\", "/")
    return bool(_SCHEME.match(slashed)) and not slashed.startswith("//")


def _another(words: str, target: str) -> str | None:
    """The address that words name, if it is of another site or another mailbox than a link's."""
    host = _host(target)
    for found in _NAMED.finditer(words):
        said = found[1].casefold().removeprefix("www.")
        if not host or not (said == host or said.endswith(f".{host}") or host.endswith(f".{said}")):
            return found[0]
    if target[:7].casefold() == "mailto:":
        mailbox = target[7:].partition("?")[0].casefold()
        return next((mail for mail in _MAIL.findall(words) if mail.casefold() != mailbox), None)
    return None


def _host(target: str) -> str:
    """The host of a web address, without `www.`; empty where there is none."""
    found = _HOST.match(target)
    return found[1].casefold().removeprefix("www.") if found else ""
