"""What is added to a page on its way to the browser: the script that reloads it, and what is wrong over it.

The pages that are built have neither, and forbid every script; what is added is allowed here by its very
address or digest, so that nothing else runs in the preview that wouldn't run on the published page.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from html import escape, unescape
from urllib.parse import quote, urlencode

from policygen.serve.guard import split

SCRIPT = "/.policygen/livereload.js"
SOCKET = "/livereload"
"""Where the script looks for news: a path it doesn't let us choose."""
TROUBLE = "policygen-trouble"

_META = re.compile(r"<meta\b[^>]*>", re.IGNORECASE)
_IS_POLICY = re.compile(r"http-equiv\s*=\s*[\"']?content-security-policy\b", re.IGNORECASE)
_CONTENT = re.compile(r"content\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')", re.IGNORECASE)
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
_BODY_END = re.compile(r"</body\s*>(?!.*</body\s*>)", re.IGNORECASE | re.DOTALL)

# The page below is hidden and not replaced: it keeps its height, and so the browser its place in it.
_STYLE = f"""
body > :not(#{TROUBLE}) {{ visibility: hidden !important }}
#{TROUBLE}, #{TROUBLE} * {{ all: revert }}
#{TROUBLE} {{ position: fixed; inset: 0; z-index: 2147483647; overflow: auto; box-sizing: border-box;
  padding: 24px; background: #fff; color: #1a1a1a; font: 16px/1.5 system-ui, sans-serif; text-align: left }}
#{TROUBLE} h1 {{ margin: 0 0 16px; color: #a40000; font-size: 20px }}
#{TROUBLE} pre {{ margin: 0 0 16px; white-space: pre-wrap; overflow-wrap: anywhere;
  font: 14px/1.5 ui-monospace, monospace }}
@media (prefers-color-scheme: dark) {{
  #{TROUBLE} {{ background: #1a1a1a; color: #eee }}
  #{TROUBLE} h1 {{ color: #ff9a8f }}
}}
"""


def dressed(page: str, host: str, stamp: str, trouble: tuple[str, str] | None) -> str:
    """A page with the script that reloads it, and over it the heading and the text of what is wrong.

    `host` is what the browser calls this server, `stamp` a name for what it is given.
    """
    # A policy can't name an IPv6 address: https://www.w3.org/TR/CSP3/#grammardef-host-part
    is_named = not host.startswith("[")
    allowed = {
        "script-src": f"http://{host}{SCRIPT}" if is_named else "'self'",
        "connect-src": f"ws://{host}{SOCKET}" if is_named else "'self'",
    }
    if trouble:
        allowed["style-src"] = f"'sha256-{_digest(_STYLE)}'"
        page = _before(_BODY_END, page, f"<style>{_STYLE}</style>\n{_told(*trouble)}")
    page = _META.sub(lambda meta: _allowing(meta[0], allowed), page)
    return _before(_HEAD_END, page, _script(host, stamp))


def empty_page() -> str:
    """What trouble is shown over where there is no page."""
    return """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>policygen</title></head>
<body></body>
</html>
"""


def _told(heading: str, text: str) -> str:
    said = f"<h1>{escape(heading)}</h1>\n<pre>{escape(text)}</pre>\n"
    after = "<p>The page comes back by itself once this is mended.</p>\n"
    return f'<div id="{TROUBLE}" role="alert" lang="en" dir="ltr">\n{said}{after}</div>\n'


def _script(host: str, stamp: str) -> str:
    name, port = split(host)
    # The script can't tell from its own address what an IPv6 host is, or a port that goes without saying.
    shown = f"[{name}]" if name and ":" in name else name or ""
    # Milliseconds between its attempts to find a server that was ended and started again.
    asked = {"host": shown, "port": port, "snipver": stamp, "mindelay": 250, "maxdelay": 1000}
    address = f"{SCRIPT}?{urlencode(asked, quote_via=quote, safe='[]:')}"
    return f'<script src="{escape(address)}" async></script>\n'


def _before(end: re.Pattern[str], page: str, more: str) -> str:
    found = end.search(page)
    at = found.start() if found else len(page)
    return page[:at] + more + page[at:]


def _allowing(meta: str, allowed: Mapping[str, str]) -> str:
    found = _CONTENT.search(meta) if _IS_POLICY.search(meta) else None
    if found is None:
        return meta
    stated = unescape(found["double"] if found["double"] is not None else found["single"])
    policies = ", ".join(_loosened(policy, allowed) for policy in stated.split(","))
    stated = escape(policies, quote=False).replace('"', "&quot;")
    return meta[: found.start()] + f'content="{stated}"' + meta[found.end() :]


def _loosened(policy: str, allowed: Mapping[str, str]) -> str:
    """A content security policy that allows one source more for each kind (https://www.w3.org/TR/CSP3/)."""
    directives: dict[str, list[str]] = {}
    for name, *sources in (words for part in policy.split(";") if (words := part.split())):
        directives.setdefault(name.lower(), sources)
    for kind, source in allowed.items():
        # A kind that isn't stated is governed by the default; without one it is free.
        for name in (kind, f"{kind}-elem"):
            stated = directives.get(name, directives.get("default-src") if name == kind else None)
            if stated is not None:
                directives[name] = [*(one for one in stated if one.lower() != "'none'"), source]
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
