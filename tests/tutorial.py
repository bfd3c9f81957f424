"""Follows docs/tutorial.md word by word, as a newcomer does: types, edits, looks, and compares.

What a block is follows from its kind and its place:

- `sh` is typed into a terminal. A `text` after it is what the terminal then shows, answers included.
- `diff` is an edit of the file that was named last. A `text` after it is what a page of the preview then
  says, each line somewhere: one of the pages that were named since, or else the first. If it begins like a
  finding, it is what the preview's terminal shows.
- A `text` that begins with `^C` is what typing that shows where the preview runs.

`…` stands for whatever is there. Milliseconds and ports are as they come.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.documentation import DOCS
from tests.pseudo_terminal import Screen
from tests.site_under_test import CHECKOUT

PAGE = DOCS / "tutorial.md"
ORIGIN = "git@github.com:somebody/policies.git"
"""Where the tutorial pushes to; here it is a folder."""
PATIENCE = 60.0

_STEP = re.compile(
    r"^```(?P<kind>sh|text|diff)\n(?P<block>.*?)^```$"
    r"|(?:\]\(|src=\")images/(?P<picture>[\w-]+)\.png"
    r"|<!-- [^\n]* on (?P<day>[\d-]{10})\. -->",
    re.MULTILINE | re.DOTALL,
)
_FILE = re.compile(r"`((?:content/|requirements)[\w./-]+)`")
_ADDRESS = re.compile(r"`/policies/(\w+/[\w-]+/)`")
_QUESTION = re.compile(r"^(.* \[.*\]:) ?(.*)$", re.MULTILINE)
_FIRST_PAGE = "en/tiny-notes/"


@dataclass(frozen=True, slots=True)
class Step:
    """A thing to do or to see: its kind, its words, the prose above it, and the line it begins on."""

    kind: str
    text: str
    prose: str
    line: int


def steps(page: str) -> Iterator[Step]:
    """Everything that a tutorial has its reader do and see, in its order."""
    end = 0
    for match in _STEP.finditer(page):
        named = match.lastgroup or ""
        above = page[end : match.start()]
        yield Step(match["kind"] or named, match[named], above, page.count("\n", 0, match.start()) + 1)
        end = match.end()


def agrees(shown: str, said: str) -> bool:
    """Whether a terminal shows what is said."""
    lines = (f"{re.escape(line)}\n".replace("…", ".*") for line in _settled(said).splitlines())
    pattern = "".join("(?:.*\n)*" if line == ".*\n" else line for line in lines)
    return re.fullmatch(pattern, _settled(shown)) is not None


def _settled(text: str) -> str:
    """A terminal's lines without what differs from run to run."""
    lines = re.sub(r"\d+ ms\b", "N ms", re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:N", text)).splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def edited(text: str, diff: str) -> str:
    """A text after an edit, whose lines must be there exactly once."""
    lines = diff.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] != "+")
    new = "".join(line[1:] for line in lines if line[0] != "-")
    found = f"\n{text}".count(f"\n{old}")
    assert found == 1, f"these lines are there {found} times:\n{old}"
    return f"\n{text}".replace(f"\n{old}", f"\n{new}")[1:]


def words_of(html: str) -> str:
    """What a reader reads: the text of a page, its tags and doubled spaces gone."""
    body = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", re.sub(r"</?bdi\b[^>]*>", "", html), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


@dataclass(slots=True)
class Newcomer:
    """Somebody who follows a tutorial in an empty folder, and notes where it isn't as it says."""

    start: Path
    look: Callable[[Newcomer, str], None]
    """What to do where the tutorial shows a picture."""
    problems: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    _preview: Screen | None = None
    _seen: int = 0
    _pages: list[str] = field(default_factory=list)
    _file: str = ""

    @property
    def site(self) -> Path:
        """The folder that the tutorial makes."""
        return self.start / "policies"

    @property
    def origin(self) -> Path:
        """The repository that it pushes to."""
        return self.start / "origin.git"

    def address(self, page: str) -> str:
        """Where a browser finds a page: in the preview while it runs, else in what was built."""
        if self._preview is None:
            return (self.site / "site" / page / "index.html").as_uri()
        found = re.search(r"http://127\.0\.0\.1:\d+/", self._preview.text())
        assert found, self._preview.text()
        return f"{found[0]}policies/{page}"

    def follow(self, page: str) -> None:
        """Do everything that the page says."""
        self._settle()
        before = nothing = Step("nothing", "", "", 0)
        try:
            for step, after in pairwise([*steps(page), nothing]):
                self._read(step.prose)
                if step.kind != "text":
                    self._do(step, after)
                elif before.kind != "sh":
                    self._compare(step)
                before = step
        finally:
            if self._preview:
                self._preview.kill()

    def _settle(self) -> None:
        """What the tutorial takes for granted: Python, git, policygen's repository, and one on GitHub."""
        for name in ("home", "bin"):
            (self.start / name).mkdir()
        (self.start / "policygen").symlink_to(CHECKOUT)
        python = self.start / "bin" / "python3"
        python.write_text(f'#!/bin/sh\nexec {os.path.realpath(sys.executable)} "$@"\n', encoding="utf-8")
        python.chmod(0o755)
        pinned = (CHECKOUT / "requirements/site.txt").read_text(encoding="utf-8")
        versions = "\n".join(re.findall(r"^[\w-]+==[\w.]+", pinned, re.MULTILINE))
        (self.start / "home/versions.txt").write_text(versions, encoding="utf-8")
        git = f'[user]\nname = N\nemail = n@tinynotes.example\n[url "{self.origin}"]\ninsteadOf = {ORIGIN}\n'
        (self.start / "home/.gitconfig").write_text(git, encoding="utf-8")
        subprocess.run(["git", "init", "--bare", "--quiet", "-b", "main", str(self.origin)], check=True)
        (self.start / "home/state.sh").write_text(f"cd {self.start}\n", encoding="utf-8")

    def _read(self, prose: str) -> None:
        if files := _FILE.findall(prose):
            self._file = files[-1]
        self._pages += _ADDRESS.findall(prose)

    def _do(self, step: Step, after: Step) -> None:
        match step.kind:
            case "sh" if step.text.endswith("policygen serve\n"):
                self._preview = self._type(step.text)
                self._expect(after, self._preview)
            case "sh":
                self._run(step, after)
            case "diff":
                self._edit(step)
            case "picture":
                self.pictures.append(step.text)
                self.look(self, step.text)
            case "day":
                self._pass_time(step.text)

    def _compare(self, step: Step) -> None:
        """Compare what the preview shows."""
        assert self._preview, f"{PAGE.name}:{step.line}: nothing shows this"
        if step.text.startswith("^C"):
            self._end_preview(step, self._preview)
        elif step.text.startswith("error["):
            self._expect(step, self._preview)
        else:
            self._look_for(step)

    def _pass_time(self, day: str) -> None:
        seconds = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
        with (self.start / "home/state.sh").open("a", encoding="utf-8") as state:
            state.write(f"export SOURCE_DATE_EPOCH={seconds}\n")

    def _type(self, script: str) -> Screen:
        """Type lines into a terminal that remembers its folder and environment."""
        state = self.start / "home/state.sh"
        keep = f'export -p >{state}\nprintf "cd %q\\n" "$PWD" >>{state}\n'
        return Screen(["bash", "-e", "-c", f". {state}\n{script}{keep}"], self._environment())

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))}
        home = self.start / "home"
        return {
            **kept, "HOME": str(home), "PATH": f"{self.start / 'bin'}:/usr/bin:/bin", "LANG": "C.UTF-8",
            "TERM": "dumb", "NO_COLOR": "1", "PIP_CONSTRAINT": str(home / "versions.txt"),
            "GIT_CONFIG_NOSYSTEM": "1",
        }  # fmt: skip

    def _run(self, step: Step, after: Step) -> None:
        said = after.text if after.kind == "text" else None
        terminal = self._type(step.text)
        for question, answer in _QUESTION.findall(said or ""):
            terminal.answer(question, answer)
        code = terminal.end(PATIENCE * 5)
        assert code == 0, f"{PAGE.name}:{step.line}: exited with {code}\n{terminal.text()}"
        if said is not None and not agrees(terminal.text(), said):
            self._note(after, terminal.text())

    def _edit(self, step: Step) -> None:
        file = self.site / self._file
        text = edited(file.read_text(encoding="utf-8"), step.text)
        self._pages = []
        self._seen = len(self._preview.text()) if self._preview else 0
        new = file.with_name(f".{file.name}.new")
        new.write_text(text, encoding="utf-8")
        new.replace(file)

    def _expect(self, step: Step, terminal: Screen) -> None:
        """Wait for the preview's terminal to show something."""
        try:
            terminal.wait_for(lambda text: agrees(text[self._seen :], step.text), PATIENCE / 4)
        except TimeoutError:
            self._note(step, terminal.text()[self._seen :])

    def _look_for(self, step: Step) -> None:
        """Wait for the pages that were named to have every line."""
        pages = self._pages or [_FIRST_PAGE]
        until = time.monotonic() + PATIENCE / 4
        words: list[str] = []
        while time.monotonic() < until:
            words = [words_of(self._get(page)) for page in pages]
            if any(all(line in each for line in step.text.splitlines()) for each in words):
                return
            time.sleep(0.05)
        self._note(step, "\n\n".join(words))

    def _get(self, page: str) -> str:
        try:
            with urlopen(self.address(page), timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except URLError as error:
            return str(error)

    def _end_preview(self, step: Step, terminal: Screen) -> None:
        self._preview = None
        seen = len(terminal.text())
        terminal.type("\x03")
        terminal.end(PATIENCE)
        if not agrees(terminal.text()[seen:], step.text):
            self._note(step, terminal.text()[seen:])

    def _note(self, step: Step, shown: str) -> None:
        self.problems.append(f"{PAGE.name}:{step.line} says:\n{step.text}\nbut this is there:\n{shown}")


def follow(start: Path, look: Callable[[Newcomer, str], None]) -> Newcomer:
    """Follow the tutorial in an empty folder."""
    newcomer = Newcomer(start, look)
    newcomer.follow(PAGE.read_text(encoding="utf-8"))
    return newcomer
