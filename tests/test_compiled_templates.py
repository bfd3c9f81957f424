"""The code of templates takes shorter ways than Jinja's: it does the same, and forbids the same."""

from __future__ import annotations

import pytest
from jinja2 import Environment, StrictUndefined, TemplateError, select_autoescape
from jinja2.sandbox import SandboxedEnvironment

from policygen.language import Language
from policygen.memory import Memory
from policygen.model import Force, Term
from policygen.render.bounds import Clock
from policygen.render.environment import environment
from policygen.render.templates import Templates
from policygen.render.voice import Voice

_OURS = environment(Templates(None, Memory()), Clock())
_JINJAS = SandboxedEnvironment(
    autoescape=select_autoescape(["html"]), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_BOLD = "{% macro bold(words, tag='b') %}<{{ tag }}>{{ words }}</{{ tag }}>{% endmacro %}"
_ONE = "{% macro one() %}{{ a }}{{ two() }}{% endmacro %}"
_TWO = "{% macro two() %}2{% endmacro %}"
_BOX = "{% macro box() %}[{{ caller() }}]{% endmacro %}"
_ALL = "{% macro all() %}{{ varargs }}{{ kwargs }}{% endmacro %}"
_INNER = "{% macro out() %}{% macro inner() %}{{ a }}{% endmacro %}{{ inner() }}{% endmacro %}"
_UNUSED = "{% macro one() %}{% if false %}{{ nothing }}{% endif %}{% endmacro %}"

TEMPLATES = {
    "a field": "{{ fact.id }} {{ fact.word }} {{ fact.label is none }}",
    "a field that there isn't": "{{ fact.nothing is defined }} {{ fact.nothing }}",
    "a field whose name is a word of Python": "{{ fact.class is defined }} {{ language.is is defined }}",
    "a private field": "{{ language._texts }}",
    "a class": "{{ fact.__class__ }}",
    "a field of nothing": "{{ nothing.more }}",
    "a field of several types": "{% for x in [fact, language, 'x', 1] %}{{ x.tag is defined }}{% endfor %}",
    "a value and a method": "{{ voice.service }} {{ voice.name('<x>') }} {{ voice.name.__func__ }}",
    "an enumeration": "{{ force.MAY }} {{ force.MAY == 'may' }} {{ force.mro }}",
    "escaped": "{{ '<b>' }}{{ '\\'\"&' }}{{ fact }}{{ 1 }}{{ 1.5 }}{{ none }}{{ true }}{{ 'a' }}{{ ['<'] }}",
    "not escaped": "{% autoescape false %}{{ '<b>' }}{% endautoescape %}{{ '<i>' | safe }}",
    "a name that there isn't": "before {{ nothing }}",
    "a message": "{{ _('Contents') }} {{ _('Privacy policy of {service}') }} {{ _('{a}', a='<') }}",
    "a message that lacks a value": "{{ _('Read {this}') }}",
    "a message that is no message": "{{ _(1) }}",
    "another _": "{% set _ = voice.name %}{{ _('Contents') }}",
    "an inner _": "{% for _ in [voice.name] %}{{ _('Contents') }}{% endfor %}{{ _('Contents') }}",
    "a format as _": "{% set _ = '{0.__class__}'.format %}{{ _('Contents') }}",
    "a format": "{{ '{0.__class__}'.format(fact) }}",
    "a format with a field": "{% set say = '{0.id}'.format %}{{ say(fact) }}",
    "a loop": "{% for one in 'ab' %}{{ loop.index }}{{ loop.depth0 }}{{ loop.last }}{% endfor %}",
    "a loop that lacks something": "{% for one in 'ab' %}{{ loop.index }}{{ loop.more }}{% endfor %}",
    "a macro": _BOLD + "{{ bold('<') }}{{ bold('x', 'i') }}{{ bold(words='y', tag='u') }}",
    "a macro that lacks a value": _BOLD + "{{ bold() }}",
    "a macro with a value too many": _BOLD + "{{ bold(1, 2, 3) }}",
    "a macro with an unknown value": _BOLD + "{{ bold(1, kind=2) }}",
    "a macro outside of markup": _BOLD + "{% autoescape false %}{{ bold('<') }}{% endautoescape %}",
    "a macro and what calls it": _BOX + "{% call box() %}<{{ a }}>{% endcall %}",
    "a macro that nothing calls": _BOX + "{{ box() }}",
    "a macro of any values": _ALL + "{{ all(1, 2, b='<') }}",
    "a macro inside a macro": _INNER + "{{ out() }}",
    "a macro in a branch": "{% if a %}" + _TWO + "{% endif %}{{ two() }}",
    "a macro before another": _ONE + _TWO + "{{ one() }}",
    "a macro that lacks another": _ONE + "{{ one() }}",
    "a name set before a macro": "{% set a = 1 %}" + _TWO + _ONE + "{{ one() }}",
    "a name set after a macro": _TWO + _ONE + "{% set a = 1 %}{{ one() }}{{ a }}",
    "a name set inside a macro": "{% macro one() %}{% set a = a ~ 1 %}{{ a }}{% endmacro %}{{ one() }}",
    "a name that a macro never uses": _UNUSED + "{{ one() }}",
    "a name set in a block": "{% block x %}{% set b = a %}{% for c in b %}{{ c }}{% endfor %}{% endblock %}",
    "a block printed again": "{% block x %}{{ a }}{% endblock %}{{ self.x() }}",
    "what can't be called": "{{ fact() }}",
    "what Jinja brings along": "{{ range(3) | list }} {{ range(1000000) }}",
}


def _rendered(environment: Environment, template: str) -> str:
    language = Language.of("en")
    voice = Voice(language, "Music & more")
    values = {"voice": voice, "_": voice.messages, "language": language, "force": Force, "a": "<a>"}
    try:
        return environment.from_string(template).render({**values, "fact": Term(id="music")})
    except (TemplateError, LookupError, OverflowError, TypeError) as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_does_what_it_does_in_jinjas_own_sandbox(name: str) -> None:
    assert _rendered(_OURS, TEMPLATES[name]) == _rendered(_JINJAS, TEMPLATES[name])
    # What was asked for before is asked for in another way.
    assert _rendered(_OURS, TEMPLATES[name]) == _rendered(_JINJAS, TEMPLATES[name])
