"""`self-contradiction`: facts that deny themselves.

Such a fact would stand on the page as two sentences of which one is wrong, and no reader could tell which.
"""

from __future__ import annotations

from collections.abc import Iterator

from policygen.checks.case import Case
from policygen.diagnostics import Diagnostic
from policygen.model import NONE, Fact, Force
from policygen.model.data import DataFact, Retention


def check(case: Case) -> Iterator[Diagnostic]:
    """Look at every fact that says never or none."""
    for fact in case.values:
        if isinstance(fact, Fact) and fact.force is Force.NEVER:
            yield from _never(fact)
        if isinstance(fact, Retention) and fact.time is NONE and fact.criteria:
            message = f"`{fact.id}` is not kept at all, and kept as long as its criteria say"
            yield Diagnostic(
                "self-contradiction", message, fact.place / "criteria", "keep `time: none`, or the criteria"
            )
    yield from _used_all_the_same(case)
    for name in case.policy.open or ():
        if getattr(case.policy, name) == ():
            message = f"`{name}` is stated as none, and as a list of examples"
            yield Diagnostic(
                "self-contradiction", message, case.place / "open", f"take `{name}` out of `open`"
            )


def _used_all_the_same(case: Case) -> Iterator[Diagnostic]:
    """Data that is said to be for a purpose, or to go to somebody, which the policy rules out elsewhere."""
    for kind in ("purposes", "recipients"):
        never = {fact.id for fact in getattr(case.policy, kind) or () if fact.force is Force.NEVER}
        for fact in case.values if never else ():
            if not isinstance(fact, DataFact) or (references := getattr(fact, kind)) is None:
                continue
            for index, name in enumerate(references):
                if name in never:
                    message, place = f"`{name}` is stated as never, and named here", references.place / index
                    yield Diagnostic(
                        "self-contradiction", message, place, f"take `{name}` out of one of the two"
                    )


def _never(fact: Fact) -> Iterator[Diagnostic]:
    if fact.if_:
        message = f"`{fact.id}` never holds, and holds on a condition"
        help = "state the condition under `unless`, or take `force: never` out"
        yield Diagnostic("self-contradiction", message, fact.place / "if", help)
    if isinstance(fact, DataFact) and fact.need:
        message = f"`{fact.id}` is never collected, and said to be {fact.need.value.replace('_', ' ')}"
        yield Diagnostic("self-contradiction", message, fact.place / "need", "keep `force: never`, or `need`")
    if isinstance(fact, Retention) and (fact.time or fact.criteria):
        message = f"`{fact.id}` is never kept, and kept for a time"
        key = "time" if fact.time else "criteria"
        yield Diagnostic("self-contradiction", message, fact.place / key, f"keep `force: never`, or `{key}`")
