"""Take the pictures of the README anew: `make images`.

They show the harmix policy of the built site, as a reader's browser does.
"""

from __future__ import annotations

from pathlib import Path

from tests.browser.chromium import launch_chromium

ROOT = Path(__file__).resolve().parent.parent
PICTURES = (
    # name, page, width and height in CSS pixels, pixels for each of them, colours
    ("policy", "en/harmix", 1280, 960, 0.9375, "light"),
    ("policy-dark", "en/harmix", 1280, 960, 0.9375, "dark"),
    ("phone", "vi/harmix", 390, 844, 1, "light"),
)


def main() -> None:
    """Take every picture."""
    with launch_chromium() as browser:
        for name, page, width, height, ratio, colours in PICTURES:
            screen = browser.new_page(
                viewport={"width": width, "height": height},
                device_scale_factor=ratio,
                color_scheme="dark" if colours == "dark" else "light",
            )
            screen.goto((ROOT / "site" / page / "index.html").as_uri())
            screen.screenshot(path=ROOT / "docs" / "images" / f"{name}.png")


if __name__ == "__main__":
    main()
