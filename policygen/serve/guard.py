"""Who may ask: browsers that were sent here, and pages that came from here.

A name that a stranger's DNS points at this machine (DNS rebinding), or a stranger's page in the same browser,
must read nothing: drafts are nobody else's business. https://en.wikipedia.org/wiki/DNS_rebinding
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(?P<port>[0-9]{1,5}))?", re.ASCII)
LOOPBACK = ("127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Guard:
    """Knows the names this server goes by; `host` is what it was told to listen on, if anything."""

    host: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether others than this machine reach it."""
        return self.host is not None and not _is_loopback(self.host)

    def admits(self, host: str, origin: str | None) -> bool:
        """Whether a request with these headers may be answered."""
        return self._is_ours(host) and origin in {None, f"http://{host}"}

    def _is_ours(self, host: str) -> bool:
        name, _ = split(host)
        if name is None:
            return False
        # Nobody's DNS decides over a number; a name is ours if it was given, or can mean no other machine.
        is_given = self.host is not None and name == self.host.casefold()
        return is_given or _is_loopback(name) or (self.is_open and _address(name) is not None)


def split(host: str) -> tuple[str | None, int]:
    """The name and port in a Host header; no name if it has another form."""
    found = _HOST.fullmatch(host.lower())
    return (found["name"].strip("[]"), int(found["port"] or 80)) if found else (None, 80)


def _is_loopback(name: str) -> bool:
    address = _address(name)
    return name.casefold() == "localhost" if address is None else address.is_loopback


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None
