"""Where the pages of a site are: paths in the output folder, links between them, and absolute addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of a site published at `url` in `languages`, the default one first."""

    url: str
    languages: Sequence[str]

    @property
    def base(self) -> str:
        """The address of the site's root, with its slash."""
        return self.url.rstrip("/") + "/"

    @property
    def path(self) -> str:
        """The path of the site's root on its host, with its slash: for a page that stands anywhere (404)."""
        return "/" + "".join(f"{part}/" for part in urlsplit(self.base).path.split("/") if part)

    def absolute(self, page: str) -> str:
        """The address of a page ('en/harmix/')."""
        return self.base + page

    def alternates(self, page: str, tags: Sequence[str] | None = None) -> tuple[tuple[str, str], ...]:
        """The language versions of a page below a language folder, itself included, and `x-default`.

        `tags`: the languages it is published in, if not all. Readers of other languages are led to the choice
        of a language, or to a policy in the first one: the address that only redirects there is no page of
        its own to a search engine.
        """
        tags = self.languages if tags is None else tags
        versions = [(tag, self.absolute(f"{tag}/{page}")) for tag in tags]
        default = [versions[0][1] if page else self.base] if versions else []
        return (*versions, *(("x-default", address) for address in default))


def file_of(page: str) -> str:
    """The file of a page: a folder's index."""
    return page + "index.html" if page == "" or page.endswith("/") else page


def relative_root(page: str) -> str:
    """The way from a page up to the site's root ('../../'), so that a site works in any folder."""
    return "../" * page.count("/") or "./"
