"""Facts with an identity: their ids, the vocabulary words they are, and the shared facts they take over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

from policygen.diagnostics import Place, Severity, did_you_mean
from policygen.loading.context import Context
from policygen.loading.scalars import ValueProblem, read_slug
from policygen.model.facts import Term
from policygen.model.kinds import Text
from policygen.vocabulary import VOCABULARIES, Vocabulary


@dataclass(frozen=True, slots=True)
class TermReader:
    """Makes facts of one kind out of fields that have been read."""

    context: Context
    cls: type[Term]
    vocabulary: str | None

    @property
    def words(self) -> Vocabulary | None:
        """The words such a fact can be."""
        return VOCABULARIES[self.vocabulary] if self.vocabulary else None

    def vocabulary_of(self, own: Mapping[str, Any]) -> str | None:
        """The vocabulary that a fact's word is from; None if the word is the policy's own."""
        default = _default_id(self.cls)  # type: ignore[arg-type] # a class is hashable
        word = own.get("is_") or own.get("id") or default
        return self.vocabulary if self.words and word in self.words else None

    def shared(self, own: Mapping[str, Any], place: Place) -> Term | None:
        """A shared fact, with whole fields of its own."""
        known = self.context.shared.get(self.cls, {})
        base = known.get(own["use"])
        if base is None:
            near = did_you_mean(own["use"], known)
            help = f"did you mean `{near}`?" if near else "state it under `shared` in content/site.yaml"
            message = f"there is no shared fact `{own['use']}` of this kind"
            self.context.report("unknown-shared", message, place / "use", help)
            return None
        if "id" in own and not self.has_good_id(own["id"], place / "id"):
            return None
        vocabulary = self.vocabulary_of({"is_": base.is_, "id": base.id, **own})
        return self.known(replace(base, **own, vocabulary=vocabulary, place=place), place)

    def has_good_id(self, name: str, place: Place) -> bool:
        """Whether a name can be an id; the words of a vocabulary are, too."""
        try:
            read_slug(name)
        except ValueProblem as problem:
            near = did_you_mean(name.lower().replace(" ", "_"), [word.key for word in self.words or ()])
            help = f"did you mean `{near}`?" if near else problem.help
            self.context.report(problem.code, problem.message, place, help)
            return False
        return True

    def _check_label(self, label: Text | None) -> None:
        """A plain label may be a name, which begins with a capital; words have to be in each language."""
        if label is None or label.plain is None or not label.plain[:1].islower():
            return
        if len(self.context.languages) > 1:
            message = f"`{label.plain}` would stand in every language as it is"
            help = f"write it as `{self.context.text_example()}`; only a name can be the same everywhere"
            self.context.report("missing-translation", message, label.place, help)

    def lacks_id(self, stated: bool, place: Place) -> bool:
        """Whether an id that is needed is missing."""
        if not stated and not self._may_lack_id():
            help = "add a vocabulary word, or a name of your own"
            self.context.report("missing-key", "`id` is missing", place, help)
        return stated or not self._may_lack_id()

    def _may_lack_id(self) -> bool:
        return _default_id(self.cls) != ""  # type: ignore[arg-type] # as above

    def known(self, term: Term, place: Place, *, shorthand: bool = False) -> Term:
        """The fact, be it a word of its vocabulary or one of its own with a label.

        A fact that is neither is kept, with a finding: what refers to it is not wrong, too.
        """
        self._check_label(term.label)
        if self.words and term.vocabulary:
            self._report_retired(self.words, term, place)
            return term
        where = place if shorthand else place / ("is" if term.is_ else "id")
        if term.is_ and not self.words:
            self.context.report("unknown-word", "`is` means nothing here", where, "take it out", on_key=True)
        elif term.is_ or (self.cls.needs_label and term.label is None):
            self._report_unknown(term, where)
        return term

    def _report_retired(self, words: Vocabulary, term: Term, place: Place) -> None:
        if successor := words[term.word].successor:
            message = f"the word `{term.word}` is retired"
            self.context.report(
                "retired-word", message, place, f"use `{successor}`", severity=Severity.WARNING
            )

    def _report_unknown(self, term: Term, place: Place) -> None:
        label = f"`label: {self.context.text_example()}`"
        if self.words is None:
            message = f"`{term.id}` has no label"
            self.context.report("missing-label", message, place, f"write `id: {term.id}` and {label}")
            return
        near = did_you_mean(term.word, [word.key for word in self.words])
        own = f"an `id` and a label of your own: {label}"
        help = f"did you mean `{near}`? Otherwise give it {own}" if near else f"give it {own}"
        message = f"`{term.word}` is not a word of the vocabulary `{self.vocabulary}`"
        self.context.report("unknown-word", message, place, help)


@cache
def _default_id(cls: type[Term]) -> str:
    """The id of a fact that need not state one; else an empty text."""
    return next(str(part.default) for part in fields(cls) if part.name == "id")
