"""A command on a terminal of its own, as somebody sees it who types."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

_SIZE = struct.pack("HHHH", 50, 200, 0, 0)
"""Lines and columns: so wide that nothing is wrapped."""


class Screen:
    """A running command and everything that it has shown."""

    def __init__(self, line: Sequence[str], environment: Mapping[str, str]) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, _SIZE)
        # Its controlling terminal: only then does Ctrl-C reach it.
        self._process = subprocess.Popen(
            ["setsid", "--ctty", *line], env=dict(environment), stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        self._shown = b""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def text(self) -> str:
        """What it has shown so far."""
        return self._shown.decode(errors="replace").replace("\r\n", "\n")

    def type(self, text: str) -> None:
        """Type something."""
        os.write(self._ours, text.encode())

    def answer(self, question: str, text: str) -> None:
        """Type a line when it is asked for."""
        self.wait_for(lambda shown: shown.rstrip().endswith(question))
        self.type(f"{text}\n")

    def wait_for(self, happened: Callable[[str], object], patience: float = 60) -> None:
        """Wait until what it shows is as it should be."""
        until = time.monotonic() + patience
        while not happened(self.text()):
            if time.monotonic() > until:
                raise TimeoutError(self.text())
            time.sleep(0.02)

    def end(self, patience: float) -> int:
        """Wait for its end; its exit code."""
        try:
            code = self._process.wait(patience)
        except subprocess.TimeoutExpired as error:
            self.kill()
            raise TimeoutError(self.text()) from error
        self._reader.join(patience)
        os.close(self._ours)
        return code

    def kill(self) -> None:
        """End it and what it started, whatever they do."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join()
        os.close(self._ours)

    def _read(self) -> None:
        try:
            while piece := os.read(self._ours, 4096):
                self._shown += piece
        except OSError:  # how Linux says that the other side has closed
            pass
