"""How long it takes from a save to the browser's first frame with it, on the site of this checkout.

    python benchmarks/preview.py [saves]

Each save is of one file, as an editor makes it, with a policy open in Chromium. The machine should have
nothing else to do: a rebuild takes one processor, a browser another.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.chromium import launch_chromium
from tests.preview import Preview, preview, until
from tests.site_under_test import CHECKOUT

PAGE = "en/harmix/"
POLICY, WORDS = "content/harmix/policy.yaml", "locales/en/LC_MESSAGES/policygen.po"
SETTINGS, LAYOUT, ARTICLE = "content/site.yaml", "templates/layout.html", "templates/policy/article.html"
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'

EDITS: dict[str, tuple[str, Callable[[str, str], str]]] = {
    "a policy": (POLICY, lambda text, mark: text.replace("name: Harmix", f"name: Harmix {mark}", 1)),
    "a catalogue": (WORDS, lambda _, mark: f'{HEADER}msgid "At a glance"\nmsgstr "At a glance {mark}"\n'),
    "the layout": (LAYOUT, lambda text, mark: text.replace("<p>policygen", f"<p>{mark} policygen", 1)),
    "every text": (ARTICLE, lambda text, mark: text.replace("<h1", f"<p>{mark}</p><h1", 1)),
    "the settings": (SETTINGS, lambda text, mark: text.replace("en: Privacy", f"en: {mark} Privacy", 1)),
}

# Told from inside the page: a question from outside would wait for the answer to come back.
FIRST_FRAME = """document.addEventListener('DOMContentLoaded', () => requestAnimationFrame(() =>
  window.seen(performance.timeOrigin + performance.now(), document.documentElement.textContent)))"""


def main(saves: int) -> None:
    """Print a row for each kind of edit."""
    print(f"{'save of':14}{'median':>8}{'fastest':>9}{'slowest':>9}  ms")
    for what, times in latencies(saves).items():
        print(f"{what:14}{statistics.median(times):8.0f}{min(times):9.0f}{max(times):9.0f}")


def latencies(saves: int) -> dict[str, list[float]]:
    """Milliseconds of each save, for each kind of edit."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        for name in ("content", "templates", "locales"):
            shutil.copytree(CHECKOUT / name, site / name)
        with preview(site) as running, launch_chromium() as browser:
            return {
                what: measured(browser, running, path, edit, saves) for what, (path, edit) in EDITS.items()
            }


def measured(
    browser: Browser, running: Preview, path: str, edit: Callable[[str, str], str], saves: int
) -> list[float]:
    """Milliseconds from each save to the frame that shows it; afterwards the file is as it was."""
    file = running.site / path
    before = file.read_text(encoding="utf-8") if file.exists() else None
    frames: list[tuple[float, str]] = []
    context = browser.new_context()
    context.expose_function("seen", lambda moment, text: frames.append((moment, text)))
    context.add_init_script(FIRST_FRAME)
    tab = context.new_page()
    tab.goto(running.address + PAGE)
    times = [
        save(running, tab, path, edit(before or "", f"M{number}ARK"), f"M{number}ARK", frames)
        for number in range(saves)
    ]
    context.close()
    if before is None:
        file.unlink()
    else:
        running.save(path, before)
    time.sleep(2)
    return times


def save(
    running: Preview, tab: Page, path: str, text: str, mark: str, frames: list[tuple[float, str]]
) -> float:
    """Save once, and wait for the frame."""
    tab.wait_for_timeout(1000)
    start = time.time() * 1000
    running.save(path, text)

    def shown() -> list[float]:
        tab.wait_for_timeout(10)
        return [moment for moment, words in tuple(frames) if mark in words]

    until(shown)
    return shown()[0] - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
