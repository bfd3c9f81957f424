"""The installed command as a user meets it: what it says, where, in which colours, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from policygen import __version__
from policygen.cli import main
from tests.site_under_test import TODAY, installed_command
from tests.small_site import POLICY, RELEASED, SETTINGS, files_of, make_site, released_site, run

_MISTAKE = {"content/music/policy.yaml": POLICY + "colour: red\n"}
_WARNING = {"content/music/policy.yaml": POLICY.replace("Music,", "Music, imprint: {en: x, vi: y, fr: z},")}
_CHANGE = {"content/music/policy.yaml": POLICY + "recipients: none\n"}
_DAMAGE = {f"content/music/releases/{RELEASED}-1/en.html": "<p>something else"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site without findings."""
    return released_site(tmp_path / "site-folder")


# --- what it teaches


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        (None, ["content/site.yaml", "releases/", "examples:", "Exit codes"]),
        ("build", ["--output DIR", "--drafts", "--strict", "--format"]),
        ("check", ["--strict", "--format"]),
        ("status", ["--strict", "--format"]),
        ("release", ["SERVICE", "--date", "--undated", "--effective", "--summary", "--import", "--amend"]),
        ("verify", ["--against", "--strict", "--format"]),
        ("notice", ["SERVICE", "--output"]),
    ],
)
def test_help_teaches(command: str | None, wanted: list[str], tmp_path: Path) -> None:
    shown = run(tmp_path, *([command] if command else []), "--help", today=None)
    assert shown.returncode == 0
    assert shown.stderr == ""
    for word in wanted + (["--site DIR", "--today DATE"] if command else []):
        assert word in shown.stdout


def test_version_is_the_package_s(tmp_path: Path) -> None:
    assert run(tmp_path, "--version", today=None).stdout == f"policygen {__version__}\n"


# --- how it ends


@pytest.mark.parametrize(
    ("files", "words", "code"),
    [
        ({}, ["check", "--strict"], 0),
        ({}, ["build", "--strict"], 0),
        ({}, ["status", "--strict"], 0),
        ({}, ["verify", "--strict"], 0),
        ({}, ["notice", "music"], 0),
        (_WARNING, ["check"], 0),
        (_WARNING, ["check", "--strict"], 1),
        (_WARNING, ["build", "--strict"], 1),
        (_WARNING, ["verify", "--strict"], 0),
        (_CHANGE, ["check"], 0),
        (_CHANGE, ["check", "--strict"], 1),
        (_CHANGE, ["build"], 0),
        (_CHANGE, ["build", "--strict"], 1),
        (_CHANGE, ["status"], 0),
        (_CHANGE, ["status", "--strict"], 1),
        (_CHANGE, ["release"], 0),
        (_DAMAGE, ["verify"], 1),
        (_DAMAGE, ["check"], 1),
        (_DAMAGE, ["release"], 1),
        (_MISTAKE, ["check"], 1),
        (_MISTAKE, ["build"], 1),
        (_MISTAKE, ["status"], 1),
        (_MISTAKE, ["release"], 1),
        (_MISTAKE, ["notice"], 1),
        ({}, ["release"], 2),
        ({}, ["release", "radio"], 2),
        ({}, ["release", "--undated", "--date", "2026-11-01"], 2),
        ({}, ["chek"], 2),
        ({}, ["build", "--formt", "text"], 2),
        ({}, ["build", "--format", "xml"], 2),
        ({}, ["check", "--output", "x"], 2),
        ({}, ["build", "--quiet", "--verbose"], 2),
        ({}, ["build", "--out", "x"], 2),
    ],
)
def test_the_exit_code_says_how_it_went(
    files: dict[str, str | bytes], words: list[str], code: int, tmp_path: Path
) -> None:
    done = run(released_site(tmp_path, files), *words)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_command_it_says_which_there_are(site: Path) -> None:
    done = subprocess.run([str(installed_command())], cwd=site, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "command" in done.stderr


# --- what goes wrong outside the site's facts: one line, never a traceback


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "--site", "nowhere"], "there is no folder nowhere"),
        (["check", "--site", "content"], "is not a policygen site"),
        (["check", "--today", "yesterday"], "is not a date"),
        (["check", "--today", "2026-02-30"], "is not a date"),
        (["build", "--output", "content"], "content"),
        (["build", "--output", "content/site.yaml"], "is a file"),
        (["build", "--output", "/"], "the root of the file system"),
        (["build", "--output", "."], "contains"),
        (["build", "--output", "/proc/policygen"], "can't write"),
    ],
)
def test_a_wrong_place_or_day_is_one_line_and_exit_code_2(words: list[str], said: str, site: Path) -> None:
    before = files_of(site)
    done = run(site, *words, today=None)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert files_of(site) == before


@pytest.mark.parametrize("epoch", ["soon", "1.5", "99999999999999999999", "-99999999999999"])
def test_a_bad_source_date_epoch_is_named(epoch: str, site: Path) -> None:
    done = run(site, "check", today=None, environment={"SOURCE_DATE_EPOCH": epoch})
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert f"SOURCE_DATE_EPOCH is not a number of seconds: '{epoch}'" in done.stderr


def test_source_date_epoch_is_today(tmp_path: Path) -> None:
    site = released_site(tmp_path, {"content/site.yaml": SETTINGS + "timezone: Asia/Ho_Chi_Minh\n"})
    last = "1793478600"  # 31 October 2026, 20:30 in UTC: 1 November in Vietnam, the day the release is from
    assert run(site, "check", today=None, environment={"SOURCE_DATE_EPOCH": last}).returncode == 0
    assert run(site, "check", today=None, environment={"SOURCE_DATE_EPOCH": "1793440800"}).returncode == 1


def test_a_file_that_can_t_be_read_is_named(site: Path) -> None:
    policy = site / "content/music/policy.yaml"
    policy.unlink()
    policy.mkdir()
    done = run(site, "check", "--format", "concise")
    assert done.returncode == 1
    assert "content/music/policy.yaml: error[missing-file]" in done.stdout


def test_a_file_that_the_machine_refuses_to_read_is_named(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site)
    (site / "content/music/policy.yaml").chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)  # root reads everything
    try:
        assert main(["check"]) == 2
    finally:
        os.seteuid(user)
    assert capsys.readouterr().err == "policygen: content/music/policy.yaml: Permission denied\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_can_t_show_a_letter_gets_its_number(encoding: str, tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/music/policy.yaml": POLICY + "điều: 1\n"})
    done = run(site, "check", environment={"PYTHONIOENCODING": encoding})
    assert done.returncode == 1
    assert "\\u0111" in done.stdout


@pytest.mark.parametrize("words", ["check", "build"])
def test_a_reader_who_leaves_early_changes_nothing(words: str, tmp_path: Path) -> None:
    site = make_site(tmp_path, _WARNING)
    read, write = os.pipe()
    os.close(read)
    line = [str(installed_command()), words, "--today", TODAY]
    done = subprocess.run(line, cwd=site, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (done.returncode, done.stderr.count("Error")) == (0, 0), done.stderr
    assert (site / "site/index.html").is_file() == (words == "build")


@pytest.mark.parametrize("closed", ["1>&-", "2>&-", "1>&- 2>&-"])
def test_closed_streams_change_nothing(closed: str, tmp_path: Path) -> None:
    site = make_site(tmp_path, _WARNING)
    line = f"'{installed_command()}' build --today {TODAY} {closed}"
    done = subprocess.run(["bash", "-c", line], cwd=site, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert (site / "site/index.html").is_file()


@pytest.mark.parametrize(
    ("words", "full", "code"),
    [
        ("build", ">", 2),
        ("build", "2>", 2),
        ("build", "&>", 2),
        ("check", ">", 2),
        ("check --format json", ">", 2),
        ("--version", ">", 2),
        ("--version", "2>", 0),
        ("--help", ">", 2),
        ("build --help", ">", 2),
        ("explain bad-slug", ">", 2),
        ("completion bash", ">", 2),
        ("chek", "2>", 2),
    ],
)
def test_what_can_t_be_told_is_a_broken_machine(words: str, full: str, code: int, tmp_path: Path) -> None:
    site = make_site(tmp_path, _WARNING)
    for _ in range(2):  # the second build has nothing to do
        line = ["bash", "-c", f"'{installed_command()}' {words} {full}/dev/full"]
        done = subprocess.run(line, cwd=site, capture_output=True, text=True, check=False)
        assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
        if full == ">":
            assert done.stderr == "policygen: standard output: No space left on device\n"


# --- what it says


def test_findings_are_on_standard_output_and_the_rest_beside_it(tmp_path: Path) -> None:
    done = run(make_site(tmp_path, _MISTAKE), "check")
    assert done.stdout.startswith(
        "error[unknown-key]: unknown key `colour`\n --> content/music/policy.yaml:6:1\n"
    )
    assert done.stderr == "1 error in 1 file\n"


def test_each_format_says_the_same(tmp_path: Path) -> None:
    site = make_site(tmp_path, _MISTAKE)
    shown = {style: run(site, "check", "--format", style).stdout for style in ("concise", "json", "github")}
    assert shown["concise"] == "content/music/policy.yaml:6:1: error[unknown-key] unknown key `colour`\n"
    (found,) = json.loads(shown["json"])
    assert (found["code"], found["path"], found["line"], found["column"]) == (
        "unknown-key", "content/music/policy.yaml", 6, 1,
    )  # fmt: skip
    assert shown["github"].startswith("::error ")


def test_json_without_findings_is_an_empty_list(site: Path) -> None:
    assert json.loads(run(site, "check", "--format", "json").stdout) == []


def test_quiet_shows_findings_only_and_verbose_names_every_file(site: Path) -> None:
    assert run(site, "check", "--quiet").stderr == ""
    told = run(site, "build", "--verbose")
    assert "wrote en/music/index.html\n" in told.stderr
    assert told.stdout == ""
    again = run(site, "build").stderr
    assert "0 written" in again
    assert "0 removed" in again


def test_a_service_that_goes_takes_its_pages_with_it(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/film/policy.yaml": POLICY})
    run(site, "build")
    (site / "content/film/policy.yaml").unlink()
    done = run(site, "build", "-v")
    assert "removed en/film/index.html\n" in done.stderr
    assert not (site / "site/en/film").exists()


def test_a_page_that_somebody_changed_is_kept_and_named(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/film/policy.yaml": POLICY})
    run(site, "build")
    (site / "site/en/film/index.html").write_text("mine", encoding="utf-8")
    (site / "content/film/policy.yaml").unlink()
    assert "kept en/film/index.html: it was changed by hand" in run(site, "build").stderr


def test_check_status_and_verify_write_nothing(site: Path) -> None:
    before = files_of(site)
    assert run(site, "check").returncode == 0
    assert run(site, "status").returncode == 0
    assert run(site, "verify").returncode == 0
    assert files_of(site) == before


# --- the last good site


@pytest.mark.parametrize(
    "files",
    [
        _MISTAKE,
        {"content/music/policy.yaml": "{"},
        {"content/site.yaml": "format: 1\n"},
        {"templates/policy.html": "{% if %}"},
        {"templates/policy.html": "{{ nothing.there }}"},
        {"locales/vi/LC_MESSAGES/policygen.po": 'msgid "Contents"\nmsgstr "{x}"\n'},
    ],
)
def test_errors_leave_the_last_good_site_byte_for_byte(files: dict[str, str | bytes], site: Path) -> None:
    assert run(site, "build").returncode == 0
    before = files_of(site / "site")
    make_site(site, files)
    assert run(site, "build").returncode == 1
    assert files_of(site / "site") == before


def test_a_site_can_be_named_from_anywhere(site: Path, tmp_path: Path) -> None:
    done = run(tmp_path, "build", "--site", "site-folder", "--output", "out")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out/en/music/index.html").is_file()
    assert not (site / "site").exists()
    assert run(tmp_path, "build", "--site", "site-folder").returncode == 0
    assert files_of(site / "site").keys() == files_of(tmp_path / "out").keys()
