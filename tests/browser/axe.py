"""axe-core's verdict on a page, in lines that say which element breaks which rule."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# WCAG 2.2 AA contains every A and AA criterion since 2.0; best practices are axe's own.
_STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")


def violations(page: Page) -> list[str]:
    """Everything axe finds wrong with a page as it is shown now."""
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(_STANDARD)}}).response
    if not results["passes"]:
        return ["axe tested nothing"]
    return [
        f"{violation['id']}: {violation['help']}: {node['target']} {node['html'][:160]}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]
