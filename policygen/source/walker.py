"""Events -> data, findings and, when asked, positions: the one place that knows how events nest.

Reading must be fast and looking up positions may be slow, yet the two must never disagree on which key is
which: so both are this walker, and only `locate` gives it a recorder.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NoReturn

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from policygen.diagnostics import ENOUGH, Diagnostic, Place, Route, last
from policygen.source.data import Data
from policygen.source.deceptive import disguised
from policygen.source.encoding import forbidden
from policygen.source.parsers import EventSource
from policygen.source.positions import SpanRecorder, position_of
from policygen.source.scalars import CORE_TAG, Scalar, resolve, resolve_tagged

DEPTH_LIMIT = 64
"""Lists and mappings that may stand in one another; Python itself gives up near a thousand."""

EVENT_LIMIT = 120_000
"""Keys, values, beginnings and ends of collections in a file: sixty times what a long policy has."""

ALIAS_BUDGET = 100_000
"""Values that aliases may add to a file, counted as if each had been written out."""

_CHARACTERS_PER_VALUE = 100
"""Characters of text that weigh as much as a value, or aliases would multiply a long text for free."""

_LONGEST_SHOWN = 60


class Refused(Exception):
    """The text holds something after which reading on makes no sense."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass(slots=True)
class _Anchor:
    """A named value; `entries` are the recorded spans inside it, None while its end is not seen."""

    value: Data
    route: Route = ()
    entries: tuple[int, int] | None = (0, 0)


@dataclass(slots=True)
class _Frame:
    """A collection whose end is not seen; `is_dropped`: the value that follows has no place in the data."""

    content: list[Data] | dict[str, Data]
    anchor: _Anchor | None = None
    first_entry: int = 0
    stands_as_key: bool = False
    key: str = ""
    key_event: Event | None = None
    awaits_value: bool = False
    is_dropped: bool = False
    lines: dict[str, int] = field(default_factory=dict)


class Walker:
    """One reading of one text."""

    def __init__(self, text: str, path: str, recorder: SpanRecorder | None = None) -> None:
        self.findings: list[Diagnostic] = []
        self._text = text
        self._path = path
        self._has_escapes = "\\" in text
        self._recorder = recorder
        self._documents = 0
        self._frames = [_Frame([])]
        self._anchors: dict[str, _Anchor] = {}
        self._aliased = 0
        self._sizes: dict[int, tuple[Data, int, int]] = {}

    def walk(self, source: EventSource) -> Data:
        """The data of the document, None if there is none."""
        take: Mapping[type, Callable[[Any], None]] = {
            ScalarEvent: self._scalar,
            MappingStartEvent: self._start,
            SequenceStartEvent: self._start,
            MappingEndEvent: self._end,
            SequenceEndEvent: self._end,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document,
        }
        events = iter(source.get_event, None)
        for event in islice(events, EVENT_LIMIT):
            if kind := take.get(type(event)):
                kind(event)
        for event in events:
            message = f"the file holds more than {EVENT_LIMIT:,} keys, values and brackets up to here"
            self._refuse("yaml-too-large", message, event, "no policy needs so many; state what differs")
        root = self._frames[0].content
        return root[0] if isinstance(root, list) and root else None

    def _document(self, event: DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            message = "a second document begins here, and a file holds one"
            self._refuse("yaml-multiple-documents", message, event, "delete the line with `---` or `...`")

    def _scalar(self, event: ScalarEvent) -> None:
        frame = self._frames[-1]
        value: Data = self._value(event)
        if _wants_key(frame):
            self._key(frame, event, value)
            value = event.value
        else:
            self._put(frame, value, event)
        if event.anchor:
            self._anchors[event.anchor] = _Anchor(value)

    def _value(self, event: ScalarEvent) -> Scalar:
        tag, text = event.tag, event.value
        if tag is None and event.implicit[0]:
            return resolve(text)
        if event.style == '"' and (found := forbidden(text)) is not None:
            message = f"an escape stands for U+{ord(text[found]):04X}, which no text may hold"
            self._report("yaml-encoding", message, event, "delete the escape")
        elif event.style == '"' and self._has_escapes:
            for finding in disguised(text, _source(event, self._text), self._path):
                self._add(finding.at(position_of(event, self._text)))
        try:
            return text if tag is None else resolve_tagged(text, tag)
        except ValueError:
            self._report_tag(event, tag)
            return text

    def _key(self, frame: _Frame, event: ScalarEvent, value: Data) -> None:
        key = event.value
        frame.key, frame.key_event = key, event
        frame.awaits_value = True
        frame.is_dropped = value is None or key in frame.lines
        if value is None:
            help_ = 'write a key before the `:`; a key called "null" needs its quotes'
            self._report("yaml-key", "a key is empty or null", event, help_)
        elif frame.is_dropped:
            message = f"the key `{_shown(key)}` is on line {frame.lines[key]} already"
            self._report("duplicate-key", message, event, "merge the two, or rename one")
        else:
            frame.lines[key] = _line(event)

    def _start(self, event: CollectionStartEvent) -> None:
        if len(self._frames) > DEPTH_LIMIT:
            self._refuse_depth(event)
        parent = self._frames[-1]
        frame = _Frame({} if isinstance(event, MappingStartEvent) else [], stands_as_key=_wants_key(parent))
        kind = "map" if isinstance(event, MappingStartEvent) else "seq"
        if event.tag not in (None, "!", CORE_TAG + kind):
            self._report_tag(event, event.tag)
        if frame.stands_as_key:
            self._complex_key(parent, event)
        else:
            self._put(parent, frame.content, event)
        if event.anchor:
            frame.anchor = self._anchors[event.anchor] = _Anchor(frame.content, self._route(), None)
            frame.first_entry = len(self._recorder or ())
        self._frames.append(frame)

    def _end(self, _: CollectionEndEvent) -> None:
        frame = self._frames.pop()
        if frame.anchor:
            frame.anchor.entries = frame.first_entry, len(self._recorder or ())
        if frame.stands_as_key:
            self._frames[-1].awaits_value = True

    def _complex_key(self, frame: _Frame, event: Event) -> None:
        frame.key, frame.key_event, frame.is_dropped = "", event, True
        self._report("yaml-key", "a key is not a plain word", event, "put quotes around text in brackets")

    def _alias(self, event: AliasEvent) -> None:
        anchor, frame = self._anchors.get(event.anchor or ""), self._frames[-1]
        name = _shown(event.anchor or "")
        if anchor is None:
            message = f"`*{name}` refers to `&{name}`, which is nowhere above"
            self._refuse("yaml-syntax", message, event, "put quotes around a text that begins with `*`")
        if anchor.entries is None:
            message = f"`*{name}` stands inside the value that it refers to"
            self._refuse("yaml-recursive-alias", message, event, "write out what is meant")
        if _wants_key(frame):
            self._complex_key(frame, event)
            frame.awaits_value = True
            return
        self._charge(anchor.value, event)
        self._put(frame, anchor.value, event)
        if self._recorder is not None:
            self._recorder.copy(anchor.entries, anchor.route, self._route())

    def _charge(self, value: Data, event: Event) -> None:
        weight, height = self._size(value)
        self._aliased += weight
        if self._aliased > ALIAS_BUDGET:
            message = f"the aliases up to here stand for more than {ALIAS_BUDGET:,} values"
            self._refuse("yaml-alias-bomb", message, event, "write out what is meant")
        if len(self._frames) - 1 + height > DEPTH_LIMIT:
            self._refuse_depth(event)

    def _size(self, value: Data) -> tuple[int, int]:
        """How many values there are in a value, and how deep it is; each collection is measured once."""
        if isinstance(value, str):
            return 1 + len(value) // _CHARACTERS_PER_VALUE, 0
        if not isinstance(value, list | dict):
            return 1, 0
        if (known := self._sizes.get(id(value))) is not None:
            return known[1:]
        weight = 1 if isinstance(value, list) else 1 + sum(map(len, value)) // _CHARACTERS_PER_VALUE
        height = 0
        for part in value if isinstance(value, list) else value.values():
            part_weight, part_height = self._size(part)
            weight, height = weight + part_weight, max(height, part_height)
        # The value is kept with its size, because an id is free for another once its object is gone.
        self._sizes[id(value)] = value, weight, height + 1
        return weight, height + 1

    def _put(self, frame: _Frame, value: Data, event: Event) -> None:
        if isinstance(frame.content, list):
            frame.content.append(value)
        else:
            frame.awaits_value = False
            if not frame.is_dropped:
                frame.content[frame.key] = value
        if self._recorder is not None:
            self._recorder.value(self._route(), frame.key_event, event)

    def _route(self) -> Route:
        """The way to the value put last."""
        return tuple(_step(frame) for frame in self._frames[1:])

    def _report(self, code: str, message: str, event: Event, help_: str) -> None:
        self._add(self._finding(code, message, event, help_))

    def _add(self, finding: Diagnostic) -> None:
        if len(self.findings) + 1 == ENOUGH:
            raise Refused(last(finding))
        self.findings.append(finding)

    def _report_tag(self, event: CollectionStartEvent | ScalarEvent, tag: str | None) -> None:
        name = _shown((tag or "").replace(CORE_TAG, "!!"))
        help_ = "delete the tag; a text that begins with `!` needs quotes"
        self._report("yaml-tag", f"the tag `{name}` does not belong here", event, help_)

    def _refuse(self, code: str, message: str, event: Event, help_: str) -> NoReturn:
        raise Refused(self._finding(code, message, event, help_))

    def _refuse_depth(self, event: Event) -> NoReturn:
        message = f"lists and mappings are nested more than {DEPTH_LIMIT} deep here"
        self._refuse("yaml-too-deep", message, event, "a missing closing bracket may be the cause")

    def _finding(self, code: str, message: str, event: Event, help_: str) -> Diagnostic:
        return Diagnostic(code, message, Place(self._path), help_, position=position_of(event, self._text))


def _wants_key(frame: _Frame) -> bool:
    return not frame.awaits_value and isinstance(frame.content, dict)


def _shown(word: str) -> str:
    """A word from the text as a message can show it: on one line, and not endless."""
    line = " ".join(word.split())
    return line if len(line) <= _LONGEST_SHOWN else line[:_LONGEST_SHOWN] + "…"


def _source(event: Event, text: str) -> str:
    """How an event is written."""
    start, end = event.start_mark, event.end_mark
    return text[start.index : end.index] if start and end else ""


def _step(frame: _Frame) -> str | int:
    return len(frame.content) - 1 if isinstance(frame.content, list) else frame.key


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
