"""`policygen release`, `status`, `verify` and `notice` as an author uses them: the real command, real git."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.site_under_test import CHECKOUT, TODAY
from tests.small_site import EN, files_of, make_site, run

POLICY = """\
format: 1
service: {name: Music}
data: [{id: account, items: [name, email]}]
retention: [{id: all, data: all, time: 12 months}]
"""
RELEASES = "content/music/releases"
WORDS = ("--summary", "en=Longer.", "--summary", "vi=Lâu hơn.")
REASON = ("--reason", "en=A mistake.", "--reason", "vi=Nhầm lẫn.")
GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=author", "-c", "user.email=author@music.example")
    environment = {**os.environ, **GIT}
    subprocess.run(("git", *who, *words), cwd=folder, env=environment, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "state")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was released and published on the first day of 2026."""
    folder = make_site(tmp_path, {"content/music/policy.yaml": POLICY})
    git(folder, "init", "--quiet")
    assert run(folder, "release", today="2026-01-01").returncode == 0
    commit(folder)
    return folder


def keep_longer(site: Path, months: int = 24) -> None:
    policy = site / "content/music/policy.yaml"
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("12 months", f"{months} months"), encoding="utf-8"
    )


def ids(site: Path) -> list[str]:
    return sorted(folder.name for folder in (site / RELEASES).iterdir())


def record(site: Path, id: str) -> dict[str, str]:
    read: dict[str, str] = json.loads((site / RELEASES / id / "release.json").read_text(encoding="utf-8"))
    return read


def test_a_first_release_is_whole_and_what_the_build_publishes(site: Path) -> None:
    assert sorted(path.name for path in (site / RELEASES / "2026-01-01-1").iterdir()) == [
        "changes.json", "en.html", "facts.json", "release.json", "vi.html",
    ]  # fmt: skip
    said = record(site, "2026-01-01-1")
    assert (said["recorded"], said["date"]) == ("2026-01-01", "2026-01-01")
    assert "effective" not in said
    assert run(site, "build", "--strict", today="2026-01-02").returncode == 0


def test_a_text_that_was_released_is_not_released_again(site: Path) -> None:
    done = run(site, "release", "music", today="2026-01-02")
    assert done.returncode == 2
    assert done.stderr.startswith("policygen: nothing to release")
    assert ids(site) == ["2026-01-01-1"]


def test_what_is_not_released_is_not_published_and_is_named(site: Path) -> None:
    keep_longer(site)
    done = run(site, "build", today="2026-01-02")
    assert done.returncode == 0
    assert "kept 24 months instead of 12 months" in done.stdout
    assert "12 months" in (site / "site" / EN).read_text(encoding="utf-8")
    assert "24 months" not in "".join(
        content.decode(errors="replace") for content in files_of(site / "site").values()
    )
    assert run(site, "check", "--strict", today="2026-01-02").returncode == 1
    assert run(site, "build", "--drafts", today="2026-01-02").returncode == 0
    assert "24 months" in (site / "site" / EN).read_text(encoding="utf-8")


def test_status_says_how_each_service_stands(site: Path) -> None:
    assert run(site, "status", today="2026-01-02").stdout == "music: released (2026-01-01-1)\n"
    keep_longer(site)
    lines = run(site, "status", today="2026-01-02").stdout.splitlines()
    assert lines[:2] == [
        "music: changed since 2026-01-01-1", "  All data: kept 24 months instead of 12 months",
    ]  # fmt: skip
    (told,) = json.loads(run(site, "status", "--format", "json", today="2026-01-02").stdout)
    assert (told["state"], told["changed"]) == ("changed since 2026-01-01-1", ["en", "vi"])


def test_an_unpublished_release_is_amended_and_a_published_one_is_not(site: Path) -> None:
    published = files_of(site / RELEASES)
    refused = run(site, "release", "--amend", "--undated", today="2026-01-02")
    assert refused.returncode == 2
    assert "is published already" in refused.stderr
    assert files_of(site / RELEASES) == published
    keep_longer(site)
    assert run(site, "release", *WORDS, today="2026-02-01").returncode == 0
    assert run(site, "release", "--amend", *WORDS, "--undated", today="2026-02-03").returncode == 0
    assert ids(site) == ["2026-01-01-1", "2026-02-03-1"]
    assert "date" not in record(site, "2026-02-03-1")
    assert run(site, "build", "--strict", today="2026-02-03").returncode == 0


def test_a_published_release_is_withdrawn_by_a_later_record(site: Path) -> None:
    keep_longer(site)
    later = ("release", "--effective", "2026-03-01", *WORDS)
    assert run(site, *later, today="2026-02-01").returncode == 0
    commit(site)
    assert run(site, "release", "--withdraws", "2026-02-01-1", today="2026-02-02").returncode == 2
    assert run(site, "release", "--withdraws", "2026-02-01-1", *REASON, today="2026-02-02").returncode == 0
    assert run(site, "build", today="2026-03-02").returncode == 0
    assert "12 months" in (site / "site" / EN).read_text(encoding="utf-8")
    withdrawn = (site / "site/en/music/history/2026-02-01-1/index.html").read_text(encoding="utf-8")
    assert "A mistake." in withdrawn


def test_a_summary_is_in_every_language_or_in_none(site: Path) -> None:
    keep_longer(site)
    done = run(site, "release", "--summary", "en=Longer.", today="2026-02-01")
    assert (done.returncode, ids(site)) == (2, ["2026-01-01-1"])
    assert "--summary vi=…" in done.stderr


@pytest.mark.parametrize("character", ["\x01", "\x1b", "\u2028", "\ufeff", "\udcff"])
def test_a_summary_holds_nothing_that_would_break_a_feed(character: str, site: Path) -> None:
    keep_longer(site)
    words = ("--summary", f"en=Longer{character}.", "--summary", "vi=Lâu hơn.")
    done = run(site, "release", *words, today="2026-02-01")
    assert (done.returncode, ids(site)) == (2, ["2026-01-01-1"])
    assert done.stderr.startswith(
        f"policygen: --summary en: no text may hold the character U+{ord(character):04X}\n"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Lon\u200bger.", "nobody sees the character U+200B (ZERO WIDTH SPACE)"),
        ("\u202eLonger.", "the character U+202E (RIGHT-TO-LEFT OVERRIDE) changes the order"),
        ("See us\u0435.example.", "in `us\u0435.example` U+0435 (CYRILLIC SMALL LETTER IE) looks like"),
    ],
)
def test_a_summary_reads_as_it_is(text: str, told: str, site: Path) -> None:
    keep_longer(site)
    done = run(site, "release", "--summary", f"en={text}", "--summary", "vi=Lâu hơn.", today="2026-02-01")
    assert (done.returncode, ids(site)) == (2, ["2026-01-01-1"])
    assert done.stderr.startswith(f"policygen: --summary en: {told}")


def test_a_material_change_on_short_notice_is_refused(site: Path) -> None:
    settings = site / "content/site.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "changes: {notice_days: 14}\n", encoding="utf-8"
    )
    keep_longer(site)
    done = run(site, "release", today="2026-02-01")
    assert (done.returncode, ids(site)) == (1, ["2026-01-01-1"])
    assert "error[short-notice]" in done.stdout
    assert run(site, "release", "--effective", "2026-02-15", today="2026-02-01").returncode == 0


def test_verify_finds_a_changed_byte_and_a_removed_release(site: Path) -> None:
    keep_longer(site)
    assert run(site, "release", today="2026-02-01").returncode == 0
    commit(site)
    text = site / RELEASES / "2026-01-01-1/en.html"
    whole = text.read_bytes()
    text.write_bytes(whole.replace(b"12 months", b"13 months", 1))
    for command in ("verify", "build", "check"):
        done = run(site, command, today="2026-02-02")
        assert done.returncode == 1, command
        assert "error[edited-release]" in done.stdout
        assert f"{RELEASES}/2026-01-01-1/en.html" in done.stdout
    text.write_bytes(whole)
    shutil.rmtree(site / RELEASES / "2026-02-01-1")
    assert run(site, "verify", today="2026-02-02").returncode == 0
    against = run(site, "verify", "--against", "HEAD", today="2026-02-02")
    assert against.returncode == 1
    assert "error[removed-release]" in against.stdout


def test_verify_knows_a_published_fingerprint(site: Path) -> None:
    done = run(site, "build", today="2026-01-02")
    assert done.returncode == 0
    page = (site / "site" / EN).read_text(encoding="utf-8")
    fingerprint = page.partition("<code>")[2].partition("</code>")[0]
    assert len(fingerprint) == 64
    assert run(site, "verify", "--against", fingerprint, today="2026-01-02").returncode == 0
    other = fingerprint.replace(fingerprint[0], "0" if fingerprint[0] != "0" else "1")
    assert run(site, "verify", "--against", other, today="2026-01-02").returncode == 1


def test_a_notice_is_written_in_each_language_from_the_same_changes(site: Path) -> None:
    keep_longer(site)
    assert run(site, "release", "--effective", "2026-03-01", *WORDS, today="2026-02-01").returncode == 0
    assert run(site, "notice", today="2026-02-01").returncode == 0
    files = files_of(site / "notices/music/2026-02-01-1")
    assert sorted(files) == [
        f"{tag}/{name}" for tag in ("en", "vi") for name in ("banner.html", "email.html", "email.txt")
    ]
    for tag, change in (("en", "kept 24 months instead of 12 months"), ("vi", "24 tháng thay vì 12 tháng")):
        for name in ("email.html", "email.txt"):
            assert change in files[f"{tag}/{name}"].decode()
        assert f"/{tag}/music/history/2026-02-01-1/" in files[f"{tag}/banner.html"].decode()


def test_the_subject_of_a_notice_is_one_line_whatever_the_service_is_called(site: Path) -> None:
    policy = site / "content/music/policy.yaml"
    name = '{name: "Music\\nBcc: everybody@music.example"}'
    policy.write_text(policy.read_text(encoding="utf-8").replace("{name: Music}", name), encoding="utf-8")
    words = ("--summary", "en=One.\n\nTwo.", "--summary", "vi=Ba.")
    assert run(site, "release", *words, today="2026-02-01").returncode == 0
    assert run(site, "notice", today="2026-02-01").returncode == 0
    lines = files_of(site / "notices/music/2026-02-01-1")["en/email.txt"].decode().splitlines()
    assert lines[:2] == ["Changes to the privacy policy of Music Bcc: everybody@music.example", ""]
    assert "One. Two." in lines


def test_a_word_of_a_template_is_found_in_all_five_policies(tmp_path: Path) -> None:
    shutil.copytree(CHECKOUT / "content", tmp_path / "content")
    assert run(tmp_path, "check", "--strict").returncode == 0
    own = tmp_path / "templates/policy/glance.html"
    own.parent.mkdir(parents=True)
    old = (CHECKOUT / "templates/policy/glance.html").read_text(encoding="utf-8")
    new = old.replace('_("At a glance")', '"At one glance"')
    assert new != old
    own.write_text(new, encoding="utf-8")
    done = run(tmp_path, "check", "--strict", "--format", "concise")
    assert done.returncode == 1
    for service in ("diijam", "harmix", "harmoni", "mix", "spotifinfo"):
        (line,) = [line for line in done.stdout.splitlines() if line.startswith(f"content/{service}/")]
        assert "[unreleased-change]" in line
        assert "one" in line, line


def test_the_five_policies_are_released_as_they_were_recorded() -> None:
    dates = {}
    for service in ("diijam", "harmix", "harmoni", "mix", "spotifinfo"):
        (first,) = sorted((CHECKOUT / f"content/{service}/releases").iterdir())
        said = json.loads((first / "release.json").read_text(encoding="utf-8"))
        assert said["recorded"] == TODAY
        dates[service] = said.get("date")
    assert dates == {
        "diijam": None, "harmix": None, "harmoni": None, "mix": None, "spotifinfo": "2023-04-30",
    }  # fmt: skip


def test_a_release_that_a_killed_run_has_set_aside_is_still_shown(site: Path) -> None:
    assert run(site, "build").returncode == 0
    before = files_of(site / "site")
    (released,) = (site / RELEASES).iterdir()
    released.rename(released.with_name(f".{released.name}.policygen-aside"))
    assert run(site, "build", "--strict").returncode == 0
    assert files_of(site / "site") == before
    assert run(site, "verify", "--strict").returncode == 0
