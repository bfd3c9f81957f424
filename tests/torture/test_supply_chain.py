"""Files that somebody has changed on their way: the command by which recipes install refuses each of them."""

from __future__ import annotations

import hashlib
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from policygen import __version__
from policygen.scaffold.answers import Answers
from policygen.scaffold.recipes import recipe
from tests.site_under_test import CHECKOUT
from tests.torture.conftest import Dose, Tally

REFUSED = "THESE PACKAGES DO NOT MATCH THE HASHES"
LINE = re.compile(r"python (-m pip install .*) -r requirements-policygen\.txt")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Policygen as a wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-build-isolation", "--no-deps", "--no-index", "--quiet", "--wheel-dir", str(folder))
    line = [sys.executable, "-m", "pip", "wheel", *options, str(CHECKOUT)]
    subprocess.run(line, check=True, capture_output=True)
    return next(folder.glob("*.whl")).read_bytes()


def install(wheel: bytes, pin: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a recipe does, but into a folder, with this wheel as all that its origin has."""
    netlify = recipe(Answers(deploy="netlify"))["netlify.toml"]
    words = LINE.findall(netlify)[0].split()
    (folder / "wheels").mkdir()
    (folder / "wheels" / f"policygen-{__version__}-py3-none-any.whl").write_bytes(wheel)
    (folder / "pins.txt").write_text(
        f"--no-index\n--find-links {folder / 'wheels'}\n{pin}\n", encoding="utf-8"
    )
    into = ("--no-deps", "--target", str(folder / "there"), "-r", str(folder / "pins.txt"))
    line = [sys.executable, *words, *into]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False)


def pin(wheel: bytes) -> str:
    return f"policygen=={__version__} --hash=sha256:{hashlib.sha256(wheel).hexdigest()}"


def test_a_file_with_one_bit_changed_is_not_installed(
    wheel: bytes, dose: Dose, tally: Tally, tmp_path: Path
) -> None:
    chance = random.Random(6)  # noqa: S311 - the same bits in every run
    refused = 0
    tried = dose(2, 40)
    for number in range(tried):
        changed = bytearray(wheel)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        folder = tmp_path / str(number)
        folder.mkdir()
        done = install(bytes(changed), pin(wheel), folder)
        refused += done.returncode != 0 and REFUSED in done.stderr and not (folder / "there").exists()
    assert refused == tried
    tally("a wheel with one bit changed, installed by a recipe", tried, f"{refused} refused")


def test_the_file_itself_is_installed(wheel: bytes, tmp_path: Path) -> None:
    done = install(wheel, pin(wheel), tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "there/policygen/__main__.py").is_file()


def test_a_file_without_a_hash_is_not_installed(wheel: bytes, tmp_path: Path) -> None:
    done = install(wheel, f"policygen=={__version__}", tmp_path)
    assert done.returncode != 0
    assert "hash" in done.stderr.casefold()
    assert not (tmp_path / "there").exists()
