"""`make audit`: what it says of pinned packages, and that it never calls fine what nobody has looked at."""

from __future__ import annotations

import http.server
import json
import re
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.site_under_test import CHECKOUT

FINE, KNOWN, NOT_AUDITED = 0, 1, 3
PINS = {
    "requirements/run.txt": "jinja2==3.1.6 \\\n    --hash=sha256:00\n",
    "requirements/test.txt": "jinja2==3.1.6 \\\n    --hash=sha256:00\nruamel.yaml==0.18 ; os_name > 'nt'\n",
    "benchmarks/peers/eleventy/package-lock.json": json.dumps(
        {"packages": {"": {}, "node_modules/a/node_modules/@b/c": {"version": "1.2.3"}}}
    ),
}


def pins(folder: Path) -> Path:
    for path, text in PINS.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def audit(*words: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, str(CHECKOUT / "tools/audit.py"), *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False, timeout=60)


@contextmanager
def service(answer: bytes, status: int = 200) -> Iterator[tuple[str, list[bytes]]]:
    """One that gives that answer, and what it was asked."""
    asked: list[bytes] = []

    class Service(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/querybatch", asked
        server.shutdown()


def test_every_pinned_version_is_asked_for_once(tmp_path: Path) -> None:
    with service(b'{"results": [{}, {}, {}]}') as (url, asked):
        done = audit("--root", pins(tmp_path), "--service", url)
    assert (done.returncode, done.stdout) == (FINE, "3 packages audited, 0 with known vulnerabilities\n")
    assert json.loads(asked[0])["queries"] == [
        {"package": {"ecosystem": "PyPI", "name": "jinja2"}, "version": "3.1.6"},
        {"package": {"ecosystem": "PyPI", "name": "ruamel-yaml"}, "version": "0.18"},
        {"package": {"ecosystem": "npm", "name": "@b/c"}, "version": "1.2.3"},
    ]


def test_all_that_is_pinned_here_is_asked_for() -> None:
    with service(b'{"results": []}') as (url, asked):
        audit("--service", url)
    names = {query["package"]["name"] for query in json.loads(asked[0])["queries"]}
    assert {"babel", "jinja2", "hatchling", "pytest", "hugo", "uv", "@11ty/eleventy"} <= names
    texts = [file.read_text(encoding="utf-8") for file in CHECKOUT.glob("requirements/*.txt")]
    pinned = {name for text in texts for name in re.findall(r"^([\w-]+)==", text, re.MULTILINE)}
    assert pinned - names == set()


def test_what_is_known_fails_the_audit_by_its_id(tmp_path: Path) -> None:
    answer = {
        "results": [{"vulns": [{"id": "GHSA-1"}, {"id": "PYSEC-2"}]}, {}, {"vulns": [{"id": "GHSA-3"}]}]
    }
    with service(json.dumps(answer).encode()) as (url, _):
        done = audit("--root", pins(tmp_path), "--service", url)
    assert done.returncode == KNOWN
    assert done.stdout.splitlines() == [
        "PyPI jinja2 3.1.6: GHSA-1, PYSEC-2",
        "npm @b/c 1.2.3: GHSA-3",
        "3 packages audited, 2 with known vulnerabilities",
    ]


@pytest.mark.parametrize(
    ("answer", "status", "reason"),
    [
        (b'{"results": [{}]}', 200, "answered for 1 of them"),
        (b"<html>Sign in to the network</html>", 200, "gave no answer that can be read"),
        (b'{"results": {"a": 1, "b": 2, "c": 3}}', 200, "gave no answer that can be read"),
        (b"[]", 200, "gave no answer that can be read"),
        (b"{}", 200, "gave no answer that can be read"),
        (b"", 503, "can't be asked (HTTP Error 503: Service Unavailable)"),
        (b"", 404, "can't be asked (HTTP Error 404: Not Found)"),
    ],
)
def test_an_answer_that_is_none_is_not_taken_for_fine(
    answer: bytes, status: int, reason: str, tmp_path: Path
) -> None:
    with service(answer, status) as (url, _):
        done = audit("--root", pins(tmp_path), "--service", url)
    assert (done.returncode, done.stdout) == (NOT_AUDITED, "")
    assert done.stderr == f"not audited: 3 packages: {url} {reason}\n"


def test_without_a_network_it_says_in_one_line_that_nothing_was_audited(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        done = audit("--root", pins(tmp_path), "--service", f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert (done.returncode, done.stdout) == (NOT_AUDITED, "")
    assert re.fullmatch(r"not audited: 3 packages: http://\S+ can't be asked \(.+\)\n", done.stderr)


# --- offline


def affected(name: str, ecosystem: str = "PyPI", **more: object) -> Mapping[str, object]:
    return {"package": {"ecosystem": ecosystem, "name": name}, **more}


def turns(*events: Mapping[str, str], kind: str = "ECOSYSTEM") -> list[Mapping[str, object]]:
    return [{"type": kind, "events": list(events)}]


def database(file: Path, *advisories: Mapping[str, object]) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for number, advisory in enumerate(advisories):
            archive.writestr(f"{number}.json", json.dumps({"id": f"ID-{number}", **advisory}))
    return file


OTHERS = ({"affected": [affected("other")]}, {"affected": [affected("other", "npm")]})


@pytest.mark.parametrize(
    ("about", "is_known"),
    [
        (affected("Jinja2", versions=["3.1.5", "3.1.6"]), True),
        (affected("jinja2", versions=["3.1.5"]), False),
        (affected("jinja2", "npm", versions=["3.1.6"]), False),
        (affected("ruamel_yaml", versions=["0.18"]), True),
        (affected("jinja2", ranges=turns({"introduced": "0"}, {"fixed": "3.1.7"})), True),
        (affected("jinja2", ranges=turns({"introduced": "0"}, {"fixed": "3.1.6"})), False),
        (affected("jinja2", ranges=turns({"introduced": "0"}, {"last_affected": "3.1.6"})), True),
        (affected("jinja2", ranges=turns({"introduced": "0"}, {"last_affected": "3.1.5"})), False),
        (affected("jinja2", ranges=turns({"introduced": "3.10"})), False),
        (affected("jinja2", ranges=turns({"introduced": "2"}, {"fixed": "3"}, {"introduced": "3.1"})), True),
        (affected("jinja2", ranges=turns({"introduced": "0"}, {"fixed": "who knows"})), True),
        (affected("jinja2", ranges=turns({"introduced": "0"}, kind="GIT")), False),
        (affected("@b/c", "npm", ranges=turns({"introduced": "1"}, {"fixed": "1.10"}, kind="SEMVER")), True),
        (affected("@b/c", "npm", ranges=turns({"introduced": "0"}, {"fixed": "1.2"}, kind="SEMVER")), False),
    ],
)  # fmt: skip
def test_a_copy_of_the_data_is_looked_up_without_a_network(
    about: Mapping[str, object], is_known: bool, tmp_path: Path
) -> None:
    copy = database(tmp_path / "all.zip", *OTHERS, {"affected": [about]})
    done = audit("--root", pins(tmp_path), "--database", copy, "--service", "http://127.0.0.1:1/")
    assert done.returncode == (KNOWN if is_known else FINE), done.stdout + done.stderr
    assert ("ID-2" in done.stdout) == is_known


def test_a_withdrawn_advisory_is_none(tmp_path: Path) -> None:
    about = affected("jinja2", versions=["3.1.6"])
    copy = database(tmp_path / "all.zip", *OTHERS, {"affected": [about], "withdrawn": "2026-01-01T00:00:00Z"})
    assert audit("--root", pins(tmp_path), "--database", copy).returncode == FINE


def test_a_copy_that_lacks_an_ecosystem_or_is_none_is_not_taken_for_fine(tmp_path: Path) -> None:
    python = database(tmp_path / "PyPI.zip", OTHERS[0])
    done = audit("--root", pins(tmp_path), "--database", python)
    assert done.returncode == NOT_AUDITED
    assert done.stderr == "not audited: 3 packages: the database has nothing on npm\n"
    both = audit("--root", tmp_path, "--database", python, database(tmp_path / "npm.zip", OTHERS[1]))
    assert both.returncode == FINE
    (tmp_path / "cut.zip").write_bytes(python.read_bytes()[:40])
    for none in ("cut.zip", "no-such.zip"):
        done = audit("--root", tmp_path, "--database", tmp_path / none)
        assert done.returncode == NOT_AUDITED
        assert re.fullmatch(rf"not audited: 3 packages: \S+{none} can't be read \(.+\)\n", done.stderr)
