"""Nothing leaves the machine: no command opens a connection, or so much as asks for an address."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.site_under_test import TODAY

_WATCHED = """
import sys

def watch(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        sys.stderr.write(f"NETWORK {event} {arguments}")
        sys.stderr.flush()
        import os
        os._exit(99)

sys.addaudithook(watch)
"""
_RUN = _WATCHED + "from policygen.cli import main\nsys.exit(main(sys.argv[1:]))\n"
_CALL = _WATCHED + "import socket\nsocket.create_connection(('127.0.0.1', 9))\n"
_DAY = ("--today", TODAY)
_COMMANDS = (
    ("new", "second"),
    ("check", *_DAY),
    ("status", *_DAY),
    ("release", "example", *_DAY),
    ("build", *_DAY),
    ("verify", *_DAY),
    ("notice", "example", *_DAY),
    ("schema",),
    ("explain", "email"),
    ("completion", "bash"),
)


def _python(program: str, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-c", program, *words]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False)


def test_no_command_asks_anybody_anything(tmp_path: Path) -> None:
    for words in (("init", "--yes", "--deploy", "netlify"), *_COMMANDS):
        done = _python(_RUN, *words, folder=tmp_path)
        assert done.returncode == 0, f"{words}\n{done.stdout}{done.stderr}"


def test_a_command_that_asked_would_be_noticed(tmp_path: Path) -> None:
    done = _python(_CALL, folder=tmp_path)
    assert done.returncode == 99
    assert "NETWORK socket.connect" in done.stderr or "NETWORK socket.getaddrinfo" in done.stderr
