"""One Chromium for all tests of this folder, closed before any other test runs.

Playwright keeps an event loop in the thread while it lives; tests elsewhere that start one need it gone.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import launch_chromium


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A real browser."""
    with launch_chromium() as chromium:
        yield chromium
