"""The wheel works alone: built here, installed into a fresh environment, used far from the checkout.

Every other test imports the checkout and would pass with a wheel that lacks its templates.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.site_under_test import CHECKOUT, Build, build_site, installed_command

_PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")


def run(*line: str | Path) -> None:
    """Run a command from the checkout's folder; fail with what it printed."""
    words = [str(word) for word in line]
    done = subprocess.run(words, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without asking any registry."""
    folder = tmp_path_factory.mktemp("wheel")
    offline = ("--no-build-isolation", "--no-deps", "--no-index")
    run(sys.executable, *_PIP, "wheel", *offline, "--wheel-dir", folder, CHECKOUT)
    (built,) = folder.glob("policygen-*.whl")
    return built


@pytest.fixture(scope="module")
def fresh_command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `policygen` of a new environment that holds the wheel and what it depends on, nothing else."""
    environment = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", environment)
    python = environment / "bin" / "python"
    pinned = CHECKOUT / "requirements" / "run.txt"
    run(python, *_PIP, "install", "--only-binary", ":all:", "--require-hashes", "-r", pinned)
    run(python, *_PIP, "install", "--no-deps", "--no-index", wheel)
    run(python, *_PIP, "check")
    return installed_command(python.parent)


@pytest.fixture(scope="module")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with this site's content and nothing of the checkout beside it."""
    folder = tmp_path_factory.mktemp("site-folder")
    shutil.copytree(CHECKOUT / "content", folder / "content")
    return folder


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path, caches left out."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


@pytest.mark.parametrize(
    ("inside", "source"),
    [
        ("policygen/_bundled/templates/", "templates"),
        ("policygen/_bundled/locales/", "locales"),
    ],
)
def test_the_wheel_carries_every_template_and_catalogue(wheel: Path, inside: str, source: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        carried = {
            name.removeprefix(inside): archive.read(name)
            for name in archive.namelist()
            if name.startswith(inside)
        }
    expected = files_below(CHECKOUT / source)
    assert expected
    assert carried == expected


def test_the_wheel_carries_the_package_its_types_and_licence_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert "policygen/py.typed" in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"policygen"}
    modules = {f"policygen/{name}" for name in files_below(CHECKOUT / "policygen") if name.endswith(".py")}
    assert {name for name in names if name.endswith(".py")} == modules


def test_the_installed_wheel_builds_the_same_bytes_as_the_checkout(
    fresh_command: Path, site_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("PYTHON")]:
        monkeypatch.delenv(name)
    builds: dict[str, Build] = {
        "wheel": build_site(tmp_path / "wheel", site=site_folder, command=fresh_command),
        "checkout": build_site(tmp_path / "checkout", site=site_folder),
    }
    assert {name: build.failure for name, build in builds.items()} == {"wheel": None, "checkout": None}
    assert files_below(tmp_path / "wheel") == files_below(tmp_path / "checkout")


def test_the_installed_wheel_reads_its_own_templates(fresh_command: Path) -> None:
    question = "from policygen.resources import bundled_folder as f; print(f('templates'), f('locales'))"
    line = [str(fresh_command.with_name("python")), "-I", "-c", question]
    answer = subprocess.run(line, cwd="/", capture_output=True, text=True, check=True).stdout.split()
    environment = fresh_command.parent.parent
    assert all(Path(folder).is_dir() and Path(folder).is_relative_to(environment) for folder in answer)


def test_the_installed_wheel_brings_the_manual_of_findings(fresh_command: Path) -> None:
    line = [str(fresh_command), "explain", "unknown-key"]
    said = subprocess.run(line, cwd="/", capture_output=True, text=True, check=True).stdout
    assert said.startswith("unknown-key\n")
