"""Schema and loader say the same of a file's structure, and the schema is one that editors can use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError, validators

from policygen.checks import Case, check
from policygen.diagnostics import Place
from policygen.loading import Shape, load_policy, load_settings, shapes
from policygen.loading.context import Context, Shared
from policygen.loading.reader import read_fields
from policygen.loading.scalars import READERS, ValueProblem
from policygen.model import Policy, SiteSettings, Term, Text, Time
from policygen.model.kinds import Email, Phone, Region, Slug, Url
from policygen.model.service import Service
from policygen.model.site import Shared as Facts
from policygen.schema import KINDS, Kind, modeline, read_languages, schema, schema_files, schema_path
from policygen.schema.structure import Structure
from policygen.schema.texts import Languages
from policygen.site import SETTINGS, SiteFolder
from policygen.source import Data, parse
from policygen.vocabulary import VOCABULARIES
from policygen.words import labels
from tests.full_policy import Full
from tests.site_under_test import CHECKOUT, TODAY
from tests.small_site import make_site, run
from tests.yaml_values import ODD, VALUES, mapping, nearly_right
from tools import reference

_PATH = "content/music/policy.yaml"
TEXT: Data = {"en": "words", "vi": "lời"}
_SHARED = """\
shared:
  controllers: [{id: ours, legal_name: Ours Ltd}]
  contacts: [{id: ours, label: {en: us, vi: chúng tôi}}]
  data: [{id: ours, label: {en: data, vi: dữ liệu}}]
  purposes: [{id: ours, label: {en: use it, vi: dùng}}]
  recipients: [{id: ours, label: {en: them, vi: họ}}]
  storage: [{id: ours, label: {en: there, vi: ở đó}}]
  retention: [{id: ours, time: 1 year}]
  rights: [{id: ours, rights: [access]}]
  children: [{id: ours, under: 13}]
"""
_SITE = "format: 1\nname: Site\nurl: https://site.example/\n"
SITES: Mapping[str, str] = {
    "two languages": _SITE + "languages: [en, vi]\n" + _SHARED,
    "one language": _SITE + "languages: [en]\n" + re.sub(r", vi: [^}]*", "", _SHARED),
    "a fallback": _SITE + "languages: [en, vi]\nfallback: notice\n" + _SHARED,
}
LOADER_ALONE = frozenset(
    {"duplicate-id", "unknown-shared", "bad-date", "bad-language", "bad-timezone", "retired-word"}
)
"""What needs the rest of the file, another file, a calendar or a register."""


def _matches(_: Any, expression: str, value: object, __: Any) -> Iterator[ValidationError]:
    # ECMAScript's `$` is the very end; Python's also stands before a last line break.
    if isinstance(value, str) and not re.search(expression.removesuffix("$") + r"\Z", value):
        yield ValidationError(f"{value!r} does not match {expression!r}")


_Validator: Any = validators.extend(Draft202012Validator, {"pattern": _matches})  # type: ignore[no-untyped-call]


@cache
def validator(kind: Kind, site: str = "") -> Any:
    """The validator of a file in a site with these settings; without any, of a file in an unknown site."""
    languages = languages_of(site)[kind] if site else Languages()
    return _Validator(schema(kind, languages))


@cache
def languages_of(site: str) -> Mapping[Kind, Languages]:
    class Folder(SiteFolder):
        def read(self, path: str) -> bytes | None:
            return site.encode() if path == SETTINGS else None

    return read_languages(Folder(Path()))


@cache
def settings_of(site: str) -> SiteSettings:
    loaded = load_settings(parse(site, SETTINGS)[0], SETTINGS)
    assert loaded.findings == ()
    assert loaded.value is not None
    return loaded.value


def found_in(data: Data, site: str) -> tuple[list[str], list[str]]:
    """The codes of what the loader finds in a policy, and of what the checks find after it."""
    loaded = load_policy(data, _PATH, settings_of(site))
    case = (
        Case(loaded.value, Place(_PATH), settings_of(site), date.fromisoformat(TODAY))
        if loaded.value
        else None
    )
    return [each.code for each in loaded.findings], [each.code for each in check(case)] if case else []


# --- agreement


@pytest.mark.parametrize("site", SITES.values(), ids=list(SITES))
@given(data=mapping(Policy, always={"service": {"name": "Music"}}))
@hypothesis(deadline=None)
def test_schema_and_loader_agree_on_a_policy(site: str, data: Data) -> None:
    found, checked = found_in(data, site)
    if validator("policy", site).is_valid(data):
        assert set(found) <= LOADER_ALONE | ({"missing-translation"} if "fallback" in site else set())
    else:
        assert found + checked
    if not found + checked:
        assert validator("policy").is_valid(data)


@pytest.mark.parametrize("site", SITES.values(), ids=list(SITES))
@given(more=mapping(SiteSettings, always={"languages": None, "fallback": None}))
@hypothesis(deadline=None)
def test_schema_and_loader_agree_on_the_settings(site: str, more: dict[str, Data]) -> None:
    basis, _ = parse(site, SETTINGS)
    assert isinstance(basis, dict)
    data = {key: value for key, value in more.items() if key not in {"languages", "fallback"}}
    data |= {key: value for key, value in basis.items() if key in {"languages", "fallback"}}
    found = [each.code for each in load_settings(data, SETTINGS).findings]
    if validator("site", site).is_valid(data):
        assert set(found) <= LOADER_ALONE
    else:
        assert found or {"sections", "changes"} & {*data}
    if not found and not {"sections", "changes"} & {*data}:
        assert validator("site").is_valid(data)


def shared_of(settings: SiteSettings) -> Shared:
    """The shared facts, as the loader has them."""
    facts: list[Term] = [fact for part in fields(Facts) for fact in getattr(settings.shared, part.name)]
    shared: dict[type, dict[str, Term]] = {type(fact): {fact.id: fact} for fact in facts}
    return shared


_CLASSES = (Policy, SiteSettings, *reference.BASES, *reference.parts(Policy), *reference.parts(SiteSettings))
_STRICTER = frozenset(
    {"format", "url", "sections", "before", "after", "material", "editorial", "id", "is", "label"}
)
"""Keys of which something else than the reader of a field knows what is wrong with them."""


def own_shapes() -> Iterator[tuple[type, Shape]]:
    """Every key that a class of the model adds to those of its bases, or changes."""
    for cls in dict.fromkeys(_CLASSES):
        bases = [base for base in cls.__mro__[1:] if is_dataclass(base)]
        for shape in shapes(cls).values():
            if not any(shapes(base).get(shape.key) == shape for base in bases):
                yield cls, shape


def keys_in_sites() -> Iterator[Any]:
    """Those that hold texts in each kind of site, the others in one."""
    for cls, shape in own_shapes():
        is_text = isinstance(shape.type, type) and issubclass(shape.type, Text)
        for name in SITES if is_text else list(SITES)[:1]:
            yield pytest.param(cls, shape, SITES[name], id=f"{cls.__name__}.{shape.key}-{name}")


@pytest.mark.parametrize(("cls", "shape", "site"), list(keys_in_sites()))
def test_a_key_takes_the_same_values_from_schema_and_loader(cls: type, shape: Shape, site: str) -> None:
    languages = languages_of(site)["policy"]
    structure = Structure(languages)
    judge = _Validator({**structure.field(cls, shape), "$defs": structure.definitions})
    fallback = "en" if "fallback" in site else None
    alone = LOADER_ALONE | ({"missing-translation"} if fallback else set())
    for value in [*ODD, *([value] if shape.many else value for value in VALUES)]:
        context = Context(languages.tags, shared_of(settings_of(site)), fallback)
        read_fields(context, cls, {shape.key: value}, Place("x"))
        found = {each.code for each in context.findings}
        if judge.is_valid(value):
            assert found <= alone, value
        elif shape.key not in _STRICTER:
            assert found, value


@pytest.mark.parametrize("kind", [Url, Email, Phone, Region, Slug, Time], ids=lambda kind: kind.__name__)
@given(data=st.data())
@hypothesis(deadline=None)
def test_schema_and_loader_agree_on_a_single_value(kind: Any, data: st.DataObject) -> None:
    value = data.draw(nearly_right(kind))
    try:
        READERS[kind](value)
    except ValueProblem:
        assert not single(kind).is_valid(value)
    else:
        assert single(kind).is_valid(value)


@cache
def single(kind: Any) -> Any:
    """The validator of a value in a list."""
    structure = Structure(Languages())
    shape = replace(shapes(Service)["addresses"], type=kind, many=True)
    made = structure.field(Service, shape)["items"]
    assert isinstance(made, dict)
    return _Validator({**made, "$defs": structure.definitions})


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("policy", {"sections": ["nowhere"]}),
        ("policy", {"extra": [{"id": "x", "title": TEXT, "text": TEXT, "after": "nowhere"}]}),
        ("site", {"changes": {"material": ["nothing"]}}),
        ("site", {"sections": ["data", "nowhere"]}),
        ("site", {"url": "https://site.example/?page"}),
        ("site", {"shared": {"recipients": [{"use": "ours"}]}}),
    ],
)
def test_what_a_check_finds_wrong_is_wrong_in_the_schema_where_it_can_be(
    kind: Kind, data: dict[str, Data]
) -> None:
    basis, _ = parse(SITES["two languages"], SETTINGS)
    good = basis if kind == "site" else {"format": 1, "service": {"name": "Music"}}
    assert isinstance(good, dict)
    judge = validator(kind, SITES["two languages"])
    assert judge.is_valid(good)
    assert not judge.is_valid({**good, **data})


def test_all_there_is_to_state_is_valid() -> None:
    for data in (Full().policy(), Full(2, "may", heading=True, wording=True).policy()):
        assert [
            error.message for error in validator("policy", SITES["two languages"]).iter_errors(data)
        ] == []
        assert validator("policy").is_valid(data)


@pytest.mark.parametrize(
    "file", sorted(CHECKOUT.glob("content/*/policy.yaml")), ids=lambda file: file.parent.name
)
def test_a_published_policy_is_valid(file: Path) -> None:
    data, _ = parse(file.read_text(encoding="utf-8"), file.name)
    site = (CHECKOUT / SETTINGS).read_text(encoding="utf-8")
    assert [error.message for error in validator("policy", site).iter_errors(data)] == []
    assert validator("policy").is_valid(data)


def test_the_settings_of_the_published_site_are_valid() -> None:
    site = (CHECKOUT / SETTINGS).read_text(encoding="utf-8")
    data, _ = parse(site, SETTINGS)
    assert validator("site", site).is_valid(data)
    assert validator("site").is_valid(data)


# --- what editors need


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("site", ["", *SITES.values()], ids=["no site", *SITES])
def test_the_schema_is_one_of_its_dialect(kind: Kind, site: str) -> None:
    made = validator(kind, site).schema
    Draft202012Validator.check_schema(made)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert made["title"] == f"{kind}.yaml"


def nodes(value: object) -> Iterator[dict[str, Any]]:
    """Every object in a schema."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(inner)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("site", ["", *SITES.values()], ids=["no site", *SITES])
def test_every_example_is_valid_where_it_stands(kind: Kind, site: str) -> None:
    made = validator(kind, site).schema
    shown = [(node, example) for node in nodes(made) for example in node.get("examples", ())]
    assert len(shown) > 20
    for node, example in shown:
        assert _Validator({**node, "$defs": made["$defs"]}).is_valid(example), (node, example)


def test_every_key_is_described_in_the_words_of_the_model() -> None:
    classes: Mapping[Kind, type] = {"policy": Policy, "site": SiteSettings}
    for kind, cls in classes.items():
        made = validator(kind, SITES["two languages"]).schema
        described = {str(node.get("description")).removesuffix(" Can be `none`.") for node in nodes(made)}
        for part in (cls, *reference.parts(cls)):
            left_out = {"is", "use"}
            docs = {shape.doc for key, shape in shapes(part).items() if key not in left_out}
            assert docs - described == set()


def test_every_reference_leads_to_a_definition_and_every_definition_is_used() -> None:
    for kind in KINDS:
        made = validator(kind).schema
        used = {node["$ref"].removeprefix("#/$defs/") for node in nodes(made) if "$ref" in node}
        assert used <= {*made["$defs"]}
        assert {*made["$defs"]} - used <= {"words.timing"}


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_every_word_is_offered_and_explained_in_the_languages_of_the_site(vocabulary: str) -> None:
    name = f"words.{vocabulary}"
    if vocabulary == "need":  # a choice between three words, which the model knows itself
        assert name not in validator("policy").schema["$defs"]
        return
    found = {**validator("policy").schema["$defs"], **validator("site").schema["$defs"]}[name]
    assert found["enum"] == list(VOCABULARIES[vocabulary].words)
    for word, description in zip(VOCABULARIES[vocabulary], found["enumDescriptions"], strict=True):
        said = labels(VOCABULARIES[vocabulary], word)
        assert {*said} == {"en", "vi"}
        assert description == (" · ".join(said.values()) if said["en"] != said["vi"] else said["en"])
        assert "{y" not in description.lower()


def test_a_word_is_explained_in_the_languages_of_the_site() -> None:
    def explained(site: str) -> str:
        words = validator("policy", site).schema["$defs"]["words.data"]
        return str(words["enumDescriptions"][words["enum"].index("email")])

    assert explained("") == explained(SITES["two languages"]) == "email address · địa chỉ email"
    assert explained(SITES["one language"]) == "email address"


def test_patterns_are_regular_expressions_of_ecmascript_too() -> None:
    for kind in KINDS:
        for node in nodes(validator(kind, SITES["two languages"]).schema):
            if expression := node.get("pattern"):
                assert isinstance(expression, str)
                assert not re.search(r"\\[AZzGdb]|\(\?[P#<]", expression)
                assert expression.startswith("^")
                assert expression.endswith("$")
                assert node["patternErrorMessage"]


def test_a_comment_leads_from_a_file_to_its_schema() -> None:
    files: Mapping[str, Kind] = {SETTINGS: "site", _PATH: "policy"}
    for path, kind in files.items():
        before, name = modeline(path).split("=")
        assert before == "# yaml-language-server: $schema"
        assert (Path("/site") / path).parent.joinpath(name).resolve() == Path("/site") / schema_path(kind)


def test_the_manual_tells_the_comment_for_either_file() -> None:
    manual = (CHECKOUT / "docs" / "writing-help.md").read_text(encoding="utf-8")
    for path in (SETTINGS, "content/<service>/policy.yaml"):
        assert re.search(rf"^{re.escape(path)} +{re.escape(modeline(path))}$", manual, re.MULTILINE)


# --- the command


def test_the_command_prints_a_schema_for_the_site_it_runs_in(tmp_path: Path) -> None:
    make_site(tmp_path)
    commands: list[tuple[list[str], Kind]] = [([], "policy"), (["policy"], "policy"), (["site"], "site")]
    for words, kind in commands:
        done = run(tmp_path, "schema", *words, today=None)
        assert (done.returncode, done.stderr) == (0, "")
        languages = read_languages(SiteFolder(tmp_path))[kind]
        assert languages.tags == ("en", "vi")
        assert json.loads(done.stdout) == schema(kind, languages)


def test_outside_a_site_any_language_will_do(tmp_path: Path) -> None:
    done = run(tmp_path, "schema", "policy", today=None)
    assert json.loads(done.stdout) == schema("policy", Languages())
    assert done.stderr == ""


def test_the_command_writes_one_schema_or_those_of_the_site(tmp_path: Path) -> None:
    make_site(tmp_path)
    assert run(tmp_path, "schema", "site", "--output", "deep/s.json", today=None).returncode == 0
    assert run(tmp_path, "schema", "--write", today=None).returncode == 0
    files = schema_files(read_languages(SiteFolder(tmp_path)))
    assert {path: (tmp_path / path).read_bytes() for path in files} == files
    assert (tmp_path / "deep" / "s.json").read_bytes() == files[".policygen/site.schema.json"]
    assert [file.name for file in (tmp_path / ".policygen").iterdir() if file.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["schema", "policy", "--site", "nowhere"], "there is no folder nowhere"),
        (["schema", "--write"], "is not a policygen site"),
        (["schema", "--write", "site"], "--write"),
        (["schema", "--output", "taken/x.json"], "taken"),
        (["schema", "politics"], "politics"),
    ],
)
def test_what_goes_wrong_is_one_line(words: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    done = run(tmp_path, *words, today=None)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "taken").read_text() == "a file"


def test_a_site_that_cannot_be_read_is_no_obstacle(tmp_path: Path) -> None:
    make_site(tmp_path, {SETTINGS: "languages: [en, vi\n"})
    done = run(tmp_path, "schema", today=None)
    assert json.loads(done.stdout) == schema("policy", Languages())
