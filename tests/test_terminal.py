"""Colours and the progress bar: for terminals, and only where they are wanted."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site_under_test import TODAY, installed_command
from tests.small_site import POLICY, make_site, run

_MISTAKE = {"content/music/policy.yaml": POLICY + "colour: red\n"}


_AFTER = """
import sys
import policygen.progress
from policygen.cli import main
policygen.progress.PATIENCE = {seconds}
sys.exit(main())
"""


def on_a_terminal(folder: Path, *words: str, environment: dict[str, str] | None = None) -> str:
    """What a command shows on a terminal that is its output and its error output."""
    return _shown([str(installed_command()), *words], folder, environment)


def with_a_bar_after(seconds: int, folder: Path, *words: str) -> str:
    """The same, with a progress bar after another time: how long a build takes is no matter of a test."""
    return _shown([sys.executable, "-c", _AFTER.format(seconds=seconds), *words], folder)


def _shown(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> str:
    ours, theirs = pty.openpty()
    line = [*command, "--today", TODAY]
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    surroundings = {**plain, "TERM": "xterm", **(environment or {})}
    started = subprocess.Popen(line, cwd=folder, env=surroundings, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:  # how Linux says that the other side has closed
        pass
    finally:
        os.close(ours)
        started.wait(60)
    return shown.decode()


def test_colour_is_for_terminals(tmp_path: Path) -> None:
    site = make_site(tmp_path, _MISTAKE)
    assert "\x1b[" not in run(site, "check", environment={"TERM": "xterm"}).stdout
    assert "\x1b[1;31merror" in on_a_terminal(site, "check")


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_can_be_declined(environment: dict[str, str], tmp_path: Path) -> None:
    assert "\x1b[" not in on_a_terminal(make_site(tmp_path, _MISTAKE), "check", environment=environment)


@pytest.mark.parametrize("style", ["concise", "json", "github"])
def test_only_text_has_colours(style: str, tmp_path: Path) -> None:
    assert "\x1b[" not in on_a_terminal(make_site(tmp_path, _MISTAKE), "check", "--format", style)


# --- the progress bar


def test_a_short_build_shows_no_progress_bar(tmp_path: Path) -> None:
    assert "[#" not in with_a_bar_after(3600, make_site(tmp_path), "build")


def test_a_long_build_shows_a_progress_bar_on_a_terminal_and_wipes_it(tmp_path: Path) -> None:
    services = {f"content/service-{number}/policy.yaml": POLICY for number in range(3)}
    site = make_site(tmp_path, services)
    shown = with_a_bar_after(0, site, "build")
    assert "/4 services" in shown
    assert shown.rindex("\r\x1b[K") > shown.rindex("services,")
    assert "\r" not in run(site, "build").stderr
