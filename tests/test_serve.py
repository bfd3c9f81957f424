"""The preview over plain connections: what it shows, whom it answers, what it survives, how it ends."""

from __future__ import annotations

import asyncio
import json
import os
import re
import resource
import signal
import socket
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from tests.preview import PATIENCE, Preview, has_ipv6, listening, preview, request, until
from tests.small_site import POLICY, SETTINGS, files_of, make_site, released_site, run

_MUSIC = "content/music/policy.yaml"
_CHANGED = POLICY.replace("Music", "Melody")
_ADDED = re.compile(rb"<script src=\"/\.policygen/[^>]*></script>\n|; script-src http:[^\"]*")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site without findings."""
    return released_site(tmp_path / "site-folder")


@pytest.fixture
def shown(site: Path) -> Iterator[Preview]:
    """A preview of it."""
    with preview(site) as running:
        yield running


# --- what it shows


def test_every_file_of_a_build_is_served_and_none_is_written(site: Path, tmp_path: Path) -> None:
    make_site(site, {_MUSIC: _CHANGED, "static/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"})
    assert run(site, "build", "--drafts", "--output", str(tmp_path / "out")).returncode == 0
    before, built = files_of(site), files_of(tmp_path / "out")
    built.pop(".policygen.json")
    with preview(site) as running:
        for path, content in built.items():
            answer = running.get("/" + path.removesuffix("index.html"))
            assert answer.status == 200, path
            assert _ADDED.sub(b"", answer.body) == content, path
            assert (b"livereload" in answer.body) == path.endswith(".html"), path
        running.end()
    assert files_of(site) == before
    assert not any(b"livereload" in content for content in built.values())


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/en/music/", "text/html; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/feed.xml", "xml; charset=utf-8"),
        ("/static.bin", "application/octet-stream"),
    ],
)
def test_a_file_is_what_it_says_it_is(path: str, kind: str, site: Path) -> None:
    with preview(make_site(site, {"static/static.bin": b"\0"})) as running:
        headers = running.get(path).headers
    assert headers["content-type"].endswith(kind)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/en/music", 302, "/en/music/"),
        ("/music", 302, "/music/"),
        ("/en/nothing/", 404, None),
        ("/en/music/index.html", 200, None),
        ("/en/music/?a=b&c", 200, None),
    ],
)
def test_an_address_leads_where_a_host_would_lead(
    path: str, status: int, location: str | None, shown: Preview
) -> None:
    answer = shown.get(path)
    assert (answer.status, answer.headers.get("location")) == (status, location)
    assert b"livereload" in answer.body or location


def test_a_page_of_the_site_s_own_keeps_its_encoding(site: Path) -> None:
    with preview(make_site(site, {"static/old.html": "<p>ü</p>".encode("latin-1")})) as running:
        assert running.get("/old.html").body.startswith(b"<p>\xfc</p>")


def test_a_site_for_a_folder_of_its_host_is_shown_there(site: Path) -> None:
    make_site(site, {"content/site.yaml": SETTINGS.replace("example/", "example/rules/")})
    with preview(site) as running:
        assert running.get("/").headers["location"] == "/rules/"
        assert running.get("/rules").headers["location"] == "/rules/"
        assert running.get("/rules/en/music/").status == 200
        missing = running.get("/rules/nothing")
        assert missing.status == 404
        assert re.findall(r'href="(/rules/en/)"', missing.body.decode())


def test_a_draft_shows_what_it_changes(site: Path) -> None:
    with preview(make_site(site, {_MUSIC: _CHANGED})) as running:
        assert re.search(r'href="[^"]*draft/"', running.text("/en/music/"))
        assert "<ins" in running.text("/en/music/draft/")
        until(lambda: running.says("warning[unreleased-change]"))
        assert running.get("/en/music/").status == 200


def test_head_answers_without_a_body_and_nothing_can_be_sent(shown: Preview) -> None:
    host = {"Host": f"127.0.0.1:{shown.port}"}
    head = request(shown.port, "HEAD /en/music/ HTTP/1.1", host)
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) == len(shown.get("/en/music/").body)
    assert request(shown.port, "POST /en/music/ HTTP/1.1", {**host, "Content-Length": "0"}).status == 405


# --- what changes


@pytest.mark.parametrize(
    ("files", "path", "words"),
    [
        ({_MUSIC: _CHANGED}, "/en/music/", "Melody"),
        ({"content/site.yaml": SETTINGS.replace("Policies", "Rules")}, "/en/", "Rules"),
        ({"content/film/policy.yaml": POLICY.replace("Music", "Film")}, "/en/film/", "Film"),
        ({"templates/sections/purposes.html": "<p>mine</p>"}, "/en/music/", "<p>mine</p>"),
        ({"static/word.txt": "mine"}, "/word.txt", "mine"),
    ],
)
def test_an_edited_or_a_new_file_shows(files: dict[str, str], path: str, words: str, shown: Preview) -> None:
    assert words not in shown.text(path)
    for name, text in files.items():
        shown.save(name, text)
    until(lambda: words in shown.text(path))


def test_a_removed_file_shows(site: Path) -> None:
    with preview(make_site(site, {"templates/sections/purposes.html": "<p>mine</p>"})) as running:
        until(lambda: "<p>mine</p>" in running.text("/en/music/"))
        (site / "templates/sections/purposes.html").unlink()
        until(lambda: "<p>mine</p>" not in running.text("/en/music/"))


def test_a_burst_of_saves_makes_few_builds_and_loses_none(shown: Preview) -> None:
    until(lambda: shown.builds() == 1)
    for number in range(50):
        shown.save(_MUSIC, POLICY.replace("Music", f"Music {number}."))
        time.sleep(0.003)
    until(lambda: "Music 49." in shown.text("/en/music/"))
    # One if the machine has time for us; never one for each.
    assert shown.builds() < 20


def test_saves_in_place_of_equal_length_at_equal_times_are_not_lost(shown: Preview) -> None:
    file = shown.site / _MUSIC
    for number in range(10, 60):
        file.write_text(POLICY.replace("Music", f"Music {number}."), encoding="utf-8")
        os.utime(file, ns=(10**18, 10**18))
    until(lambda: "Music 59." in shown.text("/en/music/"))


def test_a_save_that_changes_no_byte_prints_nothing_new(shown: Preview) -> None:
    until(lambda: shown.builds() == 1)
    shown.save(_MUSIC, _CHANGED)
    until(lambda: shown.says("warning[unreleased-change]"))
    shown.save(_MUSIC, _CHANGED + "\n")
    until(lambda: shown.builds() == 3)
    assert sum("warning[unreleased-change]" in line for line in shown.lines) == 1


# --- what is wrong

_MISTAKE = POLICY + "'<script>alert(1)</script>': red\n"


def _told(page: str) -> str:
    found = re.search(r"<pre>(.*?)</pre>", page, re.DOTALL)
    return unescape(found[1]) if found else ""


def test_a_mistake_shows_on_the_page_as_in_the_terminal_and_goes_when_it_is_mended(shown: Preview) -> None:
    good = shown.text("/en/music/")
    shown.save(_MUSIC, _MISTAKE)
    until(lambda: "policygen-trouble" in shown.text("/en/music/"))
    page = shown.text("/en/music/")
    until(lambda: shown.says("1 error in 1 file"))
    terminal = "".join(shown.lines)
    assert _told(page).strip() in terminal
    assert "error[unknown-key]" in _told(page)
    assert "<script>alert" not in page
    assert "1 error in 1 file" in page
    # The last good page is still there, below it.
    assert re.search(r"<h1>.*Music", page)
    shown.save(_MUSIC, POLICY)
    until(lambda: shown.text("/en/music/") == good)
    until(lambda: shown.says("no findings"))


def test_a_broken_template_shows_and_files_that_are_no_pages_stay(shown: Preview) -> None:
    robots = shown.text("/robots.txt")
    shown.save("templates/sections/purposes.html", "{{ nothing }}")
    until(lambda: "error[template-error]" in _told(shown.text("/en/music/")))
    assert shown.text("/robots.txt") == robots


@pytest.mark.parametrize("broken", [{_MUSIC: "]"}, {"content/site.yaml": "]"}, {_MUSIC: POLICY + "a: b\n"}])
def test_a_broken_site_is_served_with_its_findings(broken: dict[str, str | bytes], site: Path) -> None:
    mended = {path: (site / path).read_text(encoding="utf-8") for path in broken}
    with preview(make_site(site, broken)) as running:
        answer = running.get("/en/music/")
        assert answer.status == 500
        assert "error[" in _told(answer.body.decode())
        assert b"livereload" in answer.body
        assert running.get("/").status == 500
        for path, text in mended.items():
            running.save(path, text)
        until(lambda: running.get("/en/music/").status == 200)


def test_a_machine_that_fails_is_told_and_the_preview_lives_on(shown: Preview) -> None:
    (shown.site / "content/site.yaml").unlink()
    until(lambda: "error[missing-file]" in _told(shown.text("/en/music/")))
    assert "policy.yaml" not in _told(shown.text("/en/music/"))
    endless = shown.site / "templates/endless"
    endless.parent.mkdir()
    endless.symlink_to(endless.parent)
    shown.save("content/site.yaml", SETTINGS)
    until(lambda: "policygen-trouble" not in shown.text("/en/music/"))


# --- whom it answers


@pytest.mark.parametrize("path", ["/en/music/", "/livereload", "/.policygen/livereload.js", "/nothing"])
@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("evil.example:{port}", None),
        ("evil.example", None),
        ("127.0.0.1.evil.example:{port}", None),
        ("localhost.evil.example:{port}", None),
        ("10.0.0.1:{port}", None),
        ("127.0.0.1@evil.example:{port}", None),
        ("127.0.0.1:{port}", "http://evil.example"),
        ("127.0.0.1:{port}", "null"),
        ("127.0.0.1:{port}", "http://127.0.0.1:1"),
        ("127.0.0.1:{port}", "https://127.0.0.1:{port}"),
        ("127.0.0.1:{port}", "http://localhost:{port}"),
    ],
)
def test_strangers_are_refused(path: str, host: str, origin: str | None, one: Preview) -> None:
    headers = {"Host": host.format(port=one.port)}
    if origin:
        headers["Origin"] = origin.format(port=one.port)
    answer = request(one.port, f"GET {path} HTTP/1.1", {**headers, **_UPGRADE})
    # 400: what can't be a host at all is refused before it gets to us.
    assert answer.status in {400, 403}
    assert b"Music" not in answer.body


_UPGRADE = {
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview for tests that only ask."""
    with preview(released_site(tmp_path_factory.mktemp("asked") / "site-folder")) as running:
        yield running


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"])
def test_its_own_names_are_answered(host: str, one: Preview) -> None:
    name = host.format(port=one.port)
    for headers in ({}, {"Origin": f"http://{name}"}):
        assert request(one.port, "GET /en/music/ HTTP/1.1", {"Host": name, **headers}).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../content/site.yaml", "/..%2fcontent/site.yaml", "/%2e%2e/content/site.yaml",
        "/en/../../etc/passwd", "//etc/passwd",
        "//evil.example/", "/en//music/", "/en/music//", "/..\\content", "/..%5ccontent", "/en/%00",
        "/en/music/%00.html", "/%ff", "/en/./music/", "/%0d%0aSet-Cookie:a", "/en%2fmusic/",
        "/C:/Windows", "/etc/passwd", "/content/site.yaml", "/.policygen/", "/.policygen/../../etc/passwd",
        "/site.yaml", "/%252e%252e/x", "http://evil.example/", "*", "/" + "a/" * 2000,
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_preview(path: str, one: Preview) -> None:
    answer = one.get(path)
    assert answer.status in {400, 404}
    assert b"root:" not in answer.body
    assert b"format: 1" not in answer.body
    assert "location" not in answer.headers


def test_it_listens_to_this_machine_and_no_other(one: Preview) -> None:
    loopback = {"0100007F"} | ({"00000000000000000000000001000000"} if has_ipv6() else set())
    assert listening(one) == loopback


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no ::1")
def test_it_is_reached_by_the_new_kind_of_address(one: Preview) -> None:
    assert request(one.port, "GET /en/ HTTP/1.1", {"Host": f"[::1]:{one.port}"}, "::1").status == 200


def test_an_open_preview_says_so_and_still_refuses_names(site: Path) -> None:
    with preview(site, "--host", "0.0.0.0") as running:  # noqa: S104 - to be warned of it
        assert running.address.startswith("http://127.0.0.1:")
        until(lambda: running.says("whoever reaches 0.0.0.0 can read the preview"))
        assert running.get("/en/", host="10.1.2.3").status == 200
        assert running.get("/en/", host="evil.example").status == 403


# --- news


def _said(one: Preview, *messages: object) -> list[dict[str, object]]:
    """What the server says to a browser that says this, until it closes or has nothing more to say."""

    async def talk() -> list[dict[str, object]]:
        address = f"ws://127.0.0.1:{one.port}/livereload"
        origin = {"Origin": f"http://127.0.0.1:{one.port}"}
        socket = await websocket_connect(HTTPRequest(address, headers=origin))
        heard = []
        for message in messages:
            await socket.write_message(message if isinstance(message, (str, bytes)) else json.dumps(message))
        try:
            while (answer := await asyncio.wait_for(socket.read_message(), 1)) is not None:
                heard.append(json.loads(answer))
        except TimeoutError:
            heard.append({"command": "silence"})
        socket.close()
        # Closing takes an answer, and a socket that is left open is a warning of Python's.
        await asyncio.sleep(0.1)
        return heard

    return asyncio.run(talk())


def _hello(stamp: str) -> dict[str, object]:
    protocols = ["http://livereload.com/protocols/official-7"]
    return {"command": "hello", "protocols": protocols, "snipver": stamp}


def test_a_browser_with_an_old_page_is_told_at_once_and_one_with_the_new_page_is_not(one: Preview) -> None:
    stamp = re.findall(r"snipver=(\w+)", one.text("/en/music/"))[0]
    here = {"command": "info", "url": f"{one.address}en/music/#contact"}
    assert [each["command"] for each in _said(one, _hello(stamp), here)] == ["hello", "silence"]
    assert [each["command"] for each in _said(one, _hello("v0"), here)] == ["hello", "reload", "silence"]


@pytest.mark.parametrize(
    "message",
    ["", "]", "[]", "1", "null", '"hello"', "{}", '{"command": []}', b"\xff", "[" * 60000,
     '{"command": "info", "url": 1}', '{"command": "info", "url": "http://[x"}', '{"command": 1, "url": {}}',
     '{"command": "info", "url": "/\\ud800"}'],
)  # fmt: skip
def test_a_browser_that_says_nonsense_harms_nobody(message: str | bytes, one: Preview) -> None:
    _said(one, message)
    assert one.get("/en/music/").status == 200
    assert not one.says("Traceback")


# --- what it survives


def test_slow_and_idle_clients_delay_nobody(shown: Preview) -> None:
    idle = [socket.create_connection(("127.0.0.1", shown.port)) for _ in range(200)]
    for number, each in enumerate(idle):
        each.sendall((b"GET /en/music/ HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"GET /", b"")[number % 3])
    shown.save(_MUSIC, _CHANGED)
    until(lambda: "Melody" in shown.text("/en/music/"))
    assert shown.end() == 0
    for each in idle:
        each.close()


def test_more_clients_than_there_is_room_for_are_borne(shown: Preview) -> None:
    until(shown.builds)
    resource.prlimit(shown.process.pid, resource.RLIMIT_NOFILE, (64, 64))
    crowd = []
    for _ in range(200):
        client = socket.socket()
        client.setblocking(False)
        client.connect_ex(("127.0.0.1", shown.port))
        crowd.append(client)
    time.sleep(0.5)
    for client in crowd:
        client.close()
    assert shown.get("/en/music/").status == 200
    assert not shown.says("Traceback")


def test_a_head_without_end_is_refused(one: Preview) -> None:
    with socket.create_connection(("127.0.0.1", one.port), timeout=PATIENCE) as client:
        try:
            client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * (1 << 20))
            left = client.recv(1 << 16)
        except ConnectionError:
            left = b""
    assert b"200" not in left
    assert one.get("/en/music/").status == 200
    assert not one.says("Traceback")


# --- where it listens, and how it ends


def test_a_busy_port_that_was_asked_for_is_one_line(site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(site, "serve", "--port", str(port))
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"policygen: port {port} is taken",
        "  = help: name another one, or leave --port out to take a free one",
    ]


def test_another_port_is_taken_where_the_default_is_busy(site: Path) -> None:
    with preview(site, port=None) as first, preview(site, port=None) as second:
        assert first.port != second.port
        assert first.get("/en/music/").status == second.get("/en/music/").status == 200


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--host", "no-such-host.invalid"], "can't listen on no-such-host.invalid: "),
        (["--host", "no-such-host.invalid", "--port", "8123"], "no-such-host.invalid, port 8123: "),
        (["--host", ""], "--host"),
        (["--host", "203.0.113.1"], "can't listen on 203.0.113.1"),
        (["--port", "65536"], "'65536' is no port"),
        (["--port", "-1"], "-1"),
        (["--port", "http"], "'http' is no port"),
        (["--site", "nowhere"], "there is no folder nowhere"),
    ],
)
def test_where_it_cannot_listen_it_says_so_in_a_line(words: list[str], said: str, site: Path) -> None:
    done = run(site, "serve", *words)
    assert done.returncode == 2
    assert said in done.stderr.splitlines()[0 if done.stderr.startswith("policygen:") else -1]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("when", ["at once", "while building", "later"])
def test_it_ends_when_it_is_told(how: signal.Signals, when: str, site: Path) -> None:
    with preview(site) as running:
        if when != "at once":
            until(running.builds)
        if when == "while building":
            running.save("content/site.yaml", SETTINGS.replace("Policies", "Rules"))
            time.sleep(0.1)
        assert running.end(how) == 0
        until(lambda: running.says("the preview has ended"))
        assert "Traceback" not in "".join(running.lines)


def test_a_wrong_epoch_is_told_before_anything_starts(site: Path) -> None:
    done = run(site, "serve", environment={"SOURCE_DATE_EPOCH": "x"}, today=None)
    assert (done.returncode, done.stdout) == (2, "")
    assert "SOURCE_DATE_EPOCH" in done.stderr


def test_open_opens_a_browser_there(site: Path, tmp_path: Path) -> None:
    browser, seen = tmp_path / "browser", tmp_path / "seen"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{seen}.new" && mv "{seen}.new" "{seen}"\n', encoding="utf-8")
    browser.chmod(0o755)
    with preview(site, "--open", environment={"BROWSER": f"{browser} %s"}) as running:
        until(seen.exists)
        assert seen.read_text(encoding="utf-8").strip() == running.address


def test_nothing_is_opened_unasked(site: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    with preview(site, environment={"BROWSER": f"touch {seen}"}) as running:
        until(running.builds)
        running.end()
    assert not seen.exists()
