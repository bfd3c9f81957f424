"""How often each attack is tried, and the table of what held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.preview import Preview
from tests.site_under_test import CHECKOUT
from tests.torture.wire import attacked, unharmed

TABLE = CHECKOUT / "build" / "torture.md"
"""What `make torture` leaves: the rows of the table in docs/reliability.md."""

_ROWS = pytest.StashKey[list[tuple[int, str]]]()
_AREAS: Mapping[str, str] = {
    "input": "Input", "page": "Pages", "pages": "Pages", "files": "Files", "kills": "Faults",
    "faults": "Faults", "caches": "Faults", "same": "Same bytes", "preview": "Preview",
    "supply": "Supply chain", "load": "Load",
}  # fmt: skip
"""What is attacked, by the first word behind `test_` in the name of a file: in the order of the table."""

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


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """Notes what an attack came to, once it has come to something."""
    rows = request.config.stash.setdefault(_ROWS, [])
    area = _AREAS[request.path.stem.split("_")[1]]
    place = [*_AREAS.values()].index(area)

    def note(attack: str, tried: int, held: str) -> None:
        rows.append((place, f"| {area} | {attack[0].upper()}{attack[1:]} | {tried:,} | {held} |"))

    return note


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
    table = [
        "| What is attacked | Attack | Tried | What held |", "| --- | --- | --: | --- |",
        *(row for _, row in sorted(rows)),
    ]  # fmt: skip
    terminalreporter.section("what held")
    terminalreporter.write_line("\n".join(table))
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    Path(TABLE).write_text("\n".join(table) + "\n", encoding="utf-8")
