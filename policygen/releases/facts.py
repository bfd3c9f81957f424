"""What a policy states, as plain data with every word resolved in each language: the facts.json of a release.

```
{"format": 1, "entries": [
  {"kind": "recipients", "id": "cloudflare", "path": "recipients/cloudflare", "own": true,
   "name": {"en": "Cloudflare", …}, "label": {"en": "Cloudflare", …},
   "says": {"countries": [{"key": "US", "words": {"en": "United States", "vi": "Hoa Kỳ"}}], …}}, …]}
```
Made from the model's fields, not from a list of them, so that a field added tomorrow is covered. An entry is
a fact with an identity, or a part of the policy. `in` is the path of the fact it belongs to, `word` the word
that its name comes from, `own` says that the name is the author's, `sentence` that it is a sentence. An entry
without a name is called after its kind. What steers the page and is no fact is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, is_dataclass
from datetime import date
from enum import StrEnum

from markupsafe import Markup

from policygen.loading.shapes import Shape, shapes
from policygen.model import Policy, Prose, References, Stated, Statement, Term, Text, Time
from policygen.model.data import Retention
from policygen.model.kinds import Act, Force, LanguageTag, Need, Region
from policygen.model.policy import ExtraSection
from policygen.releases.phrases import CHOICES, NOUN
from policygen.releases.record import FORMAT, Json
from policygen.render.glance import Keeping
from policygen.render.voice import Facts, Voice, resolve
from policygen.vocabulary import VOCABULARIES

_SETTINGS = frozenset({"format", "reader", "language", "sections", "formerly", "discontinued"})
"""Fields of a policy that are no facts."""
_IDENTITY = frozenset({"id", "is", "formerly", "use", "label", "heading"})
_PLACE = frozenset({"id", "title", "before", "after"})
_LEAVES = (Text, Time, References)
_DEFAULTS = ((Act.SHARE,), Force.DOES)
"""What is the same as nothing stated."""

ALL = "*"
NONE = "none"


def state(policy: Policy, voices: Sequence[Voice]) -> Json:
    """The facts of a policy, in the policy's order; one voice for each language."""
    teller = _Teller(policy, voices)
    teller.tell(policy, "policy", "")
    return {"format": FORMAT, "entries": list(teller.entries)}


@dataclass(slots=True)
class _Teller:
    policy: Policy
    voices: Sequence[Voice]
    entries: list[dict[str, Json]] = field(default_factory=list)

    def tell(self, fact: object, kind: str, path: str, within: str = "", age: int | None = None) -> None:
        """Add an entry for a fact, and those of the facts inside it after it."""
        entry: dict[str, Json] = {"kind": kind, "id": _id(fact, kind), "path": path}
        if within:
            entry["in"] = within
        entry |= self._called(fact, kind, age)
        says: dict[str, Json] = {}
        inside: list[tuple[str, object]] = []
        self._fields(fact, "", says, inside)
        self.entries.append({**entry, "says": says})
        age = getattr(fact, "under", None)
        for key, part in inside:
            part_kind = key if kind == "policy" else f"{kind}.{key}"
            name = _id(part, part_kind)
            part_path = "/".join(step for step in (path, key, name) if step)
            self.tell(part, part_kind, part_path, path, age)

    def _fields(
        self, fact: object, prefix: str, says: dict[str, Json], inside: list[tuple[str, object]]
    ) -> None:
        model: type = type(fact)
        for shape in shapes(model).values():
            value = getattr(fact, shape.attribute)
            if value is None or value in _DEFAULTS or shape.key in _left_out(fact, shape):
                continue
            key = prefix + shape.key
            if value == () or value is Stated.NONE:
                says[key] = [{"key": NONE, "words": self._choice(f"{shape.key}.{NONE}", NONE)}]
            elif _is_entry(shape, fact):
                inside += [(key, part) for part in (value if shape.many else (value,))]
            elif is_dataclass(value) and not isinstance(value, (*_LEAVES, Term)):
                self._fields(value, f"{key}.", says, inside)
            elif isinstance(value, References):
                says[key] = self._references(value, shape)
            else:
                says[key] = [self._value(part, shape) for part in (value if shape.many else (value,))]
        if isinstance(fact, Term) and _named(fact) and (fact.vocabulary or fact.label):
            says["is"] = [self._kind(fact)]

    def _called(self, fact: object, kind: str, age: int | None) -> dict[str, Json]:
        """What an entry is called, and where its name comes from."""
        if isinstance(fact, ExtraSection):
            title = self._words(lambda voice: voice.text(fact.title))
            return {"own": True, "name": title, "label": title}
        if not isinstance(fact, Term) or kind == "controller":
            return {}
        values = {} if age is None else {"age": age}
        called = self._origin(fact)
        if isinstance(fact, Statement):
            called["sentence"] = True
        name = self._words(lambda voice: self._name(fact, voice, values))
        label = self._words(lambda voice: self._label(fact, voice, values))
        return {**called, "name": name, "label": label} if any(name.values()) else called

    def _origin(self, fact: Term) -> dict[str, Json]:
        origin: dict[str, Json] = {}
        if fact.formerly:
            origin["formerly"] = list(fact.formerly)
        if fact.label is not None or fact.heading is not None or _named(fact):
            origin["own"] = True
        elif fact.vocabulary is not None:
            origin["word"] = fact.word
        return origin

    def _name(self, fact: Term, voice: Voice, values: Mapping[str, int]) -> Markup:
        """A fact's name where it stands alone; empty where nothing names it."""
        if _named(fact) or fact.heading is not None:
            return voice.heading(fact) if _named(fact) else voice.kind(fact)
        if fact.label is not None or fact.vocabulary is not None:
            return voice.language.sentence_case(self._label(fact, voice, values))
        if isinstance(fact, Retention):
            return Keeping(Facts(self.policy), voice).retained(fact)
        if regime := getattr(fact, "regime", None):
            return voice.heading(regime)
        return Markup() if hasattr(fact, "regime") else voice.name(fact.id)

    def _label(self, fact: Term, voice: Voice, values: Mapping[str, int]) -> Markup:
        if fact.label is None and fact.vocabulary is None and not _named(fact):
            return self._name(fact, voice, values)
        # A contact is called what it is for; whose name it bears is said of it.
        is_contact = isinstance(getattr(fact, "name", None), Text)
        return voice.label(_unnamed(fact) if is_contact else fact, **values)

    def _kind(self, fact: Term) -> dict[str, Json]:
        """What a fact with a name of its own is."""
        own: dict[str, Json] = {"own": True} if fact.label is not None else {}
        if fact.heading is not None:
            own["heading"] = self._words(lambda voice: voice.kind(fact))
        return {"key": fact.word, **own, "words": self._words(lambda voice: voice.label(_unnamed(fact)))}

    def _references(self, references: References, shape: Shape) -> list[Json]:
        of = shape.refers or ""
        if references.all:
            return [{"key": ALL, "of": of, "words": self._choice(f"all.{of}", ALL)}]
        facts = resolve(self.policy, of, references)
        return [{"key": fact.id, "of": of, "words": self._reference(fact)} for fact in facts]

    def _reference(self, fact: Term) -> dict[str, Json]:
        return self._words(lambda voice: self._label(fact, voice, {}))

    def _value(self, value: object, shape: Shape) -> dict[str, Json]:
        if isinstance(value, Term):
            words: dict[str, Json] = {"words": self._words(lambda voice: voice.label(value))}
            if value.heading is not None:
                words["heading"] = self._words(lambda voice: voice.kind(value))
            return {"key": value.id, **self._origin(value), **words}
        if isinstance(value, Prose):
            return {
                "prose": True,
                "words": {voice.language.tag: _prose(value, voice) for voice in self.voices},
            }
        if isinstance(value, Text):
            return {"own": True, "words": self._words(lambda voice: voice.text(value))}
        if isinstance(value, Time):
            return {"key": _time_key(value), "words": self._words(lambda voice: voice.time(value))}
        if isinstance(value, Need):
            label = VOCABULARIES["need"][value].label
            return {"key": value.value, "words": self._words(lambda voice: voice.say_as("need", label))}
        if isinstance(value, bool):
            return {"key": value, "words": self._choice(str(value).lower(), "")}
        if isinstance(value, StrEnum) or shape.choices:
            return {"key": str(value), "words": self._choice(f"{shape.key}.{value}", str(value))}
        return self._plain(value, shape)

    def _plain(self, value: object, shape: Shape) -> dict[str, Json]:
        """A value that reads the same in every language, or as the languages' own data says it."""
        key: Json = value if isinstance(value, int) else str(value)
        if shape.type is Region:
            return {"key": key, "words": self._words(lambda voice: voice.region(Region(str(value))))}
        if shape.type is LanguageTag:
            return {"key": key, "words": {
                voice.language.tag: voice.language.language_name(str(value)) or str(value)
                for voice in self.voices}}  # fmt: skip
        if isinstance(value, date):
            return {"key": key, "words": self._words(lambda voice: Markup.escape(voice.language.date(value)))}
        return {"key": key}

    def _choice(self, name: str, fallback: str) -> dict[str, Json]:
        noun = CHOICES.get(name) or CHOICES.get(name.rpartition(".")[2]) or fallback
        return self._words(lambda voice: voice.say_as(NOUN, noun))

    def _words(self, say: Callable[[Voice], Markup]) -> dict[str, Json]:
        """The same in every language, as plain text."""
        return {voice.language.tag: say(voice).striptags() for voice in self.voices}


def _named(fact: Term) -> bool:
    """Whether a fact bears a name of its own, such as a company's; a contact's is a person's."""
    return isinstance(getattr(fact, "name", None), str)


def _unnamed(fact: Term) -> Term:
    """What a fact is, without the name it bears."""
    return Term(id=fact.id, is_=fact.is_, label=fact.label, vocabulary=fact.vocabulary)


def _id(fact: object, kind: str) -> str:
    """An entry's id; a part of the policy has none, there is only one of it."""
    return "" if kind == "controller" else str(getattr(fact, "id", ""))


def _left_out(fact: object, shape: Shape) -> frozenset[str]:
    if isinstance(fact, Policy):
        return _SETTINGS
    if isinstance(fact, ExtraSection):
        return _PLACE
    if isinstance(fact, Term):
        return _IDENTITY | {"name"} if _named(fact) and shape.type is str else _IDENTITY
    return frozenset()


def _is_entry(shape: Shape, owner: object) -> bool:
    """Whether a field holds facts with an identity, or a part of the policy."""
    kind = shape.type
    if not is_dataclass(kind) or kind is Term or (isinstance(kind, type) and issubclass(kind, _LEAVES)):
        return False
    return isinstance(owner, Policy) or "id" in shapes(kind)  # type: ignore[arg-type] # a class, not a value


def _time_key(time: Time) -> str:
    if time.duration is None:
        return time.word or ""
    return f"{time.duration.amount} {time.duration.unit}" + (" ahead" if time.ahead else "")


def _prose(prose: Prose, voice: Voice) -> str:
    """The Markdown as written, as a link's target counts, or that of the language that stands in."""
    tags = (voice.language.tag, voice.fallback or "", *prose.by_language)
    return next((said for tag in tags if (said := prose.in_language(tag)) is not None), "")
