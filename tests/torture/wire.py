"""Connections to a preview byte by byte: what no browser sends, and frames of a websocket (RFC 6455)."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.preview import Preview, preview, until
from tests.small_site import released_site

PAGE = "/en/music/"
SECRET = "nobody-else-s-business"  # noqa: S105 - what must not be served
TEXT, BINARY, CLOSE, PING, CONTINUED = 1, 2, 8, 9, 0
"""What frames are."""
_KEY = "dGhlIHNhbXBsZSBub25jZQ=="


@contextmanager
def attacked(folder: Path) -> Iterator[Preview]:
    """A preview whose site, and the folder around it, hold files that are no pages."""
    places = (
        "../secret.txt",
        "secret.txt",
        "content/secret.txt",
        "locales/secret.txt",
        "content/music/notes.txt",
    )
    with preview(released_site(folder / "site-folder", dict.fromkeys(places, SECRET))) as running:
        until(running.builds)
        yield running


@contextmanager
def unharmed(running: Preview) -> Iterator[None]:
    """After the block the preview answers as before, has nothing to say, and hasn't grown without bounds."""
    before = running.get(PAGE)
    yield
    after = running.get(PAGE)
    assert (after.status, after.body) == (200, before.body)
    assert [line for line in running.lines if "files built" not in line and "preview at" not in line] == []
    assert memory(running) < 256


def memory(running: Preview) -> int:
    """How many MB the preview has in memory."""
    status = Path(f"/proc/{running.process.pid}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) >> 10


def opened(preview: Preview, patience: float = 5.0, buffer: int | None = None) -> socket.socket:
    """A connection; `buffer` is how many bytes of the answers it has room for, unread."""
    client = socket.socket()
    client.settimeout(patience)
    if buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    client.connect(("127.0.0.1", preview.port))
    return client


def asking(preview: Preview, path: str = "/en/music/") -> bytes:
    """The head of a request, its last line excepted."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\n".encode()


def upgrade(preview: Preview) -> bytes:
    """The request that makes a websocket of a connection."""
    words = f"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {_KEY}\r\n"
    return asking(preview, "/livereload") + words.encode() + b"Connection: Upgrade\r\n\r\n"


@contextmanager
def websocket(preview: Preview, buffer: int | None = None) -> Iterator[socket.socket]:
    """A websocket that listens."""
    with opened(preview, buffer=buffer) as client:
        client.sendall(upgrade(preview))
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            answer += client.recv(1)
        assert b" 101 " in answer, answer
        yield client


def frame(
    content: bytes, kind: int = TEXT, *, masked: bool = True, last: bool = True, length: int | None = None
) -> bytes:
    """A frame; `length` is what it claims to hold."""
    claimed = len(content) if length is None else length
    mask = 0x80 if masked else 0
    if claimed < 126:
        size = bytes([mask | claimed])
    elif claimed < 1 << 16:
        size = bytes([mask | 126]) + claimed.to_bytes(2, "big")
    else:
        size = bytes([mask | 127]) + claimed.to_bytes(8, "big")
    # A mask of zeros leaves the content as it is.
    return bytes([(0x80 if last else 0) | kind]) + size + (bytes(4) if masked else b"") + content


def told(client: socket.socket, *pieces: bytes) -> bytes:
    """What comes back for some bytes, until the server ends the connection or has nothing more to say."""
    answer = b""
    try:
        for piece in pieces:
            client.sendall(piece)
        while more := client.recv(1 << 16):
            answer += more
    except OSError:
        pass
    return answer
