"""The installed `policygen serve` on a site, and plain requests to it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tests.site_under_test import TODAY, installed_command

PATIENCE = 30.0
"""Seconds after which something will never happen: machines that test are busy."""


def has_ipv6() -> bool:
    """Whether this machine has a loopback address of the new kind; containers often don't."""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


@dataclass(slots=True)
class Preview:
    """A running preview: its site, its process, and every line it has printed so far."""

    site: Path
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    address: str = ""

    @property
    def port(self) -> int:
        """Where it listens."""
        return urlsplit(self.address).port or 0

    def says(self, words: str) -> bool:
        """Whether a line has these words."""
        return any(words in line for line in tuple(self.lines))

    def builds(self) -> int:
        """How many builds have come to pages."""
        return sum("files built in" in line for line in tuple(self.lines))

    def get(self, path: str, host: str = "127.0.0.1", **headers: str) -> Answer:
        """Ask for a path, as it is written."""
        given = {
            "Host": f"{host}:{self.port}",
            **{name.replace("_", "-"): each for name, each in headers.items()},
        }
        return request(self.port, f"GET {path} HTTP/1.1", given)

    def text(self, path: str) -> str:
        """The body of a page."""
        return self.get(path).body.decode()

    def save(self, path: str, text: str) -> None:
        """Save a file as most editors do: write another one, and put it in its place."""
        save(self.site / path, text)

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        """End it, as Ctrl-C does, and return its exit code."""
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, header by lower-case name, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def listening(running: Preview) -> set[str]:
    """The addresses that a preview listens on, as the kernel writes them."""
    tables = [Path(f"/proc/{running.process.pid}/net/{name}") for name in ("tcp", "tcp6")]
    entries = [
        line.split() for table in tables if table.exists() for line in table.read_text("ascii").splitlines()
    ]
    return {
        address
        for address, _, port in (each[1].partition(":") for each in entries if each[3] == "0A")
        if port == f"{running.port:04X}"
    }


def save(file: Path, text: str) -> None:
    """Put a new file in the place of an old one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(file)


@contextmanager
def preview(
    site: Path, *words: str, port: int | None = 0, environment: Mapping[str, str] | None = None
) -> Iterator[Preview]:
    """Serve a site for as long as the block runs."""
    with starting(site, *words, port=port, environment=environment) as started:
        until(lambda: started.says("preview at"))
        line = next(line for line in started.lines if "preview at" in line)
        started.address = line.split()[2]
        yield started


@contextmanager
def starting(
    site: Path, *words: str, port: int | None = 0, environment: Mapping[str, str] | None = None
) -> Iterator[Preview]:
    """Start the command, whatever comes of it."""
    chosen = [] if port is None else ["--port", str(port)]
    line = [str(installed_command()), "serve", *chosen, "--today", TODAY, *words]
    process = subprocess.Popen(
        line, cwd=site, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        env={**os.environ, **(environment or {})},
    )  # fmt: skip
    started = Preview(site, process)
    stream = process.stdout
    assert stream is not None
    reader = threading.Thread(target=lambda: started.lines.extend(stream), daemon=True)
    reader.start()
    try:
        yield started
    finally:
        process.kill()
        process.wait()
        reader.join()
        stream.close()


def until(happened: Callable[[], object]) -> None:
    """Wait for something, not longer than it can reasonably take."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def request(port: int, line: str, headers: Mapping[str, str], address: str = "127.0.0.1") -> Answer:
    """Send a request byte for byte: no library mends what it asks for."""
    head = "".join(f"{name}: {value}\r\n" for name, value in {**headers, "Connection": "close"}.items())
    with socket.create_connection((address, port), timeout=PATIENCE) as connection:
        connection.sendall(f"{line}\r\n{head}\r\n".encode("latin-1"))
        raw = b""
        while more := connection.recv(1 << 16):
            raw += more
    top, _, body = raw.partition(b"\r\n\r\n")
    first, *rest = top.decode("latin-1").split("\r\n")
    found = (each.partition(": ") for each in rest)
    return Answer(int(first.split()[1]), {name.lower(): value for name, _, value in found}, body)
