"""Makes releases: today's text of a service, or an older one, frozen into files. Nothing is written here.

What a release would say is worked out before its first byte is written, so a refusal costs nothing.
"""

from policygen.release.desk import Desk, Order, Refused, open_desk
from policygen.release.making import archive_text, release, withdraw
from policygen.release.rechaining import forked, rechain

__all__ = [
    "Desk", "Order", "Refused", "archive_text", "forked", "open_desk", "rechain", "release", "withdraw",
]  # fmt: skip
