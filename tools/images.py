"""Take the pictures of the documentation anew: `make images`.

Those of the README show the harmix policy of the built site, as a reader's browser does. Those of the
tutorial show what somebody sees who follows it, each at its place.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from tests.browser.chromium import launch_chromium
from tests.tutorial import Newcomer, follow

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "images"


class Picture(NamedTuple):
    """A page, and how it is shown: width and height in CSS pixels, pixels for each of them, colours."""

    page: str
    width: int
    height: int
    ratio: float = 1
    is_dark: bool = False


README = {
    "policy": Picture("en/harmix", 1280, 960, 0.9375),
    "policy-dark": Picture("en/harmix", 1280, 960, 0.9375, is_dark=True),
    "phone": Picture("vi/harmix", 390, 844),
}
TUTORIAL = {
    "tutorial-preview": Picture("en/tiny-notes/", 960, 720),
    "tutorial-mistake": Picture("en/tiny-notes/", 960, 300),
    "tutorial-phone": Picture("vi/tiny-notes/", 390, 844),
    "tutorial-history": Picture("en/tiny-notes/history/", 960, 840),
}


def take(browser: Browser, picture: Picture, address: str, file: Path) -> None:
    """Take one picture of the page at an address."""
    screen = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=picture.ratio,
        color_scheme="dark" if picture.is_dark else "light",
    )
    screen.goto(address)
    screen.screenshot(path=file)
    screen.close()


def take_along(browser: Browser, folder: Path, newcomer: Newcomer, name: str) -> None:
    """Take the picture that the tutorial shows where its reader is."""
    picture = TUTORIAL[name]
    take(browser, picture, newcomer.address(picture.page), folder / f"{name}.png")


def main() -> None:
    """Take every picture."""
    with launch_chromium() as browser, TemporaryDirectory() as start:
        for name, picture in README.items():
            page = ROOT / "site" / picture.page / "index.html"
            take(browser, picture, page.as_uri(), FOLDER / f"{name}.png")
        newcomer = follow(Path(start), partial(take_along, browser, FOLDER))
    if newcomer.problems:
        raise SystemExit("\n".join(newcomer.problems))


if __name__ == "__main__":
    main()
