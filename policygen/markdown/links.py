"""Where a link in Markdown may lead, and that its words name no other place."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, unquote

from policygen.markdown.problem import MarkdownProblem

_SCHEME = re.compile(r"(?:https?:|mailto:|tel:|#|[^:/?#]*(?:[/?#]|$))", re.IGNORECASE)
"""How a link may begin; an address without a scheme is a link inside the site."""
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_WEB = re.compile(r"https?:", re.IGNORECASE)
_HOST = re.compile(r"https?://([^/?#@%:\[\]\\]+)(?::\d{1,5})?(?:[/?#][^\\]*)?\Z", re.IGNORECASE)
"""A web address that every reader of addresses takes for the same host."""
_NUMBER = re.compile(
    r"https?://(?!\d{1,3}(?:\.\d{1,3}){3}(?:[:/?#]|\Z))(?:[^/?#:]*\.)?(?:0x[0-9a-f]*|\d+)\.?(?:[:/?#]|\Z)",
    re.IGNORECASE,
)
"""A host that browsers take for a number, written so that nobody sees which: `0x7f.1`."""
_NAMED = re.compile(r"(?:https?://|www\.)([\w.-]*\w)", re.IGNORECASE)
"""A host that words name. Without what stands before it here, it may be a name, as in Booking.com."""
_LONGEST = 253
"""Characters of a host."""
_PHONE = re.compile(r"[+(]?[0-9][0-9 ().\xa0\u2011/-]{4,}")
_NO_DIGIT = re.compile(r"[;,].*|[^0-9]", re.DOTALL)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w.-]*\w")


def problem(target: str, words: str) -> MarkdownProblem | None:
    """What is wrong with a link, by its target and what its readers see of it."""
    compact = _INVISIBLE.sub("", _plain(target))
    if not _leads_somewhere(compact):
        help = "a link may begin with https:, http:, mailto: or tel:, or lead to a place in the site"
        return MarkdownProblem("markdown-link", f"a link to `{target}` is not possible here", help)
    if _WEB.match(compact) and (not _HOST.match(compact) or _NUMBER.match(compact)):
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
    """The address that words name, if it is of another site, mailbox or phone than a link's."""
    scheme, _, rest = target.partition(":")
    if scheme.casefold() == "tel":
        return words if _is_other_phone(words, rest) else None
    host = _host(target)
    for found in _NAMED.finditer(words):
        if not host or not _is_one_site(_readable(found[1]), host):
            return found[0]
    if scheme.casefold() == "mailto":
        named = _MAIL.findall(words)
        return named[0] if named and {*map(str.casefold, named)} != _mailboxes(rest) else None
    return None


def _is_one_site(said: str, host: str) -> bool:
    return said == host or said.endswith(f".{host}") or host.endswith(f".{said}")


def _host(target: str) -> str:
    """The host of a web address as it is compared; empty where there is none."""
    found = _HOST.match(target)
    return _readable(found[1]) if found else ""


def _readable(host: str) -> str:
    """A host without `www.`, and one of other letters than a to z as it is in the network."""
    host = host.casefold().removeprefix("www.")
    try:
        return host if host.isascii() or len(host) > _LONGEST else host.encode("idna").decode()
    except UnicodeError:
        return host


def _mailboxes(target: str) -> set[str]:
    """Everybody whom a mailto: link writes to."""
    to, _, fields = target.partition("?")
    more = [value for name, value in parse_qsl(fields) if name.casefold() in {"to", "cc", "bcc"}]
    return {
        mail.strip().casefold() for part in (unquote(to), *more) for mail in part.split(",") if mail.strip()
    }


def _is_other_phone(words: str, target: str) -> bool:
    """Whether words are a number, and none of the ways to write the one that is called."""
    if not _PHONE.fullmatch(words.strip()):
        return False
    said, called = (_NO_DIGIT.sub("", text.replace("(0)", "")).lstrip("0") for text in (words, target))
    return not called or not (said.endswith(called) or called.endswith(said))
