"""The deploy recipes: linted, pinned, with the least rights, and their commands run as the host would.

In a clean environment with the wheel in a folder, where a host has its index. What only a host can do is not
run: its actions, and the publishing itself.
"""

from __future__ import annotations

import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from policygen import __version__
from policygen.scaffold.answers import HOSTS, Answers
from policygen.scaffold.pins import COMPLETE, REQUIREMENTS, own_hash
from policygen.scaffold.recipes import site_files
from policygen.source import Data, parse
from policygen.vocabulary import VOCABULARIES
from tests.site_under_test import CHECKOUT, TODAY, installed_command
from tests.small_site import files_of

WORKFLOW = ".github/workflows/policies.yml"
ON_GITHUB = ("github-pages", "netlify", "cloudflare-pages")
WITH_HEADERS = ("netlify", "cloudflare-pages")
BASE = "https://somebody.example/policies"
EPOCH = str(1795219200)  # 2026-11-21, for commands without --today
_PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")


def files_for(host: str) -> dict[str, str]:
    """Every file that `init` writes for a host."""
    return {path: text.decode() for path, text in site_files(replace(Answers(), deploy=host), "en").items()}


def workflow(host: str) -> dict[str, Data]:
    return _mapping(_read(files_for(host)[WORKFLOW]))


def jobs(host: str) -> dict[str, dict[str, Data]]:
    return {name: _mapping(job) for name, job in _mapping(workflow(host)["jobs"]).items()}


def steps(job: Mapping[str, Data]) -> list[dict[str, Data]]:
    listed = job["steps"]
    assert isinstance(listed, list)
    return [_mapping(step) for step in listed]


def _read(text: str) -> Data:
    data, findings = parse(text, "")
    assert findings == ()
    return data


def _mapping(data: Data) -> dict[str, Data]:
    assert isinstance(data, dict)
    return data


# --- what they say


@pytest.mark.parametrize("host", ON_GITHUB)
def test_a_workflow_is_without_a_finding_of_the_strictest_linter(host: str, tmp_path: Path) -> None:
    (tmp_path / WORKFLOW).parent.mkdir(parents=True)
    (tmp_path / WORKFLOW).write_text(files_for(host)[WORKFLOW], encoding="utf-8")
    zizmor = Path(sys.executable).with_name("zizmor")
    line = [str(zizmor), "--offline", "--persona", "auditor", "--no-progress", str(tmp_path / WORKFLOW)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_linter_would_have_seen_a_loose_version(tmp_path: Path) -> None:
    loose = re.sub(r"actions/checkout@\w+ # ", "actions/checkout@", files_for("netlify")[WORKFLOW])
    (tmp_path / "loose.yml").write_text(loose, encoding="utf-8")
    zizmor = Path(sys.executable).with_name("zizmor")
    line = [str(zizmor), "--offline", "--no-progress", str(tmp_path / "loose.yml")]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "unpinned-uses" in done.stdout


@pytest.mark.parametrize("host", ON_GITHUB)
def test_every_action_is_pinned_by_its_commit_with_its_version_behind_it(host: str) -> None:
    text = files_for(host)[WORKFLOW]
    used = re.findall(r"uses: (.*)", text)
    assert used
    assert [each for each in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)] == []
    assert "Taken on 2026-" in text


def test_one_action_has_one_version_in_all_recipes() -> None:
    used = {each for host in ON_GITHUB for each in re.findall(r"uses: (.*)", files_for(host)[WORKFLOW])}
    assert len({each.partition("@")[0] for each in used}) == len(used)


def test_the_image_of_gitlab_is_pinned_by_its_digest() -> None:
    default = _mapping(_mapping(_read(files_for("gitlab-pages")[".gitlab-ci.yml"]))["default"])
    assert re.fullmatch(r"python:\d+\.\d+\.\d+-slim-\w+@sha256:[0-9a-f]{64}", str(default["image"]))


@pytest.mark.parametrize(
    ("host", "rights"),
    [
        (
            "github-pages",
            {
                "check": {"contents": "read"},
                "build": {"contents": "read", "pages": "read"},
                "deploy": {"pages": "write", "id-token": "write"},
            },
        ),
        ("netlify", {"check": {"contents": "read"}, "refresh": None}),
        ("cloudflare-pages", {"check": {"contents": "read"}, "deploy": {"contents": "read"}}),
    ],
)
def test_a_job_has_the_rights_it_needs_and_no_others(host: str, rights: dict[str, Data]) -> None:
    assert workflow(host)["permissions"] == {}
    assert {name: job.get("permissions") for name, job in jobs(host).items()} == rights


@pytest.mark.parametrize("host", ON_GITHUB)
def test_pull_requests_are_checked_and_main_is_built_once_a_week_besides(host: str) -> None:
    when = _mapping(workflow(host)["on"])
    assert "pull_request" in when
    assert when["schedule"] == [{"cron": "17 3 * * 1"}]
    # Netlify builds what is pushed itself.
    assert when.get("push") == (None if host == "netlify" else {"branches": ["main"]})
    for name, job in jobs(host).items():
        on_pull_requests = job.get("if") == "github.event_name == 'pull_request'"
        assert on_pull_requests == (name == "check")


@pytest.mark.parametrize("host", [host for host in HOSTS if host != "none"])
def test_no_secret_is_at_hand_where_a_pull_request_is_checked(host: str) -> None:
    if host in ON_GITHUB:
        assert "secrets." not in json.dumps(jobs(host)["check"])
    else:
        assert "TOKEN" not in files_for(host)[".gitlab-ci.yml"]


@pytest.mark.parametrize("host", WITH_HEADERS)
def test_redirects_lead_to_pages(host: str, tmp_path: Path) -> None:
    built = _built(host, tmp_path)
    rules = [line.split() for line in built["_redirects"].decode().splitlines() if line[0] != "#"]
    assert rules
    for source, target, status in rules:
        assert status == "302"
        assert f"{target.strip('/')}/index.html" in built
        assert f"{source.strip('/')}/index.html" not in built


def test_no_redirect_leads_to_itself() -> None:
    answers = replace(Answers(), deploy="netlify", service="privacy")
    assert b"/privacy /privacy/" not in site_files(answers, "en")["static/_redirects"]


@pytest.mark.parametrize("host", WITH_HEADERS)
def test_the_headers_say_what_the_pages_say_and_more(host: str, tmp_path: Path) -> None:
    built = _built(host, tmp_path)
    (headers,) = _headers(built["_headers"].decode()).values()
    served = _directives(headers["Content-Security-Policy"])
    pages = [text.decode() for path, text in built.items() if path.endswith(".html")]
    assert len(pages) > 5
    for page in pages:
        found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
        assert found
        assert _directives(found[1]).items() <= served.items()
        assert f'<meta name="referrer" content="{headers["Referrer-Policy"]}">' in page
    assert served["frame-ancestors"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "must-revalidate" in headers["Cache-Control"]


def _headers(text: str) -> dict[str, dict[str, str]]:
    """The headers of each path."""
    found: dict[str, dict[str, str]] = {}
    path = ""
    for line in text.splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            found[path][name] = value
        elif not line.startswith("#"):
            path = line
            found[path] = {}
    return found


def _directives(policy: str) -> dict[str, str]:
    return dict(directive.strip().partition(" ")[::2] for directive in policy.split(";"))


def _built(host: str, folder: Path) -> dict[str, bytes]:
    """The files of a new site for a host, released and built."""
    command = str(installed_command())
    for line in (
        ["init", "--yes", "--deploy", host],
        ["release", "--today", TODAY],
        ["build", "--today", TODAY],
    ):
        subprocess.run([command, *line, "--quiet"], cwd=folder, check=True, capture_output=True)
    return files_of(folder / "site")


@pytest.mark.parametrize(("url", "domain"), [
    ("https://privacy.firm.vn/", "privacy.firm.vn\n"),
    ("https://somebody.github.io/policies/", None),
    (Answers().url, None),
])  # fmt: skip
def test_github_pages_gets_what_it_reads_from_a_branch(url: str, domain: str | None) -> None:
    files = site_files(replace(Answers(), deploy="github-pages", url=url), "en")
    assert files["static/.nojekyll"] == b""
    assert files.get("static/CNAME") == (domain.encode() if domain else None)


# --- what they install


def test_everything_is_pinned_by_hash_and_comes_from_one_origin_that_can_be_named_in_one_place() -> None:
    text = files_for("netlify")[REQUIREMENTS]
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", "    --hash=sha256:"))]
    assert [re.fullmatch(r"[\w-]+==[\w.]+( ; .*)? \\", line) is not None for line in lines] == [True] * len(
        lines
    )
    names = {line.partition("==")[0] for line in lines}
    assert {"policygen", "babel", "jinja2", "livereload", "markdown", "pyyaml"} <= names
    assert "hatchling" not in names
    assert set(re.findall(r"https?://([^/\s]+)", text)) == {"packages.example.com"}


@pytest.mark.parametrize("host", [host for host in HOSTS if host != "none"])
def test_nothing_is_installed_but_by_hash(host: str) -> None:
    recipe = "".join(text for path, text in files_for(host).items() if path.endswith((".yml", ".toml")))
    installs = re.findall(r"pip install.*", recipe)
    assert installs
    for line in installs:
        assert "--require-hashes --only-binary :all: -r requirements-policygen.txt" in line


@pytest.mark.parametrize("host", [host for host in HOSTS if host != "none"])
def test_no_trace_that_comes_with_the_repository_is_believed(host: str) -> None:
    recipe = "".join(text for path, text in files_for(host).items() if path.endswith((".yml", ".toml")))
    calls = re.findall(r"policygen (?:build|check) (\S+)", recipe)
    assert {*calls} == {"--no-cache"}


def test_in_a_checkout_the_hash_is_missing_and_the_file_says_how_to_add_it() -> None:
    assert own_hash() is None
    text = files_for("netlify")[REQUIREMENTS]
    assert text.endswith(f"policygen=={__version__} \\\n")
    assert COMPLETE in text


# --- what they do: in a clean environment


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheels")
    offline = ("--no-build-isolation", "--no-deps", "--no-index")
    _run([sys.executable, *_PIP, "wheel", *offline, "--wheel-dir", str(folder), str(CHECKOUT)], CHECKOUT)
    return folder


@pytest.fixture(scope="module")
def author(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `policygen` of an author who installed the wheel from a file."""
    environment = tmp_path_factory.mktemp("author")
    _run([sys.executable, "-m", "venv", str(environment)], environment)
    python = str(environment / "bin/python")
    locked = str(CHECKOUT / "requirements/site.txt")
    _run([python, *_PIP, "install", "--only-binary", ":all:", "--require-hashes", "-r", locked], environment)
    _run([python, *_PIP, "install", "--no-deps", "--no-index", *map(str, wheels.glob("*.whl"))], environment)
    return environment / "bin/policygen"


@pytest.fixture(scope="module")
def site(author: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A released site without a recipe, as the author makes it."""
    folder = tmp_path_factory.mktemp("site-folder")
    _run([str(author), "init", "--yes"], folder)
    _run([str(author), "release", "--today", TODAY], folder)
    return folder


@pytest.fixture(scope="module")
def runner(author: Path, wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A machine of a host: Python and pip, policygen installed by the recipe's own command."""
    folder = tmp_path_factory.mktemp("runner")
    _run([sys.executable, "-m", "venv", str(folder / "environment")], folder)
    _run([str(author), "init", "--yes", "--deploy", "cloudflare-pages", str(folder / "site")], folder)
    install = next(step for step in steps(jobs("cloudflare-pages")["check"]) if "pip" in str(step.get("run")))
    _shell(str(install["run"]), folder / "site", _surroundings(folder, wheels))
    return folder


def _surroundings(runner: Path, wheels: Path) -> dict[str, str]:
    """What a host's machine has in its environment: its Python, and where pip finds things."""
    pip = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))}
    found = f"{pip.get('PIP_FIND_LINKS', '')} {wheels}".strip()
    path = f"{runner / 'environment/bin'}:/usr/bin:/bin"
    return {**pip, "PIP_FIND_LINKS": found, "PATH": path, "HOME": str(runner), "SOURCE_DATE_EPOCH": EPOCH}


def _run(line: list[str], folder: Path) -> None:
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"


def _shell(script: str, folder: Path, environment: Mapping[str, str], code: int = 0) -> str:
    """Run a step's script as a host does: in a shell that stops at the first failure."""
    line = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
    done = subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, f"{script}\n{done.stdout}{done.stderr}"
    return done.stdout


def _copy_for(host: str, site: Path, author: Path, folder: Path) -> Path:
    """The released site with the recipe of a host, as the author wrote it."""
    _run([str(author), "init", "--yes", "--deploy", host], folder)
    shutil.copytree(site / "content", folder / "content", dirs_exist_ok=True)
    return folder


def _run_job(job: Mapping[str, Data], folder: Path, environment: Mapping[str, str], code: int = 0) -> str:
    """Run the commands of a job; its actions are the host's. The last command ends with the code."""
    scripts = [step for step in steps(job) if "run" in step]
    shown = ""
    for step in scripts:
        given = {name: _filled(str(value)) for name, value in _mapping(step.get("env", {})).items()}
        last = step is scripts[-1]
        shown += _shell(str(step["run"]), folder, {**environment, **given}, code if last else 0)
    return shown


def _filled(value: str) -> str:
    values = {"${{ steps.pages.outputs.base_url }}": BASE}
    return values.get(value, value)


@pytest.mark.parametrize("host", ["github-pages", "netlify", "cloudflare-pages"])
def test_the_check_of_a_pull_request_passes_on_a_released_site(
    host: str, site: Path, author: Path, runner: Path, wheels: Path, tmp_path: Path
) -> None:
    folder = _copy_for(host, site, author, tmp_path)
    _run_job(jobs(host)["check"], folder, _surroundings(runner, wheels))
    assert not (folder / "site").exists()


def test_the_check_of_a_pull_request_puts_findings_at_their_lines(
    site: Path, author: Path, runner: Path, wheels: Path, tmp_path: Path
) -> None:
    folder = _copy_for("github-pages", site, author, tmp_path)
    policy = folder / "content/example/policy.yaml"
    policy.write_text(policy.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    shown = _run_job(jobs("github-pages")["check"], folder, _surroundings(runner, wheels), code=1)
    last = len(policy.read_text(encoding="utf-8").splitlines())
    assert f"::error file=content/example/policy.yaml,line={last},col=1," in shown


def test_the_check_of_a_pull_request_fails_on_a_text_that_is_not_released(
    site: Path, author: Path, runner: Path, wheels: Path, tmp_path: Path
) -> None:
    folder = _copy_for("github-pages", site, author, tmp_path)
    policy = folder / "content/example/policy.yaml"
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("#transfers", "transfers: none\n#x"), "utf-8"
    )
    shown = _run_job(jobs("github-pages")["check"], folder, _surroundings(runner, wheels), code=1)
    assert "::warning file=content/example/policy.yaml" in shown


@pytest.mark.parametrize(
    ("host", "job", "address"),
    [("github-pages", "build", f"{BASE}/"), ("cloudflare-pages", "deploy", Answers().url)],
)
def test_the_build_of_main_makes_the_site_at_the_address_of_the_host(
    host: str, job: str, address: str, site: Path, author: Path, runner: Path, wheels: Path, tmp_path: Path
) -> None:
    folder = _copy_for(host, site, author, tmp_path)
    _run_job(jobs(host)[job], folder, _surroundings(runner, wheels))
    assert f"<loc>{address}en/example/</loc>" in (folder / "site/sitemap.xml").read_text(encoding="utf-8")
    published = [step for step in steps(jobs(host)[job]) if "uses" in step][-1]
    assert "site" in str(_mapping(published["with"]))


@pytest.mark.parametrize(("host", "job"), [("github-pages", "build"), ("cloudflare-pages", "deploy")])
def test_a_site_that_is_not_released_is_not_published(
    host: str, job: str, author: Path, runner: Path, wheels: Path, tmp_path: Path
) -> None:
    _run([str(author), "init", "--yes", "--deploy", host], tmp_path)
    _run_job(jobs(host)[job], tmp_path, _surroundings(runner, wheels), code=1)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("context", "variable", "is_strict"), [("", "URL", True), ("deploy-preview", "DEPLOY_PRIME_URL", False)]
)
def test_netlify_builds_by_its_file(
    context: str, variable: str, is_strict: bool, site: Path, author: Path, runner: Path, wheels: Path,
    tmp_path: Path,
) -> None:  # fmt: skip
    folder = _copy_for("netlify", site, author, tmp_path)
    stated = tomllib.loads((folder / "netlify.toml").read_text(encoding="utf-8"))
    command = stated["context"][context]["command"] if context else stated["build"]["command"]
    environment = {**_surroundings(runner, wheels), variable: BASE}
    _shell(command, folder, environment)
    output = folder / stated["build"]["publish"]
    assert f"<loc>{BASE}/en/example/</loc>" in (output / "sitemap.xml").read_text(encoding="utf-8")
    assert {"_headers", "_redirects"} <= {file.name for file in output.iterdir()}
    shutil.rmtree(folder / "content/example/releases")
    _shell(command, folder, environment, code=1 if is_strict else 0)


def test_gitlab_checks_and_builds_by_its_file(
    site: Path, author: Path, runner: Path, wheels: Path, tmp_path: Path
) -> None:
    folder = _copy_for("gitlab-pages", site, author, tmp_path)
    stated = _mapping(_read((folder / ".gitlab-ci.yml").read_text(encoding="utf-8")))
    environment = {**_surroundings(runner, wheels), "CI_PAGES_URL": BASE}
    before = _mapping(stated["default"])["before_script"]
    for name in ("check", "pages"):
        lines = [*_texts(before), *_texts(_mapping(stated[name])["script"])]
        _shell("\n".join(lines), folder, environment)
    assert json.loads((folder / "gl-code-quality-report.json").read_text(encoding="utf-8")) == []
    assert _mapping(_mapping(stated["pages"])["artifacts"])["paths"] == ["public"]
    assert f"<loc>{BASE}/en/example/</loc>" in (folder / "public/sitemap.xml").read_text(encoding="utf-8")


def test_gitlab_shows_findings_at_their_lines(
    site: Path, author: Path, runner: Path, wheels: Path, tmp_path: Path
) -> None:
    folder = _copy_for("gitlab-pages", site, author, tmp_path)
    policy = folder / "content/example/policy.yaml"
    policy.write_text(policy.read_text(encoding="utf-8") + "colour: red\ncolor: red\n", encoding="utf-8")
    check = _mapping(_mapping(_read((folder / ".gitlab-ci.yml").read_text(encoding="utf-8")))["check"])
    shown = _shell("\n".join(_texts(check["script"])), folder, _surroundings(runner, wheels), code=1)
    assert "error[unknown-key]" in shown
    report = json.loads((folder / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    last = len(policy.read_text(encoding="utf-8").splitlines())
    assert [issue["location"] for issue in report] == [
        {"path": "content/example/policy.yaml", "lines": {"begin": line}} for line in (last - 1, last)
    ]
    assert {issue["severity"] for issue in report} == {"major"}
    assert {issue["check_name"] for issue in report} == {"unknown-key"}
    assert len({issue["fingerprint"] for issue in report}) == 2


def _texts(data: Data) -> list[str]:
    assert isinstance(data, list)
    return [str(each) for each in data]


@pytest.fixture
def hook() -> Iterator[tuple[str, list[bytes]]]:
    """A build hook on this machine: its address, and what was posted to it."""
    posted: list[bytes] = []

    class Hook(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(404 if self.path == "/gone" else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", posted
        server.shutdown()


def test_netlify_is_asked_to_build_once_a_week(hook: tuple[str, list[bytes]], tmp_path: Path) -> None:
    address, posted = hook
    (step,) = steps(jobs("netlify")["refresh"])
    (name,) = _mapping(step["env"])
    surroundings = {"PATH": os.environ["PATH"]}
    _shell(str(step["run"]), tmp_path, {**surroundings, name: f"{address}/build_hooks/1"})
    assert posted == [b"{}"]
    _shell(str(step["run"]), tmp_path, {**surroundings, name: f"{address}/gone"}, code=22)
    line = ["bash", "-e", "-c", str(step["run"])]
    done = subprocess.run(line, env={**surroundings, name: ""}, capture_output=True, text=True, check=False)
    assert "set the secret NETLIFY_BUILD_HOOK" in done.stderr
    assert done.returncode != 0


def test_an_announced_version_takes_effect_with_the_build_after_its_day(
    author: Path, runner: Path, wheels: Path, tmp_path: Path
) -> None:
    _run([str(author), "init", "--yes", "--deploy", "github-pages"], tmp_path)
    _run([str(author), "release", "--today", "2026-11-01"], tmp_path)
    policy = tmp_path / "content/example/policy.yaml"
    text = policy.read_text(encoding="utf-8").replace("\n  - support\n", "\n  - support\n  - analytics\n")
    policy.write_text(text, encoding="utf-8")
    _run([str(author), "release", "--today", "2026-11-02", "--effective", "2026-11-25"], tmp_path)
    page = tmp_path / "site/en/example/index.html"
    seen = []
    for day in ("1795219200", "1795651200"):  # 2026-11-21 and 2026-11-26
        environment = {**_surroundings(runner, wheels), "SOURCE_DATE_EPOCH": day}
        _run_job(jobs("github-pages")["build"], tmp_path, environment)
        seen.append(page.read_text(encoding="utf-8"))
    # Without its first letter, which is a capital where the label stands alone.
    new = escape(VOCABULARIES["purpose"]["analytics"].label)[1:]
    assert [new in page for page in seen] == [False, True]


def test_an_author_who_installed_the_wheel_has_its_hash(author: Path, wheels: Path, tmp_path: Path) -> None:
    import hashlib

    _run([str(author), "init", "--yes", "--deploy", "netlify"], tmp_path)
    (wheel,) = wheels.glob("*.whl")
    text = (tmp_path / REQUIREMENTS).read_text(encoding="utf-8")
    assert text.endswith(f"    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n")
    assert "incomplete" not in text


def test_an_incomplete_file_is_refused_and_one_line_completes_it(
    runner: Path, wheels: Path, tmp_path: Path
) -> None:
    whole = (runner / "site" / REQUIREMENTS).read_text(encoding="utf-8")
    (tmp_path / REQUIREMENTS).write_text(whole[: whole.rindex("    --hash=")], encoding="utf-8")
    environment = _surroundings(runner, wheels)
    install = f"python -m pip install --quiet --dry-run --ignore-installed --require-hashes -r {REQUIREMENTS}"
    done = subprocess.run(
        ["bash", "-c", install], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "Hashes are required" in done.stderr
    _shell(COMPLETE, tmp_path, environment)
    assert (tmp_path / REQUIREMENTS).read_text(encoding="utf-8") == "--hash=".join(
        whole.rsplit("    --hash=", 1)
    )
    _shell(install, tmp_path, environment)


def test_another_file_of_the_same_version_is_refused(runner: Path, wheels: Path, tmp_path: Path) -> None:
    whole = (runner / "site" / REQUIREMENTS).read_text(encoding="utf-8")
    own = whole.rindex("sha256:") + len("sha256:")
    (tmp_path / REQUIREMENTS).write_text(whole[:own] + "0" * 64 + "\n", encoding="utf-8")
    install = f"python -m pip install --quiet --dry-run --ignore-installed --require-hashes -r {REQUIREMENTS}"
    _shell(install, tmp_path, _surroundings(runner, wheels), code=1)


def test_the_wheel_carries_what_new_sites_are_made_from(author: Path, tmp_path: Path) -> None:
    for host in HOSTS:
        ours = _tree(files_for(host))
        _run([str(author), "init", "--yes", "--deploy", host, str(tmp_path / host)], tmp_path)
        theirs = _tree({path: text.decode() for path, text in files_of(tmp_path / host).items()})
        assert theirs == ours


def _tree(files: Mapping[str, str]) -> dict[str, str]:
    """The files, but for the hash that only an installed wheel knows."""
    return {path: text for path, text in files.items() if path != REQUIREMENTS} | dict.fromkeys(
        files.keys() & {REQUIREMENTS}, ""
    )
