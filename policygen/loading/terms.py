"""Facts with an identity: their ids, the vocabulary words they are, and the shared facts they take over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from policygen.diagnostics import Place, Severity, did_you_mean
from policygen.loading.context import Context
from policygen.loading.scalars import ValueProblem, read_slug
from policygen.loading.shapes import Shape, required
from policygen.model.facts import Term
from policygen.model.kinds import Text
from policygen.source import Data
from policygen.vocabulary import VOCABULARIES, Word


class TermMaker:
    """Makes facts of one kind out of words, or of fields that have been read."""

    def __init__(self, cls: type[Term], vocabulary: str | None) -> None:
        self._cls = cls
        self._vocabulary = vocabulary
        self._words: Mapping[str, Word] = VOCABULARIES[vocabulary].words if vocabulary else {}
        self._default_id = next(str(part.default) for part in fields(cls) if part.name == "id")
        self._required = required(cls)  # type: ignore[arg-type] # a class is hashable

    def word(self, context: Context, name: str, place: Place) -> Term | None:
        """The fact that is stated by a name alone."""
        if not self._has_good_id(context, name, place):
            return None
        own: dict[str, Any] = {"id": name}
        report_missing(context, self._required, own, place)
        return self._made(context, own, place, place)

    def fact(
        self, context: Context, own: dict[str, Any], data: Mapping[str, Data], place: Place
    ) -> Term | None:
        """The fact that has these fields of its own, read from `data`; None if it lacks an identity."""
        if "use" in own:
            return self._shared(context, own, place)
        if "id" not in own:
            if "use" in data or self._lacks_id(context, "id" in data, place):
                return None
        elif not self._has_good_id(context, own["id"], place, "id"):
            return None
        report_missing(context, self._required, data, place)
        return self._made(context, own, place)

    def _shared(self, context: Context, own: dict[str, Any], place: Place) -> Term | None:
        """A shared fact, with whole fields of its own."""
        known = context.shared.get(self._cls, {})
        base = known.get(own["use"])
        if base is None:
            near = did_you_mean(own["use"], known)
            help = f"did you mean `{near}`?" if near else "state it under `shared` in content/site.yaml"
            message = f"there is no shared fact `{own['use']}` of this kind"
            context.report("unknown-shared", message, place / "use", help)
            return None
        if "id" in own and not self._has_good_id(context, own["id"], place, "id"):
            return None
        return self._made(context, {**vars(base), **own}, place)

    def _has_good_id(self, context: Context, name: str, place: Place, key: str | None = None) -> bool:
        """Whether a name can be an id; the words of a vocabulary are, too."""
        if name in self._words:
            return True
        try:
            read_slug(name)
        except ValueProblem as problem:
            near = did_you_mean(name.lower().replace(" ", "_"), self._words)
            help = f"did you mean `{near}`?" if near else problem.help
            context.report(problem.code, problem.message, place / key if key else place, help)
            return False
        return True

    def _lacks_id(self, context: Context, stated: bool, place: Place) -> bool:
        """Whether an id that is needed is missing."""
        if not stated and not self._default_id:
            help = "add a vocabulary word, or a name of your own"
            context.report("missing-key", "`id` is missing", place, help)
        return stated or not self._default_id

    def _made(
        self, context: Context, own: dict[str, Any], place: Place, name_place: Place | None = None
    ) -> Term:
        """The fact, be it a word of its vocabulary or one of its own with a label.

        A fact that is neither is kept, with a finding: what refers to it is not wrong, too.
        """
        word = self._words.get(own.get("is_") or own.get("id") or self._default_id)
        own |= {"vocabulary": self._vocabulary if word else None, "place": place}
        term = self._cls(**own)
        if term.label is not None:
            _check_label(context, term.label)
        if word is None:
            self._check_own(context, term, name_place or place / ("is" if term.is_ else "id"))
        elif word.successor:
            help = f"use `{word.successor}`"
            context.report(
                "retired-word", f"the word `{word.key}` is retired", place, help, severity=Severity.WARNING
            )
        return term

    def _check_own(self, context: Context, term: Term, place: Place) -> None:
        """A fact that is no word of the vocabulary needs a label."""
        if term.is_ and not self._words:
            context.report("unknown-word", "`is` means nothing here", place, "take it out", on_key=True)
        elif term.is_ or (self._cls.needs_label and term.label is None):
            self._report_unknown(context, term, place)

    def _report_unknown(self, context: Context, term: Term, place: Place) -> None:
        label = f"`label: {context.text_example()}`"
        if not self._words:
            message = f"`{term.id}` has no label"
            context.report("missing-label", message, place, f"write `id: {term.id}` and {label}")
            return
        near = did_you_mean(term.word, self._words)
        own = f"an `id` and a label of your own: {label}"
        help = f"did you mean `{near}`? Otherwise give it {own}" if near else f"give it {own}"
        message = f"`{term.word}` is not a word of the vocabulary `{self._vocabulary}`"
        context.report("unknown-word", message, place, help)


def report_missing(
    context: Context, needed: Sequence[Shape], data: Mapping[str, object], place: Place
) -> None:
    """Add a finding for each field that has to be stated and isn't."""
    for shape in needed:
        if shape.key not in data:
            example = f", as in `{shape.key}: {shape.example}`" if shape.example else ""
            context.report("missing-key", f"`{shape.key}` is missing", place, f"add it{example}")


def _check_label(context: Context, label: Text) -> None:
    """A plain label may be a name, which begins with a capital; words have to be in each language."""
    if label.plain is None or not label.plain[:1].islower():
        return
    if len(context.languages) > 1:
        message = f"`{label.plain}` would stand in every language as it is"
        help = f"write it as `{context.text_example()}`; only a name can be the same everywhere"
        context.report("missing-translation", message, label.place, help)
