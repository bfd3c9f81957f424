"""YAML text -> events: libyaml's parser where it is installed, PyYAML's own elsewhere.

Both must read a file alike, or a policy would change with the machine that builds it. They differ in a few
rare constructs: `PureParser` is brought in line where that is cheap, and a text that holds one of the others
is read by `PureParser` everywhere.
"""

from __future__ import annotations

import re
from typing import Protocol

from yaml.error import Mark
from yaml.events import Event
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError
from yaml.tokens import AnchorToken, ScalarToken, Token


class EventSource(Protocol):
    """What both parsers have in common."""

    def get_event(self) -> Event | None:
        """The next event, None after the last."""


class ParserType(Protocol):
    """A class of parsers."""

    def __call__(self, stream: str, /) -> EventSource:
        """A parser of `stream`."""


_SIGN = re.compile(r"[\0 \t\r\n:,?\[\]{}]")


class PureParser(Reader, Scanner, Parser):
    """PyYAML's parser in Python, made to read what libyaml reads."""

    def __init__(self, stream: str) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)

    def check_key(self) -> bool:
        """Whether `?` begins a key: in brackets, too, only before a space."""
        return self.peek(1) in "\0 \t\r\n"

    def check_plain(self) -> bool:
        """Whether a plain scalar begins; `?` may be its first sign, in brackets, too."""
        begins: bool = super().check_plain()
        return begins or (self.peek() == "?" and self.peek(1) not in "\0 \t\r\n,[]{}")

    def scan_anchor(self, token_class: type[Token]) -> Token:
        """An alias, or an anchor, whose name ends where it seems to end."""
        token: Token = super().scan_anchor(token_class)  # type: ignore[no-untyped-call] # PyYAML's stubs
        if token_class is AnchorToken and self.peek() not in "\0 \t\r\n,]}":
            problem = "expected the end of the name"
            raise ScannerError("while scanning an anchor", token.start_mark, problem, self.get_mark())
        return token

    def scan_plain(self) -> ScalarToken:
        """A plain scalar; as in libyaml, a list in brackets may hold ``https://example.org/?a=b``."""
        chunks: list[str] = []
        spaces: list[str] = []
        start = end = self.get_mark()
        indent = self.indent + 1
        while self.peek() != "#" and (length := self._plain_length(start)):
            self.allow_simple_key = False
            chunks += [*spaces, self.prefix(length)]
            self.forward(length)
            end = self.get_mark()
            spaces = self.scan_plain_spaces(indent, start) or []
            if not spaces or (not self.flow_level and self.column < indent):
                break
        return ScalarToken("".join(chunks), True, start, end)

    def _plain_length(self, start: Mark) -> int:
        length = self._to_a_sign(0)
        while (character := self.peek(length)) not in "\0 \t\r\n":
            if character == ":" and self.peek(length + 1) in "\0 \t\r\n":
                break
            if self.flow_level and character == ":" and self.peek(length + 1) in ",?[]{}":
                self.forward(length)
                problem = "found unexpected ':'"
                raise ScannerError("while scanning a plain scalar", start, problem, self.get_mark())
            if self.flow_level and character in ",[]{}":
                break
            length = self._to_a_sign(length + 1)
        return length

    def _to_a_sign(self, length: int) -> int:
        """The length of a scalar up to the next character that could end it."""
        match = _SIGN.search(self.buffer, self.pointer + length)
        return match.start() - self.pointer if match else length

    def scan_flow_scalar(self, style: str) -> ScalarToken:
        """A quoted scalar; an escape that stands for no character is a scanner's error."""
        start = self.get_mark()
        try:
            token = super().scan_flow_scalar(style)
            token.value.encode("utf-8")
        except (ValueError, OverflowError):
            problem = "found invalid Unicode character escape code"
            raise ScannerError("while parsing a quoted scalar", start, problem, start) from None
        return token


PARSERS: tuple[ParserType, ...]
"""The parsers this machine has, the fastest first."""

try:
    from yaml._yaml import CParser
except ImportError:
    PARSERS = (PureParser,)
else:
    PARSERS = (CParser, PureParser)

# Where a token may begin; it looks back, so that a search starts from the rare sign and not from each space.
_AFTER = r"(?<![^\s,:\[\]{}'\"]%s)"
_DISPUTED = {
    "\t": re.compile(r"\t"),
    "%": re.compile(r"(?<![^\r\n])%"),
    "\\": re.compile(r"\\U|\\u[dD]"),
    "!": re.compile("!" + _AFTER % "!" + r"(?!!(?:str|int|float|bool|null|map|seq)[ \n]|[ \n])"),
    "?": re.compile(r"\?" + _AFTER % r"\?"),
    "&": re.compile("&" + _AFTER % "&" + r"[\w-]*[^\w\s,\]}-]"),
    "|": re.compile(r"\|[-+0-9]*#"),
    ">": re.compile(r">[-+0-9]*#"),
}
"""By the character they hold: constructs on which the parsers disagree, if only about a position."""


def open_events(text: str, parser: ParserType) -> EventSource:
    """The events of `text`, from `parser` unless the two parsers would read it differently."""
    # Without a last line break, the two disagree on where the text ends.
    whole = text if text.endswith(("\n", "\r")) else text + "\n"
    is_disputed = any(sign in whole and construct.search(whole) for sign, construct in _DISPUTED.items())
    return (PureParser if is_disputed else parser)(whole)
