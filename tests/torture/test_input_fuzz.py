"""Whatever bytes a file has, a build ends with findings or a page: fuzzing, in a process that has 256 MiB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis

from policygen.build import build
from policygen.model import Policy
from policygen.site import SiteFolder
from policygen.source import Data
from tests.site_under_test import CHECKOUT, TODAY
from tests.small_site import make_site
from tests.torture.confined import MEBIBYTES
from tests.torture.conftest import Dose, Tally
from tests.torture.fuzzing import TARGETS
from tests.yaml_values import mapping

SEED = 6


def fuzzed(target: str, count: int) -> list[dict[str, Any]]:
    """What the fuzzer says of a target: what fell, and at the end what it did."""
    words = f"{sys.executable} -m tests.torture.fuzzing '{target}' {SEED} {count}"
    line = ["bash", "-c", f"ulimit -d {MEBIBYTES * 1024} && exec {words}"]
    run = subprocess.run(
        line, cwd=CHECKOUT, capture_output=True, check=False, timeout=7200, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-3000:]
    return [json.loads(said) for said in run.stdout.splitlines()]


@pytest.mark.parametrize("target", TARGETS)
def test_no_bytes_in_a_file_make_a_build_fall_over(target: str, dose: Dose, tally: Tally) -> None:
    *fell, done = fuzzed(target, dose(12, 4000))
    assert not fell
    held = f"{done['made']:,} a page, the others findings; {done['lines']:,} lines of policygen ran"
    tally(
        f"Mutants ({target})",
        done["tried"],
        f"{held}, at most {done['slowest']:.1f} s of computing",
    )


def test_whatever_the_model_lets_an_author_write_is_a_finding_or_a_page(
    tmp_path: Path, dose: Dose, tally: Tally
) -> None:
    site, counts = make_site(tmp_path), {"tried": 0, "pages": 0}

    @hypothesis(
        max_examples=dose(15, 5000), deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(mapping(Policy))
    def attack(data: Data) -> None:
        text = yaml.safe_dump(data, allow_unicode=True, width=10_000)
        (site / "content/music/policy.yaml").write_text(text, encoding="utf-8")
        result = build(SiteFolder(site), lambda _: date.fromisoformat(TODAY))
        assert result.findings or result.pages
        counts["tried"] += 1
        counts["pages"] += bool(result.pages)

    attack()
    tally(
        "Policies made by a grammar of the model",
        counts["tried"],
        f"{counts['pages']:,} a page, the others findings",
    )
