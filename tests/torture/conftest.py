"""How often each attack is tried, and the table of what held."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.preview import Preview
from tests.site_under_test import CHECKOUT
from tests.torture.wire import attacked, unharmed

TABLE = CHECKOUT / "build" / "torture.md"
"""What `make torture` leaves: the rows of the table in docs/reliability.md."""

_ROWS = pytest.StashKey[list[str]]()

Dose = Callable[[int, int], int]
"""How often to try: in `make test`, and in `make torture`."""

Tally = Callable[[str, int, str], None]
"""Notes an attack, how often it was tried, and what held."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Only `make torture` asks for the long part."""
    parser.addoption("--torture", action="store_true", help="try each attack as often as `make torture` does")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what has no small dose."""
    if not config.getoption("--torture", default=False):
        left = [item for item in items if item.get_closest_marker("long")]
        items[:] = [item for item in items if item not in left]
        config.hook.pytest_deselected(items=left)


@pytest.fixture(scope="session")
def dose(pytestconfig: pytest.Config) -> Dose:
    """How often this run tries an attack."""
    is_long = bool(pytestconfig.getoption("--torture", default=False))
    return lambda few, many: many if is_long else few


@pytest.fixture(scope="session")
def tally(pytestconfig: pytest.Config) -> Tally:
    """Notes what an attack came to, once it has come to something."""
    rows = pytestconfig.stash.setdefault(_ROWS, [])
    return lambda attack, tried, held: rows.append(f"| {attack} | {tried:,} | {held} |")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview that many tests attack."""
    with attacked(tmp_path_factory.mktemp("attacked")) as preview:
        yield preview


@pytest.fixture
def shown(running: Preview) -> Iterator[Preview]:
    """The preview; after the attack it has to be as before."""
    with unharmed(running):
        yield running


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table; `make torture` keeps it, too."""
    rows = config.stash.get(_ROWS, [])
    if not rows or not config.getoption("--torture", default=False):
        return
    table = ["| Attack | Tried | What held |", "| --- | --: | --- |", *sorted(rows)]
    terminalreporter.section("what held")
    terminalreporter.write_line("\n".join(table))
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    Path(TABLE).write_text("\n".join(table) + "\n", encoding="utf-8")
