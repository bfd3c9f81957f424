"""Templates of a site that would run for ever, take all memory, or can't be read: a finding at their file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.small_site import make_site
from tests.torture.confined import confined, is_civil
from tests.torture.conftest import Dose, Tally

TEMPLATE = "templates/policy/glance.html"
_ITSELF = "'policy/glance.html'"
_LONG = "{% set s = 'a b ' * 25000 %}"
WITHOUT_END: Mapping[str, str] = {
    "a long range": "{% for i in range(10**12) %}{% endfor %}",
    "ranges in each other": "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "a list in itself": "{% set r = range(99999) %}{% for i in r %}{% for j in r %}{% endfor %}{% endfor %}",
    "a list that grows": "{% set l = [1] %}{% for x in l %}{% set _ = l.append(x) %}{% endfor %}",
    "a sum in a loop": "{% for i in range(99999) %}{{ range(99999) | sum }}{% endfor %}",
    "a macro that calls itself": "{% macro f(n) %}{{ f(n + 1) }}{% endmacro %}{{ f(1) }}",
    "a macro that calls itself twice": (
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}"
    ),
    "a caller without end": (
        "{% macro m() %}{{ caller() }}{% endmacro %}{% set r = range(99999) %}"
        "{% call m() %}{% for i in r %}{% for j in r %}{% endfor %}{% endfor %}{% endcall %}"
    ),
    "a loop that loops": "{% for x in [1, 2] recursive %}{{ loop([1, 2]) }}{% endfor %}",
    "a block in itself": "{% block a %}{{ self.a() }}{% endblock %}",
    "a template that includes itself": f"{{% include {_ITSELF} %}}",
    "a template that extends itself": f"{{% extends {_ITSELF} %}}",
    "a template that imports itself": f"{{% import {_ITSELF} as me %}}",
    "filler": "{{ lipsum(10**9) }}",
    "a power": "{{ 10 ** 100000000 }}",
    "a power of powers": "{{ 9 ** (9 ** 9) }}",
}
TOO_LARGE: Mapping[str, str] = {
    "a text over and over": "{{ 'a' * 10**10 }}",
    "a list over and over": "{{ [1] * 10**10 }}",
    "a text that doubles": (
        "{% set n = namespace(s='abcd') %}{% for i in range(60) %}{% set n.s = n.s ~ n.s %}{% endfor %}"
    ),
    "a list that doubles": (
        "{% set n = namespace(s=[1]) %}{% for i in range(60) %}{% set n.s = n.s + n.s %}{% endfor %}"
    ),
    "a wide filter": "{{ 'a' | center(10**10) }}",
    "a wide constant": "{{ 'a' | center(99999999999) }}",
    "a wide number": "{{ '%99999999999d' | format(1) }}",
    "a wide format": "{{ '{:>99999999999}'.format(1) }}",
    "a wide text": "{{ 'a'.ljust(99999999999) }}",
    "all letters replaced": _LONG + "{{ s | replace('a', s) }}",
    "slices": "{{ [] | slice(10**12) | list }}",
    "batches": "{{ [1] | batch(10**12, 'x') | list }}",
    "joined": _LONG + "{{ range(99999) | join(s) }}",
    "a page of gigabytes": _LONG + "{% for i in range(99999) %}{{ s }}{% endfor %}",
    "a page of 20 megabytes": _LONG + "{% for i in range(200) %}{{ s }}{% endfor %}",
    "400,000 tags": "{{ a }}" * 400_000,
    "30,000 tags": "{{ a }}" * 30_000,
    "a list of 100,000": "{{ [" + "1," * 100_000 + "] }}",
    "5,000 conditions in each other": "{% if 1 %}" * 5000 + "{% endif %}" * 5000,
    "5,000 brackets in each other": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "5,000 attributes": "{{ a" + ".b" * 5000 + " }}",
}
WRONG: Mapping[str, str | bytes] = {
    "no expression": "{% if %}",
    "no end": "{{ '",
    "no such name": "{{ nothing.at.all }}",
    "no such filter": "{{ 1 | nothing }}",
    "no such template": "{% include 'nothing' %}",
    "nothing divided by nothing": "{{ 0 / 0 }}",
    "Python's insides": "{{ policy.__class__.__mro__ }}",
    "a method's insides": "{{ voice.say.__globals__ }}",
    "half a surrogate pair": "{{ '\\ud800' }}",
    "no UTF-8": b"\xff\xfe{{",
    "what nobody sees": "<p>a\u202eb</p>",
}


def test_a_template_without_end_is_a_finding_and_never_hangs(
    tmp_path: Path, dose: Dose, tally: Tally
) -> None:
    attack(WITHOUT_END, tmp_path, dose(4, 1), tally, "Templates that would run for ever")


def test_a_template_that_takes_all_memory_is_a_finding(tmp_path: Path, dose: Dose, tally: Tally) -> None:
    attack(TOO_LARGE, tmp_path, dose(5, 1), tally, "Templates that would take all memory")


def test_a_template_that_is_wrong_is_a_finding(tmp_path: Path, dose: Dose, tally: Tally) -> None:
    attack(WRONG, tmp_path, dose(4, 1), tally, "Templates that are wrong")


def attack(
    templates: Mapping[str, str | bytes], folder: Path, stride: int, tally: Tally, name: str
) -> None:  # fmt: skip
    fell, slowest = {}, 0.0
    tried = list(templates.items())[::stride]
    for number, (what, text) in enumerate(tried):
        run = confined(make_site(folder / str(number), {TEMPLATE: text}))
        slowest = max(slowest, run.seconds)
        if not is_civil(run) or run.code != 1 or not run.output.startswith("templates"):
            fell[what] = run.code, run.seconds, run.output[-1500:]
    assert not fell
    tally(name, len(tried), f"a finding, in 256 MiB and at most {slowest:.1f} s of computing")
