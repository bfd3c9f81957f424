"""`policygen serve` under attack: nothing outside the preview is served, to nobody but its own pages."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.browser.chromium import launch_chromium
from tests.preview import Preview, listening, preview, request, starting, until
from tests.small_site import make_site, released_site, result_of
from tests.torture.conftest import Dose, Tally
from tests.torture.wire import PAGE, SECRET, opened, told

_LOOPBACK = frozenset({"0100007F", "00000000000000000000000001000000"})


# --- nothing outside the preview is served

_UP = (
    "..", "%2e%2e", ".%2e", "%2E.", "%252e%252e", "..%00", "..;", "%c0%ae%c0%ae", "%ef%bc%8e%ef%bc%8e", "...",
)  # fmt: skip
_BETWEEN = (
    "/", "//", "%2f", "%252f", "\\", "%5c", "/./", "/%00/", ";/", "/%20/", "%c0%af", "\t/", "/?/", "/#/",
)  # fmt: skip
_BEFORE = (
    "", "en", "en/music", "static", ".policygen", "livereload", "http://evil.example", "//evil.example",
    "file://", "http://127.0.0.1:1", "http:", "en/music/history", "%2e", "@evil.example", ":80", "C:",
    "~root", "*",
)  # fmt: skip
_TARGETS = (
    "secret.txt", "content/secret.txt", "content/music/notes.txt", "content/music/policy.yaml", "etc/passwd",
    "proc/self/environ", "locales/secret.txt", ".git/config", "site-folder/secret.txt", "en/music/", "",
)  # fmt: skip


def _path(choose: random.Random) -> str:
    """An address as an attacker puts one together."""
    ups = "".join(choose.choice(_UP) + choose.choice(_BETWEEN) for _ in range(choose.randrange(6)))
    start = choose.choice(["/", "/", "/", "//", "", "\\", "/%2f"])
    return start + choose.choice(_BEFORE) + choose.choice(_BETWEEN) + ups + choose.choice(_TARGETS)


def test_no_address_leads_out_of_the_preview(shown: Preview, dose: Dose, tally: Tally) -> None:
    choose = random.Random(1)  # noqa: S311 - attacks, not secrets
    built = [f"/{path.removesuffix('index.html')}" for path, _ in result_of(shown.site).pages]
    pages = {shown.get(path).body for path in built}
    files = [*map(str, shown.site.rglob("*"))]
    fixed = [*files, *(quote(file, safe="") for file in files), f"/{quote(str(shown.site))}"]
    fixed += [f"/{up * 40}etc/passwd" for up in ("../", "%2e%2e/")]
    tried = [*fixed, *(_path(choose) for _ in range(dose(400, 20_000)))]
    for path in tried:
        # What ends a request line can't stand in one.
        answer = request(
            shown.port, f"GET {path.replace(' ', '%20')} HTTP/1.1", {"Host": f"127.0.0.1:{shown.port}"}
        )
        assert SECRET.encode() not in answer.body, path
        assert b"root:" not in answer.body, path
        match answer.status:
            case 200:
                assert answer.body in pages, path
            case 302:
                assert answer.headers["location"] in built, path
            case status:
                assert status in {400, 404}, path
    tally("Paths that lead out of the preview", len(tried), "nothing but built pages was served")


def test_what_a_link_leads_to_is_not_served(tmp_path: Path) -> None:
    """Neither the file behind a link in static/, nor one that takes a page's place while the preview runs."""
    (tmp_path / "outside.txt").write_text(SECRET, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/outside.txt").write_text(SECRET, encoding="utf-8")
    with preview(released_site(tmp_path / "site-folder", {"static/word.txt": "ours"})) as running:
        assert running.text("/word.txt") == "ours"
        (running.site / "static/outside.txt").symlink_to(tmp_path / "outside.txt")
        (running.site / "static/folder").symlink_to(tmp_path / "folder")
        (running.site / "static/word.txt").unlink()
        (running.site / "static/word.txt").symlink_to(tmp_path / "outside.txt")
        until(lambda: b"unpublishable-file" in running.get(PAGE).body)
        for path in ("/outside.txt", "/folder/outside.txt", "/word.txt", "/folder/"):
            assert SECRET.encode() not in running.get(path).body


# --- whom it answers

_OURS = frozenset({"localhost", "127.0.0.1", "127.1.2.3", "[::1]"})
_NAMES = (
    "localhost", "127.0.0.1", "127.1.2.3", "[::1]", "evil.example", "localhost.evil.example",
    "127.0.0.1.evil.example", "evil.localhost", "localhost.", "127.1", "0x7f000001", "2130706433",
    "017700000001", "0", "[::]", "10.1.2.3", "192.168.0.1", "[fe80::1]", "[::ffff:10.0.0.1]",
    "localhost@evil.example", "evil.example#localhost", "local%68ost", "localhost evil.example",
    "localhost,evil.example", "localhost/evil", "localhost\tevil", "ｌocalhost", "1ocalhost", "[::1", "::1",
    "[::1]evil.example", "[localhost]", "", "-", "a" * 5000,
)  # fmt: skip
_PORTS = ("", ":{port}", ":80", ":0", ":999999", ":-1", ":evil", ":{port}@evil.example", ": ", ":\u0661")


def test_names_that_a_stranger_s_dns_can_point_here_are_refused(
    shown: Preview, dose: Dose, tally: Tally
) -> None:
    names = [(name, port.format(port=shown.port)) for name in _NAMES for port in _PORTS]
    random.Random(2).shuffle(names)  # noqa: S311 - as above
    names = [
        ("evil.example", f":{shown.port}"),
        ("localhost", f":{shown.port}"),
        *names[: dose(120, len(names))],
    ]
    paths = itertools.cycle(
        [PAGE, "/livereload", "/.policygen/livereload.js", "http://evil.example/en/music/"]
    )
    for (name, port), path in zip(names, paths, strict=False):
        answer = _asked(shown, path, [f"Host: {name}{port}"])
        is_ours = name in _OURS and (
            not port or (port[1:].isascii() and port[1:].isdigit() and len(port) < 7)
        )
        assert answer != b"", name
        assert is_ours or b" 403 " in answer or b" 400 " in answer, (name, port)
        assert is_ours or b"Music" not in answer, (name, port)
    tally("Host names of strangers (DNS rebinding)", len(names), "refused unless they mean this machine")


_ORIGINS = (
    "null", "http://evil.example", "http://127.0.0.1", "http://127.0.0.1:1", "https://127.0.0.1:{port}",
    "file://", "", "http://127.0.0.1:{port}/", "http://127.0.0.1:{port}.evil.example",
    "http://localhost:{port}", "HTTP://127.0.0.1:{port}", "http://127.0.0.1:{port}, http://evil.example",
    "http://127.0.0.1:{port}\r\nOrigin: http://evil.example",
    "http://evil.example\r\nOrigin: http://127.0.0.1:{port}", "http://evil@127.0.0.1:{port}",
    "chrome-extension://abc",
)  # fmt: skip


def test_pages_from_elsewhere_are_refused(shown: Preview, tally: Tally) -> None:
    tried = 0
    for origin in _ORIGINS:
        for path in (PAGE, "/livereload"):
            given = [f"Host: 127.0.0.1:{shown.port}", f"Origin: {origin.format(port=shown.port)}"]
            answer = _asked(shown, path, given)
            tried += 1
            assert b" 403 " in answer or b" 400 " in answer, (origin, path)
    tally("Origins of strangers, of pages and of websockets", tried, "refused")


@pytest.mark.parametrize(
    "given",
    [
        ["Host: 127.0.0.1:{port}", "Host: evil.example"],
        ["Host: evil.example", "Host: 127.0.0.1:{port}"],
        ["Host: evil.example", "X-Forwarded-Host: 127.0.0.1:{port}"],
        ["Host: evil.example", "Forwarded: host=localhost"],
        ["Host : 127.0.0.1:{port}"],
        [" Host: 127.0.0.1:{port}"],
        [],
    ],
    ids=repr,
)
def test_a_second_or_another_name_helps_no_stranger(given: list[str], shown: Preview) -> None:
    answer = _asked(shown, PAGE, [line.format(port=shown.port) for line in given])
    assert b"Music" not in answer


def _asked(running: Preview, path: str, headers: list[str]) -> bytes:
    more = (
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    )
    head = "\r\n".join([f"GET {path} HTTP/1.1", *headers, more])
    with opened(running, 0.5) as client:
        return told(client, head.encode() + b"Connection: close\r\n\r\n")


def test_a_name_that_is_pointed_here_in_a_real_browser_reads_nothing(shown: Preview) -> None:
    with launch_chromium("--host-resolver-rules=MAP evil.example 127.0.0.1") as browser:
        tab = browser.new_page()
        address = f"http://evil.example:{shown.port}"
        answer = tab.goto(address + PAGE)
        assert answer is not None
        assert answer.status == 403
        assert "Music" not in tab.content()
        # The page is of that name now, and asks for more, as the stranger's script would.
        heard = tab.evaluate(
            """async address => {
              const read = await fetch(address + '/en/').then(answer => answer.status);
              const socket = new WebSocket(address.replace('http', 'ws') + '/livereload');
              const end = await new Promise(end => {
                socket.onopen = socket.onclose = each => end(each.type);
              });
              return [read, end];
            }""",
            address,
        )
        assert heard == [403, "close"]


# --- where it listens

_HOSTS = (None, "127.0.0.1", "localhost", "LOCALHOST", "127.1", "0", "0.0.0.0", "::", "::1", "0x7f000001")  # noqa: S104
_HARMLESS = frozenset({None, "127.0.0.1", "localhost", "::1"})


@pytest.mark.parametrize("host", _HOSTS)
def test_it_leaves_this_machine_only_when_told_and_says_so(host: str | None, tmp_path: Path) -> None:
    words = [] if host is None else ["--host", host]
    with starting(make_site(tmp_path / "site-folder"), *words) as running:
        until(lambda: running.says("files built in") or running.says("can't listen on"))
        if running.says("can't listen on"):
            return  # not on this machine: nothing is left
        running.address = next(line for line in running.lines if "preview at" in line).split()[2]
        says_so, places = running.says("can read the preview"), listening(running)
        assert places
        assert says_so or places <= _LOOPBACK
        if host in _HARMLESS:
            assert places <= _LOOPBACK
            assert not says_so
