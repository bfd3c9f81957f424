"""Templates and locales are found wherever policygen runs from."""

from __future__ import annotations

import pytest

from policygen.resources import ResourceName, bundled_folder
from tests.site_under_test import CHECKOUT


@pytest.mark.parametrize("name", ["templates", "locales", "docs"])
def test_a_checkout_reads_its_own_folders(name: ResourceName) -> None:
    assert bundled_folder(name) == CHECKOUT / name
