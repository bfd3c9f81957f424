"""Whole builds: the same bytes everywhere, and a site's own templates, words, texts and order."""

from __future__ import annotations

import os
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from policygen.build import build
from policygen.site import SiteFolder
from tests.page_source import source_of
from tests.site_under_test import CHECKOUT
from tests.small_site import EN, POLICY, SETTINGS, VI, files_of, pages, policy, released_site, result_of, run

# --- the same bytes everywhere


@pytest.fixture(scope="module")
def real_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real") / "site-folder"
    shutil.copytree(CHECKOUT / "content", folder / "content")
    return folder


@pytest.fixture(scope="module")
def reference(real_content: Path) -> dict[str, bytes]:
    done = run(real_content, "build", environment={"PYTHONHASHSEED": "0"})
    assert done.returncode == 0, done.stdout + done.stderr
    return files_of(real_content / "site")


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"TZ": "Pacific/Kiritimati"},
        {"LC_ALL": "C", "LANG": "C"},
        {"LC_ALL": "vi_VN.UTF-8", "LANGUAGE": "vi"},
        {"PYTHONUTF8": "0", "LC_ALL": "POSIX"},
        {"NO_COLOR": "1", "HOME": "/nonexistent"},
    ],
    ids=str,
)
def test_the_surroundings_change_no_byte(
    environment: dict[str, str], real_content: Path, reference: dict[str, bytes], tmp_path: Path
) -> None:
    done = run(real_content, "build", "--output", str(tmp_path / "out"), environment=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert files_of(tmp_path / "out") == reference


def test_the_umask_and_another_folder_change_no_byte(
    real_content: Path, reference: dict[str, bytes], tmp_path: Path
) -> None:
    moved = tmp_path / "một thư mục"
    shutil.copytree(real_content / "content", moved / "content")
    before = os.umask(0o077)
    try:
        assert run(tmp_path, "build", "--site", moved.name, "--output", "out").returncode == 0
    finally:
        os.umask(before)
    assert files_of(tmp_path / "out") == reference
    assert (tmp_path / "out/index.html").stat().st_mode & 0o777 == 0o644


def test_a_second_build_changes_no_byte_and_writes_nothing(
    real_content: Path, reference: dict[str, bytes]
) -> None:
    assert " 0 removed" in run(real_content, "build").stderr
    assert "(0 written" in run(real_content, "build").stderr
    assert files_of(real_content / "site") == reference


def test_the_day_of_the_build_is_on_no_page(tmp_path: Path) -> None:
    folder = released_site(tmp_path)
    built = [build(SiteFolder(folder), lambda _, day=day: date(2027, 1, day)).pages for day in (1, 2)]  # type: ignore[misc] # the loop's day
    assert built[0] == built[1]


# --- the site's own templates and words


def test_a_template_of_the_site_shadows_ours_and_no_other(tmp_path: Path) -> None:
    before = pages(tmp_path)
    after = pages(
        tmp_path, {"templates/list.html": "{% extends 'layout.html' %}{% block main %}mine{% endblock %}"}
    )
    assert "mine" in after["en/index.html"]
    assert {path for path in before if before[path] != after[path]} == {"en/index.html", "vi/index.html"}


def test_a_template_of_the_site_can_extend_the_one_it_shadows(tmp_path: Path) -> None:
    own = "{% extends 'policygen/policy.html' %}{% block main %}<p>Before.</p>{{ super() }}{% endblock %}"
    page = pages(tmp_path, {"templates/policy.html": own})[EN]
    assert page.index("<p>Before.</p>") < page.index('id="contact"')


def test_a_section_of_the_site_shadows_ours(tmp_path: Path) -> None:
    page = pages(
        tmp_path, {"templates/sections/purposes.html": "<p>{{ policy.purposes[0].id }}, in our way</p>"}
    )[EN]
    assert "<p>analytics, in our way</p>" in page


def test_what_a_template_prints_is_escaped_and_what_it_may_not_touch_is_out_of_reach(tmp_path: Path) -> None:
    page = pages(tmp_path, {"templates/sections/purposes.html": "{{ '<b>' ~ policy.purposes[0].id }}"})[EN]
    assert "&lt;b&gt;analytics" in page
    result = result_of(tmp_path, {"templates/sections/purposes.html": "{{ policy.__class__.__mro__ }}"})
    assert [finding.code for finding in result.findings] == ["template-error"]
    assert result.pages == ()


def test_every_broken_template_is_found_in_one_run(tmp_path: Path) -> None:
    broken: dict[str, str | bytes] = {
        "templates/list.html": "{% if %}",
        "templates/sections/never-used.html": "{{",
    }
    found = result_of(tmp_path, {**broken, **policy("colour: red\n")}).findings
    assert {(finding.code, finding.place.path) for finding in found} == {
        ("template-error", "templates/list.html"),
        ("template-error", "templates/sections/never-used.html"),
        ("unknown-key", "content/music/policy.yaml"),
    }


def test_a_catalogue_of_the_site_replaces_the_messages_it_has(tmp_path: Path) -> None:
    before = pages(tmp_path)
    own = 'msgid "Contents"\nmsgstr "{}"\n'
    after = pages(
        tmp_path,
        {
            "locales/vi/LC_MESSAGES/policygen.po": own.format("Trong trang này"),
            "locales/en/LC_MESSAGES/policygen.po": own.format("On this page"),
        },
    )
    assert ">On this page<" in after[EN]
    assert ">Trong trang này<" in after[VI]
    assert after[VI].replace("Trong trang này", "Mục lục") == before[VI]


# --- texts


def test_a_text_that_is_missing_stands_in_the_other_language_and_says_so(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/site.yaml": SETTINGS.replace("Policies", "{en: Our <policies>}") + "fallback: notice\n",
        **policy(
            "definitions: [{id: track, label: {en: track}, meaning: {en: A *song*.}}]\n"
            "extra: [{id: coins, title: {en: 'Coins & gifts'}, text: {en: We mint them.}}]\n"
        ),
    }
    built = pages(tmp_path, files)
    assert 'class="notice"' not in built[EN]
    assert re.search(r'class="notice">[^<]*tiếng Anh', built[VI], re.IGNORECASE)
    assert '<span lang="en" dir="auto">' in built[VI]
    assert re.search(r'<div lang="en" dir="auto"><p>A <em>song</em>', built[VI])
    assert "– Our &lt;policies&gt;</title>" in built[VI]
    assert "“Coins &amp; gifts”" in built[VI]


def test_a_shared_text_may_be_in_the_site_s_language_where_the_policy_has_another(tmp_path: Path) -> None:
    shared = "shared:\n  recipients: [{id: host, label: {en: hosting company}}]\n"
    files: dict[str, str | bytes] = {
        "content/site.yaml": SETTINGS.replace("[en, vi]", "[en, vi, fr]") + "fallback: notice\n" + shared,
        "content/music/policy.yaml": POLICY + "language: vi\nrecipients: [{use: host}]\n",
        "locales/fr/LC_MESSAGES/policygen.po": b"",
    }
    found = {finding.code for finding in result_of(tmp_path, files).findings}
    assert found == {"catalogue-incomplete"}  # French words aren't the point
    files["content/site.yaml"] = SETTINGS + "fallback: notice\n" + shared
    assert 'lang="en" dir="auto">hosting company' in pages(tmp_path / "two", files)[VI]


def test_a_plain_text_is_the_same_in_every_language(tmp_path: Path) -> None:
    built = pages(tmp_path, policy("controller: {address: 1 Tràng Tiền}\n"))
    assert ">1 Tràng Tiền<" in built[EN]
    assert ">1 Tràng Tiền<" in built[VI]
    assert 'class="notice"' not in built[EN] + built[VI]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "This policy offers customers no choices."),
        ("reader: you\n", "This policy offers you no choices."),
        ("reader: user\n", "This policy offers users no choices."),
    ],
)
def test_the_reader_is_called_what_the_policy_says_or_else_the_settings(
    more: str, said: str, tmp_path: Path
) -> None:
    files: dict[str, str | bytes] = {"content/site.yaml": SETTINGS + "reader: customer\n"}
    assert said in pages(tmp_path, {**files, **policy("choices: none\n" + more)})[EN]


# --- addresses


def test_services_whose_addresses_differ_in_case_only_are_refused(tmp_path: Path) -> None:
    found = result_of(tmp_path, {"content/Music/policy.yaml": POLICY}).findings
    assert sorted(finding.code for finding in found) == ["bad-slug", "duplicate-address", "duplicate-address"]


@pytest.mark.parametrize("name", ["en", "vi", "404", "index", "sitemap"])
def test_a_service_can_t_have_an_address_of_the_site_itself(name: str, tmp_path: Path) -> None:
    found = result_of(tmp_path, {f"content/{name}/policy.yaml": POLICY}).findings
    assert [finding.code for finding in found] == ["duplicate-address"]


@pytest.mark.parametrize("name", ["con", "aux", "lpt9", "ö", "\udcff", "a\nb", "a."])
def test_a_service_can_t_have_a_name_that_some_system_can_t(name: str, tmp_path: Path) -> None:
    found = result_of(tmp_path, {f"content/{name}/policy.yaml": POLICY}).findings
    assert [finding.code for finding in found] == ["bad-slug"]


def test_no_id_stands_on_a_page_twice(tmp_path: Path) -> None:
    rights = (
        "rights:\n  - {id: gdpr, rights: [access]}\n  - {id: ccpa, rights: [{id: ccpa_access, is: access}]}\n"
    )
    for path, content in pages(tmp_path, policy(rights)).items():
        if path.endswith(".html"):
            ids = source_of(content).ids
            assert len(ids) == len(set(ids)), path


def test_all_findings_of_all_files_come_in_one_run(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/site.yaml": SETTINGS.replace("url: https://policies.example/\n", "") + "timezone: Mars\n",
        "content/music/policy.yaml": POLICY + "colour: red\n",
        "content/film/policy.yaml": "format: 1\nservice: {name: Film\n",
        "locales/vi/LC_MESSAGES/policygen.po": 'msgid "Contents"\nmsgstr "x\n',
    }
    codes = sorted(finding.code for finding in result_of(tmp_path, files).findings)
    assert codes == ["bad-timezone", "catalogue-syntax", "missing-key", "unknown-key", "yaml-syntax"]
