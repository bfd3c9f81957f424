"""What grows with a site isn't kept: no command has two services, or the positions of two files, at once."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from weakref import WeakSet

import pytest

from policygen.build import standing
from policygen.diagnostics import Diagnostic, Place, Route
from policygen.model import Policy
from policygen.reading import Stated, read_each
from policygen.report import FORMATS, render
from policygen.site import SiteFolder
from policygen.source import Span, locate
from tests.site_under_test import TODAY
from tests.small_site import POLICY, make_site, run

SERVICES = 12


def crowd(folder: Path) -> SiteFolder:
    return SiteFolder(
        make_site(folder, {f"content/s{number}/policy.yaml": POLICY for number in range(SERVICES)})
    )


def today(_zone: str | None) -> date:
    return date.fromisoformat(TODAY)


def there(kind: type) -> int:
    """How many values of a kind are in memory."""
    gc.collect()
    return sum(type(one) is kind for one in gc.get_objects())


def test_services_are_read_one_after_the_other(tmp_path: Path) -> None:
    before = there(Policy)
    seen: list[int] = []

    def see(*_: object) -> None:
        seen.append(there(Policy) - before)

    read_each(crowd(tmp_path), today, see)
    assert len(seen) == SERVICES + 1
    assert max(seen) <= 2


def test_how_services_stand_is_told_one_after_the_other(tmp_path: Path) -> None:
    before = there(Stated)
    told, _ = standing(crowd(tmp_path), today, lambda one: (one.name, there(Stated) - before))
    assert len(told) == SERVICES + 1
    assert max(number for _, number in told) <= 2


@pytest.mark.parametrize("style", FORMATS)
def test_the_positions_of_one_file_are_kept_at_a_time(style: str) -> None:
    class Spans(dict[Route, Span]):
        __hash__ = object.__hash__  # type: ignore[assignment]

    alive: WeakSet[Spans] = WeakSet()
    most: list[int] = []

    def located(text: str) -> Mapping[Route, Span]:
        spans = Spans(locate(text))
        alive.add(spans)
        most.append(len(alive))
        return spans

    findings = [
        Diagnostic(
            "unknown-key", "x", Place(f"content/s{number % SERVICES}/policy.yaml", ("service", "name"))
        )
        for number in range(5 * SERVICES)
    ]
    shown = render(findings, style, lambda _: POLICY, located)
    assert f"content/s{SERVICES - 1}/policy.yaml" in shown
    assert len(most) == SERVICES
    assert max(most) <= 2


def test_an_error_in_one_service_keeps_status_from_telling_of_any(tmp_path: Path) -> None:
    folder = crowd(tmp_path)
    (folder.content / "s5/policy.yaml").write_text(POLICY + "colour: red\n", encoding="utf-8")
    done = run(tmp_path, "status")
    assert (done.returncode, done.stdout.count("error[")) == (1, 1)
    assert "never released" not in done.stdout


def test_a_template_that_fails_keeps_status_from_telling_of_any(tmp_path: Path) -> None:
    crowd(tmp_path)
    make_site(tmp_path, {"templates/sections/purposes.html": "{{ nothing }}"})
    done = run(tmp_path, "status")
    assert (done.returncode, done.stdout.count("error[template-error]")) == (1, 1)
    assert "never released" not in done.stdout
