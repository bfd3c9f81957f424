"""`policygen init`: asks a few questions, and writes a site that builds at once."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from policygen.cli.console import UsageError, is_terminal, say, show

if TYPE_CHECKING:
    from policygen.scaffold.answers import Answers, Question


def run(options: argparse.Namespace) -> int:
    """Write a new site, whole or not at all."""
    from policygen.content import ContentError, create_files
    from policygen.scaffold.answers import AnswerProblem
    from policygen.scaffold.recipes import site_files

    root = Path(options.folder)
    try:
        check_folder(root)
        files = site_files(_answers(options), options.lang)
        create_files(root, files)
    except AnswerProblem as problem:
        raise UsageError(problem.message, problem.help) from problem
    except ContentError as error:
        raise UsageError(error.message, error.help) from error
    except KeyboardInterrupt:
        show("\npolicygen: interrupted, nothing was written", sys.stderr)
        return 130
    for path in files:
        say(options, 1, f"wrote {path}")
    _say_what_next(options, root, files.keys() & {"requirements-policygen.txt"} != set(), len(files))
    return 0


def check_folder(root: Path) -> None:
    """What would stop it in the end is said before the first question."""
    from policygen.content import refuse_present
    from policygen.scaffold.recipes import ALWAYS
    from policygen.site import SETTINGS

    if root.exists() and not root.is_dir():
        raise UsageError(f"{root} is not a folder", "name a new or an empty folder")
    if (root / SETTINGS).exists():
        help = "add a service to it with `policygen new SERVICE`, or name another folder"
        raise UsageError(f"{root} is a policygen site already", help)
    refuse_present(root, ALWAYS)
    above = next(folder for folder in (root, *root.parents) if folder.exists())
    by_us = os.access in os.supports_effective_ids
    if above.is_dir() and not os.access(above, os.W_OK | os.X_OK, effective_ids=by_us):
        raise UsageError(f"can't write {above}: permission denied", "make the folder writable")
    if not above.is_dir():
        raise UsageError(f"can't write {root}: {above.name} is not a directory", "name another folder")


def _answers(options: argparse.Namespace) -> Answers:
    """What was given, and what is asked besides on a terminal."""
    from policygen.scaffold.answers import QUESTIONS, given

    stated = {key: getattr(options, key) for key in ("service", *(question.key for question in QUESTIONS))}
    answers = given(stated, options.lang)
    if not options.yes:
        if not is_terminal(sys.stdin) or not is_terminal(sys.stderr):
            help = "add --yes for the defaults; `policygen init --help` shows the options for each answer"
            raise UsageError("there is no terminal to ask on", help)
        for question in QUESTIONS:
            if stated[question.key] is None:
                answers = _ask(answers, question, options.service)
    return answers


def _ask(answers: Answers, question: Question, service: str | None) -> Answers:
    """The answers with one more; a wrong one is asked again."""
    from policygen.scaffold.answers import AnswerProblem, shown, with_answer

    default = shown(answers, question)
    while True:
        show(f"{question.text} [{default}]: ", sys.stderr, end="")
        line = sys.stdin.readline()
        if not line:
            show("", sys.stderr)
            raise UsageError("the answers ended too early, nothing was written", "add --yes for the defaults")
        if not line.strip():
            return answers
        try:
            return with_answer(answers, question, line, service)
        except AnswerProblem as problem:
            show(f"  {problem.message}" + (f": {problem.help}" if problem.help else ""), sys.stderr)


def _say_what_next(options: argparse.Namespace, root: Path, is_deployed: bool, count: int) -> None:
    from policygen.scaffold.pins import COMPLETE, own_hash

    say(options, 0, f"{count} files in {root}")
    if misplaced := _misplaced(root):
        where = "at the top of the repository only: this folder is not it"
        say(options, 0, f"the host reads {misplaced} {where}")
    say(options, 0, "next, make the statements in content/ true, and look at the page:")
    if root.resolve() != Path.cwd():
        say(options, 0, f"  cd {shlex.quote(str(root))}")
    say(options, 0, "  policygen serve --open")
    if is_deployed and own_hash() is None:
        say(options, 0, "and once, so that CI installs this very policygen:")
        say(options, 0, f"  {COMPLETE}")


def _misplaced(root: Path) -> str:
    """What publishes the site, if it lies where its host doesn't look."""
    from policygen.scaffold.recipes import AT_THE_TOP

    names = [name for name in AT_THE_TOP if (root / name).exists()]
    above = root.resolve().parents
    is_inside = not (root / ".git").exists() and any((folder / ".git").exists() for folder in above)
    return " and ".join(names) if is_inside else ""
