"""Text that reads differently than it is: characters that nobody sees, and addresses with look-alike letters.

Nothing is refused that a language needs. Arabic, Persian and Indic scripts join letters by what nobody sees,
Khmer and Thai break words by it, emoji are made with it: there it belongs, and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from policygen.diagnostics import Diagnostic, Place, Position
from policygen.source.encoding import lines_of

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
"""The flag of a part of a country: a black flag, and its code in letters that nobody sees."""
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_REORDERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_JOINING = frozenset(
    {
        *("ARABIC", "EXTENDED", "SYRIAC", "MANDAIC", "NKO", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI"),
        *("GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MYANMAR"),
        "TIBETAN",
    }
)
"""Scripts whose letters take another form beside a joiner, by the first word of their letters' names."""
_SPACELESS = frozenset({"KHMER", "THAI", "LAO", "MYANMAR", "TIBETAN", "BALINESE", "JAVANESE"})
"""Scripts that write words without a space between them."""

_LOOKALIKES = frozenset(
    "асԁеһіјӏорԛѕԝхуѵҽпгьАВЕЅІЈКМНОРСТХУ"  # Cyrillic
    "αγικνορτυχωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"  # Greek
    "օոսհգզքցԼՏՕՍ"  # Armenian
    "ɑɡɩʏ"  # Latin, but of no alphabet that an address is typed in
)
"""Letters that look like another one between a and z."""
_UNUSUAL = re.compile("[^\t\n\r -~\xa0-\xac\xae-\u024f\u0300-\u034e\u1e00-\u1eff\u2010-\u2027\u202f-\u205f]")
"""Anything but Latin letters and usual signs, among which a search takes no time."""
_USUAL = bytes([9, 10, 13, *range(32, 127)])
_SUSPECT = re.compile(f"{_UNSEEN.pattern[:-1]}{''.join(sorted(_LOOKALIKES))}]")
_ADDRESS = re.compile(r"(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:[A-Za-z]{2,}|xn--[\w-]+)(?![\w-])", re.IGNORECASE)


def deceptive(text: str, path: str) -> Iterator[Diagnostic]:
    """A finding for each place at which a file deceives its readers."""
    if not _is_suspect(text):
        return
    is_right_to_left = bool(_RIGHT_TO_LEFT.search(text))
    for number, line in enumerate(lines_of(text), 1):
        for index in _unseen(line, is_right_to_left):
            yield _hidden(line[index], path, Position(number, index + 1))
        for match in _ADDRESS.finditer(line):
            if found := _lookalike(match[0], path, Position(number, match.start() + 1, len(match[0]))):
                yield found


def disguised(value: str, text: str, path: str) -> Iterator[Diagnostic]:
    """The same for a value that is written otherwise, as `text`, with escapes or HTML's entities."""
    if not _is_suspect(value):
        return
    for index in _unseen(value, bool(_RIGHT_TO_LEFT.search(text))):
        if value[index] not in text:
            yield _hidden(value[index], path)
    for match in _ADDRESS.finditer(value):
        if match[0] not in text and (found := _lookalike(match[0], path)):
            yield found


def _hidden(character: str, path: str, position: Position | None = None) -> Diagnostic:
    name = f"U+{ord(character):04X} ({unicodedata.name(character, 'without a name')})"
    message = f"nobody sees the character {name}, which stands here"
    help_ = "delete it: with it, the text is not what it looks like"
    if _REORDERING.match(character):
        message = f"the character {name} changes the order in which text is seen"
        help_ = "delete it: what is seen must be what is written"
    return Diagnostic("hidden-character", message, Place(path), help_, position=position)


def _lookalike(host: str, path: str, position: Position | None = None) -> Diagnostic | None:
    words = posing(host)
    help_ = "write the address that is meant; readers can't tell this one from it"
    return Diagnostic("lookalike-address", words, Place(path), help_, position=position) if words else None


def _unseen(line: str, is_right_to_left: bool) -> Iterator[int]:
    """Where in a line characters stand that nobody sees.

    Marks of direction are normal in a file with right-to-left letters, even on a line that has none of them.
    """
    if line.isascii():
        return
    plain = _FLAG.sub(lambda flag: "\U0001f3f4" * len(flag[0]), line)
    for match in _UNSEEN.finditer(plain):
        at = match.start()
        if not (match[0] in "\u061c\u200e\u200f" and is_right_to_left) and not _belongs(plain, at):
            yield at


def posing(host: str) -> str | None:
    """What makes a host look like another one; None if it looks like nothing else."""
    labels = [_decoded(label) for label in host.split(".")]
    for label in labels:
        letters = [letter for letter in label if letter.isalpha()]
        odd = [letter for letter in letters if letter in _LOOKALIKES]
        if odd and (len(odd) == len(letters) or any(map(_is_mixed, label.split("-")))):
            shown = ".".join(labels)
            stands = f"`{host}` stands for `{shown}`, where" if shown != host else f"in `{host}`"
            name = f"U+{ord(odd[0]):04X} ({unicodedata.name(odd[0])})"
            return f"{stands} {name} looks like another letter"
    return None


def is_usual(raw: bytes) -> bool:
    """Whether UTF-8 holds no character that anything could be wrong with, control characters included."""
    rest = raw.translate(None, _USUAL).decode()
    return _UNUSUAL.search(rest) is None and b"n--" not in raw and b"N--" not in raw


def _is_suspect(text: str) -> bool:
    """Whether a text is worth a look: most hold no letter that anything could be wrong with."""
    unusual = _UNUSUAL.search(text)
    is_odd = unusual is not None and _SUSPECT.search(text, unusual.start()) is not None
    return is_odd or "n--" in text or "N--" in text


def _decoded(label: str) -> str:
    """A label of a host as a browser may show it."""
    if label[:4].lower() != "xn--":
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, OverflowError):
        return label


def _is_mixed(part: str) -> bool:
    """Whether look-alikes stand among letters from a to z."""
    return any(map(_LOOKALIKES.__contains__, part)) and re.search("[A-Za-z]", part) is not None


def _belongs(text: str, at: int) -> bool:
    """Whether a character that nobody sees is a part of what stands beside it."""
    character, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    around = {_script(before), _script(after)}
    if character in "\u200c\u200d" and around & _JOINING:
        return True
    if character == "\u200d":
        return _is_picture(before) and _is_picture(after)
    if character == "\u200b":
        return bool(around & _SPACELESS)
    if character in "\ufe0e\ufe0f":
        return unicodedata.category(before or " ") in {"So", "Sm"} or before in "‼⁉〰ℹ" or after == "\u20e3"
    if "\u180b" <= character <= "\u180f":
        return "MONGOLIAN" in around
    if character == "\u2800":
        return "BRAILLE" in around
    if "\ufe00" <= character <= "\ufe0d" or "\U000e0100" <= character <= "\U000e01ef":
        return _script(before) in {"CJK", "MYANMAR", "MONGOLIAN"}
    return False


@lru_cache(maxsize=1024)
def _script(character: str) -> str:
    """The first word of a character's name, which is mostly its script; empty if there is none."""
    return re.split("[ -]", unicodedata.name(character, ""))[0] if character else ""


def _is_picture(character: str) -> bool:
    """Whether a character can be a part of an emoji that several make."""
    return character != "" and (character == "\ufe0f" or unicodedata.category(character) in {"So", "Sk"})
