"""`policygen new`: one more service, from the example or from another service, and nothing overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygen.scaffold.answers import AnswerProblem
from policygen.scaffold.like import like_text, name_of
from policygen.source import parse
from tests.small_site import files_of, make_site, read_site, run

SHOP = "content/shop/policy.yaml"
OLD = """\
# Our first one.
format: 1

service: {name: "Old: Shop", kinds: [shop]} # what it is
# Where it was.
formerly:
  - store
  - market

# When it ended.
discontinued: 2026-01-31
# What is collected.
data:
  # Only this.
  - {id: account, items: [email]}
"""


def codes(folder: Path) -> list[str]:
    return [f.code for f in read_site(folder)[1] if f.severity == "error"]


def test_a_new_service_is_explained_and_builds_at_once(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    assert run(site, "new", "shop").returncode == 0
    text = (site / SHOP).read_text(encoding="utf-8")
    assert "\n  name: Shop\n" in text
    assert "# The company that answers for the data." in text
    assert run(site, "build").returncode == 0
    assert (site / "site/en/shop/index.html").is_file()


def test_a_new_service_is_explained_in_the_author_s_language(tmp_path: Path) -> None:
    run(make_site(tmp_path), "new", "shop", "--lang", "vi", "--name", "Cửa Hàng", "--kind", "shop")
    text = (tmp_path / SHOP).read_text(encoding="utf-8")
    assert "# Công ty chịu trách nhiệm về dữ liệu." in text
    assert "name: Cửa Hàng" in text
    assert "kinds: [shop]" in text


def test_a_new_service_takes_over_what_the_site_shares(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "--yes", "--email", "us@firm.example", today=None).returncode == 0
    assert run(tmp_path, "new", "shop").returncode == 0
    assert "use: company" in (tmp_path / SHOP).read_text(encoding="utf-8")
    assert run(tmp_path, "build").returncode == 0
    assert "us@firm.example" in (tmp_path / "site/en/shop/index.html").read_text(encoding="utf-8")


def test_shared_facts_that_do_not_fit_are_not_taken_over(tmp_path: Path) -> None:
    settings = """\
format: 1
name: Policies
url: https://policies.example/
languages: [en]
shared:
  contacts: [{id: privacy, email: a@b.example}]
  rights: [{id: common, rights: [access], contact: [nobody]}]
"""
    site = make_site(tmp_path, {"content/site.yaml": settings})
    assert run(site, "new", "shop").returncode == 0
    text = (site / SHOP).read_text(encoding="utf-8")
    assert "use: privacy" in text
    assert "use: common" not in text
    assert codes(site) == []


# --- like another


def test_a_service_like_another_keeps_its_facts_and_comments_under_its_own_name(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/old/policy.yaml": OLD})
    assert run(site, "new", "shop", "--like", "old", "--name", "New #1").returncode == 0
    assert (
        (site / SHOP).read_text(encoding="utf-8")
        == """\
# Our first one.
format: 1

service: {name: "New #1", kinds: [shop]} # what it is
# Where it was.

# When it ended.
# What is collected.
data:
  # Only this.
  - {id: account, items: [email]}
"""
    )
    assert codes(site) == []


def test_the_name_is_made_from_the_folder_s_if_it_is_not_given(tmp_path: Path) -> None:
    run(make_site(tmp_path), "new", "my-second_shop", "--like", "music")
    assert "name: My Second Shop," in (tmp_path / "content/my-second_shop/policy.yaml").read_text(
        encoding="utf-8"
    )
    assert name_of("a-b_c") == "A B C"


@pytest.mark.parametrize(
    "text",
    [
        "format: 1\nservice:\n  name: >-\n    Old\n    Shop\n",
        "{format: 1, service: {name: Old}, formerly: [store]}\n",
        "format: 1\nservice: &s {name: &n Old}\nextra: [{id: a, title: *n}]\n",
    ],
)
def test_a_text_that_can_t_be_taken_over_faithfully_is_refused(text: str) -> None:
    data, findings = parse(text, "x")
    assert findings == ()
    assert data
    with pytest.raises(AnswerProblem, match="written in a way that can't be taken over"):
        like_text(text, "x", "New")


def test_a_like_service_that_can_t_be_read_is_one_line(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/old/policy.yaml": "format: [1\n"})
    done = run(site, "new", "shop", "--like", "old")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "content/old/policy.yaml can't be read" in done.stderr
    assert not (site / SHOP).exists()


# --- what can't be: one clear line, nothing written


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["my shop"], "`my shop` can't be a folder and an address"),
        ([".."], "`..` can't be a folder and an address"),
        (["../shop"], "`../shop` can't be a folder and an address"),
        (["/tmp/shop"], "`/tmp/shop` can't be a folder and an address"),
        (["Shop"], "as in `shop`"),
        (["cửa-hàng"], "as in `cua-hang`"),
        ([""], "an argument is empty"),
        (["vi"], "belongs to the site itself"),
        (["feed"], "belongs to the site itself"),
        (["aux"], "Windows can't have a folder `aux`"),
        (["music"], "there is a service `music` already"),
        (["store"], "the address /store/ leads to `old`"),
        (["shop", "--like", "nobody"], "the services are: music, old"),
        (["shop", "--like", "old", "--kind", "app"], "don't go together"),
        (["shop", "--kind", "nonsense"], "is no kind of service"),
        (["shop", "--name", "none"], "means in a policy that there is none"),
    ],
)
def test_what_can_t_be_is_one_line_and_nothing_is_written(
    words: list[str], said: str, tmp_path: Path
) -> None:
    site = make_site(tmp_path, {"content/old/policy.yaml": OLD})
    before = files_of(site)
    done = run(site, "new", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) <= 2
    assert files_of(site) == before


def test_a_folder_that_holds_only_releases_is_not_taken_over(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/shop/releases/2026-11-01-1/release.json": "{}"})
    assert "there is a service `shop` already" in run(site, "new", "shop").stderr


def test_settings_that_can_t_be_read_are_findings(tmp_path: Path) -> None:
    done = run(make_site(tmp_path, {"content/site.yaml": "name: x\n  y: z\n"}), "new", "shop")
    assert done.returncode == 1
    assert "content/site.yaml" in done.stdout
    assert not (tmp_path / SHOP).exists()


def test_outside_a_site_it_says_where_to_run(tmp_path: Path) -> None:
    done = run(tmp_path, "new", "shop")
    assert done.returncode == 2
    assert "is not a policygen site" in done.stderr
