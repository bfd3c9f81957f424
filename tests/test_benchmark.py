"""The benchmark compares like with like. What it measures is no test: nothing here looks at a clock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.equal import differences
from benchmarks.facts import policy, slug_of
from benchmarks.releases import release_all
from benchmarks.sites import lay_out
from tests.small_site import run

SERVICES = 3
PAGES = [
    f"{tag}/{service}"
    for tag in ("en", "vi")
    for service in ("", *(slug_of(policy(number)["service"]["name"]) for number in range(SERVICES)))
]


def build(folder: Path) -> dict[str, Path]:
    """The pages of a plain script, and policygen's with the theme that makes the same ones."""
    lay_out(folder, range(SERVICES), ["bench", "plain"])
    subprocess.run([sys.executable, "build.py", ".", "out"], cwd=folder / "plain", check=True)
    assert run(folder / "bench", "build").returncode == 0
    return {"plain": folder / "plain/out", "bench": folder / "bench/site"}


def test_the_bench_theme_makes_the_pages_of_the_others(tmp_path: Path) -> None:
    assert list(differences(build(tmp_path), PAGES)) == []


def test_a_page_that_differs_in_one_word_is_told(tmp_path: Path) -> None:
    outputs = build(tmp_path)
    page = outputs["bench"] / PAGES[-1] / "index.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("Mục lục", "Nội dung", 1), encoding="utf-8")
    assert list(differences(outputs, PAGES)) == [
        f"{PAGES[-1]}/index.html of plain has 'Mục lục' where that of bench has 'Nội dung'"
    ]


def test_a_generated_site_with_its_releases_has_no_findings(tmp_path: Path) -> None:
    lay_out(tmp_path, range(SERVICES), ["real"])
    release_all(tmp_path / "real", SERVICES)
    checked = run(tmp_path / "real", "check", "--strict")
    assert (checked.returncode, checked.stdout) == (0, "")
