"""Errors in a site's own templates, as findings at their file and line."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from policygen.diagnostics import Diagnostic, Place, Position
from policygen.render.bounds import MEBIBYTES, TooMuch

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = (".html", ".css", ".txt", ".xml")
"""How the names of templates end."""


class TemplateFault(Exception):
    """Templates of the site can't be rendered."""

    def __init__(self, *findings: Diagnostic) -> None:
        super().__init__(*(finding.message for finding in findings))
        self.findings = findings


@contextmanager
def blamed_on_templates(folder: Path | None) -> Iterator[None]:
    """Turn an exception that comes out of a template in `folder` into a `TemplateFault`.

    What comes out of our own templates is our bug and passes through.
    """
    from jinja2 import TemplateSyntaxError

    try:
        yield
    except TemplateSyntaxError as error:
        place = _inside(error.filename, folder)
        if place is None:
            raise
        raise TemplateFault(_finding(place, error.lineno, error.message or "syntax error")) from error
    except Exception as error:
        # Whatever an author's template makes Python raise is the author's to mend.
        where = _last_frame(error, folder) or _shadowed(error, folder)
        if where is None:
            raise
        raise TemplateFault(_finding(*where, _words(error))) from error


def _words(error: Exception) -> str:
    from jinja2 import TemplateNotFound

    match error:
        case TemplateNotFound():
            return f"there is no template `{error}`"
        case MemoryError():
            return f"this takes more than {MEBIBYTES} MiB of memory"
        case RecursionError():
            return "this calls or includes itself without an end"
        case _:
            return str(error) or type(error).__name__


def _shadowed(error: Exception, folder: Path | None) -> tuple[Place, int] | None:
    """Where one of ours misses what a template of the site should have, or can't bear what it makes."""
    from jinja2 import UndefinedError

    if (
        isinstance(error, UndefinedError | TooMuch | MemoryError)
        and folder is not None
        and any(folder.rglob("*.html"))
    ):
        return Place("templates"), 1
    return None


def template_findings(
    environment: Environment, folder: Path | None, names: Iterable[str]
) -> Iterator[Diagnostic]:
    """What keeps the site's own templates, which have these names, from being read; the unused ones too."""
    from jinja2 import TemplateSyntaxError

    for name in filter(is_template, names):
        here = Place(f"templates/{name}")
        try:
            environment.get_template(name)
        except TemplateSyntaxError as error:
            place = _inside(error.filename, folder) or here
            yield _finding(place, error.lineno, error.message or "syntax error")
        except UnicodeDecodeError as error:
            message = f"byte 0x{error.object[error.start]:02x} is not UTF-8"
            line = error.object.count(b"\n", 0, error.start) + 1
            yield Diagnostic(
                "template-error", message, here, "save the file as UTF-8", position=Position(line, 1)
            )
        except RecursionError:
            yield _finding(here, 1, "too much stands inside each other")
        except (SyntaxError, ValueError, OverflowError, MemoryError, TooMuch) as error:
            # What Python can't compile: too many blocks inside each other, numbers too large to write.
            yield _finding(here, 1, f"this is too much for one template: {_words(error)}")


def is_template(name: str) -> bool:
    """Whether a file's name says that it is a template, and no picture or note beside them."""
    return name.endswith(TEMPLATES)


def _last_frame(error: Exception, folder: Path | None) -> tuple[Place, int] | None:
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        place = _inside(frame.filename, folder)
        if place is not None:
            return place, frame.lineno or 1
    return None


def _inside(file: str | None, folder: Path | None) -> Place | None:
    if file is None or folder is None or not Path(file).is_relative_to(folder):
        return None
    return Place("templates/" + Path(file).relative_to(folder).as_posix())


def _finding(place: Place, line: int, message: str) -> Diagnostic:
    text = message[:1].lower() + message[1:].rstrip(".")
    help = "the map of templates and their variables is in docs/theming.md"
    return Diagnostic("template-error", text, place, help, position=Position(line, 1))
