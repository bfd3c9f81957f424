"""A site with more services than anybody has: what it costs to build, and whether its last service counts.

The services and the theme are the benchmark's: pages as long as real ones, in two languages.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from benchmarks.sites import lay_out
from policygen.report import MOST
from tests.site_under_test import TODAY
from tests.torture.burden import Burden, burden_of
from tests.torture.conftest import Dose, Tally

ROOM = 10**9
"""Bytes that all processes together may take."""
FEW, MANY = 48, 10_000
"""More than one process would be given."""
LANGUAGES = 2
MISTAKES = "\ncolour: red\nsmell: sweet\ntaste: sour\n"
EACH = 3
"""So that even a few services have more mistakes than are shown."""


@pytest.fixture(scope="module")
def count(dose: Dose) -> int:
    """How many services there are."""
    return dose(FEW, MANY)


@pytest.fixture(scope="module")
def crowd(count: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of the site."""
    return laid_out(tmp_path_factory.mktemp("crowd"), count)


@pytest.fixture(scope="module")
def built(crowd: Path) -> Burden:
    """The first build of it."""
    return run(crowd, "build")


@pytest.fixture(scope="module")
def broken(crowd: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site with mistakes in every service."""
    return spoilt(copy_of(crowd, tmp_path_factory.mktemp("broken")))


@pytest.fixture(scope="module")
def few_broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of a few services with mistakes in every one, as large in `make torture` as in `make test`."""
    return spoilt(laid_out(tmp_path_factory.mktemp("few"), FEW))


def laid_out(folder: Path, count: int) -> Path:
    lay_out(folder, range(count), ["bench"])
    return folder / "bench"


def copy_of(site: Path, folder: Path) -> Path:
    for name in ("content", "locales", "templates"):
        shutil.copytree(site / name, folder / name)
    return folder


def services(site: Path) -> list[str]:
    return sorted(file.parent.name for file in site.glob("content/*/policy.yaml"))


def spoilt(site: Path) -> Path:
    for name in services(site):
        spoil(site, name)
    return site


def spoil(site: Path, service: str) -> None:
    with (site / f"content/{service}/policy.yaml").open("a", encoding="utf-8") as file:
        file.write(MISTAKES)


def run(site: Path, *words: str) -> Burden:
    return burden_of(site, *words, "--today", TODAY)


def test_a_large_site_is_built_whole_in_bounded_memory(
    crowd: Path, built: Burden, count: int, tally: Tally
) -> None:
    assert built.code == 0, built.err
    assert built.looks > 2
    assert built.memory < ROOM
    pages = [crowd / "site" / tag / name / "index.html" for name in services(crowd) for tag in ("en", "vi")]
    assert len(pages) == count * LANGUAGES
    assert [page for page in pages if not page.read_bytes().endswith(b"</html>\n")] == []
    listed = (crowd / "site/vi/index.html").read_text(encoding="utf-8")
    assert [name for name in services(crowd) if f"{name}/" not in listed] == []
    tally(
        "services of one site, built",
        count,
        f"every page whole, with {built.memory / 1e6:.0f} MB in all processes and "
        f"{built.seconds / count * 1e3:.0f} ms of processor time a service",
    )


def test_the_builds_after_the_first_stay_in_bounds_too(
    crowd: Path, built: Burden, count: int, tally: Tally
) -> None:
    policy = crowd / "content" / services(crowd)[-1] / "policy.yaml"
    text = policy.read_text(encoding="utf-8")
    again = run(crowd, "build")
    policy.write_text(text.replace("@", "@new."), encoding="utf-8")
    edited = run(crowd, "build")
    policy.write_text(text, encoding="utf-8")
    for done in (again, edited):
        assert done.code == 0, done.err
        assert done.out == built.out
        assert done.memory < ROOM
    assert "(0 written, " in again.err
    assert re.search(rf"\({LANGUAGES} written, ", edited.err), edited.err
    tally(
        "one of thousands of services, edited",
        count,
        f"its pages were written, and no others, with {edited.memory / 1e6:.0f} MB",
    )


def test_status_looks_at_one_service_after_the_other(crowd: Path, count: int, tally: Tally) -> None:
    done = run(crowd, "status")
    assert done.code == 0, done.err
    assert len(done.out.splitlines()) == count
    assert done.memory < ROOM
    tally("`status` of each of thousands of services", count, f"told, with {done.memory / 1e6:.0f} MB")


def test_a_mistake_in_the_last_service_but_one_is_shown_like_one_in_the_first(
    crowd: Path, count: int, tmp_path: Path, tally: Tally
) -> None:
    site = copy_of(crowd, tmp_path)
    first, last = services(site)[0], services(site)[-2]
    text = (site / "content" / first / "policy.yaml").read_text(encoding="utf-8")
    for name in (first, last):
        (site / "content" / name / "policy.yaml").write_text(text, encoding="utf-8")
        spoil(site, name)
    done = run(site, "check", "--no-cache")
    blocks = done.out.split("\n\n")
    assert done.code == 1
    assert len(blocks) == 2 * EACH
    assert [block.replace(first, "NAME").strip() for block in blocks[:EACH]] == [
        block.replace(last, "NAME").strip() for block in blocks[EACH:]
    ]
    tally("a mistake in the last service but one", count, "shown like one in the first")


def test_mistakes_in_every_service_are_counted_and_the_first_hundred_are_shown(
    broken: Path, count: int, tally: Tally
) -> None:
    names = services(broken)
    done = run(broken, "check")
    assert done.code == 1
    assert done.memory < ROOM
    shown = re.findall(r"^ *--> content/(.+)/policy\.yaml:", done.out, re.MULTILINE)
    assert shown == [name for name in names for _ in range(EACH)][:MOST]
    more = count * EACH - MOST
    assert done.out.endswith(f"\n… and {more} more: `--format concise` shows all of them\n")
    assert done.err == f"{count * EACH} errors in {count} files\n"
    tally("findings of every service, as text", count * EACH, f"{MOST} were shown, the others counted")


def test_programs_are_told_mistakes_of_every_service_in_bounded_memory(
    broken: Path, count: int, tally: Tally
) -> None:
    done = run(broken, "check", "--format", "json")
    assert done.code == 1
    assert done.memory < ROOM
    told = [found["path"] for found in json.loads(done.out)]
    assert told == [f"content/{name}/policy.yaml" for name in services(broken) for _ in range(EACH)]
    tally(
        "findings of every service, as JSON",
        count * EACH,
        f"all were told, with {done.memory / 1e6:.0f} MB in all processes",
    )


@pytest.mark.parametrize("style", ["concise", "json", "github", "gitlab"])
def test_programs_are_told_everything_in_every_format(style: str, few_broken: Path) -> None:
    done = run(few_broken, "check", "--format", style)
    assert done.code == 1
    for name in services(few_broken):
        assert done.out.count(f"content/{name}/policy.yaml") == EACH


def test_a_build_says_of_mistakes_what_check_says_and_makes_nothing(few_broken: Path) -> None:
    built, checked = run(few_broken, "build"), run(few_broken, "check")
    assert (built.code, built.out, built.err) == (checked.code, checked.out, checked.err)
    assert built.out.endswith(f"… and {FEW * EACH - MOST} more: `--format concise` shows all of them\n")
    assert not (few_broken / "site").exists()
