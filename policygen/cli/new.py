"""`policygen new`: one more service, from the example or from another service."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from policygen.cli.console import UsageError, report, say
from policygen.cli.site import site_folder, today

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policygen.reading import Site
    from policygen.site import SiteFolder


def run(options: argparse.Namespace) -> int:
    """Write the service's file, whole or not at all."""
    from policygen.content import ContentError, create_files
    from policygen.reading import read_each
    from policygen.scaffold.answers import AnswerProblem
    from policygen.site import policy_path

    folder = site_folder(options.site)
    former: dict[str, Sequence[str]] = {}
    site, findings = read_each(
        folder, today(options), lambda _, name, one, __: former.update({name: one.policy.formerly or ()})
    )
    if site is None:
        report(findings, folder, options)
        return 1
    try:
        service = _service(options.service, folder, site, former)
        path = policy_path(service)
        create_files(folder.root, {path: _text(options, folder, site, service).encode()})
    except AnswerProblem as problem:
        raise UsageError(problem.message, problem.help) from problem
    except ContentError as error:
        raise UsageError(error.message, error.help) from error
    say(options, 0, f"wrote {path}: make its statements true, then `policygen build`")
    return 0


def _service(name: str, folder: SiteFolder, site: Site, former: Mapping[str, Sequence[str]]) -> str:
    """The name of the new folder, if no other address is the same."""
    from policygen.scaffold.answers import read_service

    service = read_service(name)
    taken = {entry.name.casefold(): entry.name for entry in folder.content.iterdir() if entry.is_dir()}
    if service in taken:
        raise UsageError(f"there is a service `{taken[service]}` already", "nothing is ever overwritten")
    if service in {tag.casefold() for tag in site.settings.languages}:
        raise UsageError(f"the address /{service}/ belongs to the site itself", "choose another name")
    for other, names in former.items():
        if service in names:
            raise UsageError(f"the address /{service}/ leads to `{other}`", "choose another name")
    return service


def _text(options: argparse.Namespace, folder: SiteFolder, site: Site, service: str) -> str:
    from policygen.scaffold.answers import read_kind, read_name
    from policygen.scaffold.example import new_policy_text
    from policygen.scaffold.like import like_text, name_of
    from policygen.site import policy_path
    from policygen.source import decode

    name = read_name(options.name or name_of(service))
    if not options.like:
        return new_policy_text(name, read_kind(options.kind or "app"), site.settings, options.lang)
    if options.kind:
        raise UsageError("--kind and --like don't go together", "the kind is that of the other service")
    if options.like not in folder.services():
        known = ", ".join(folder.services()) or "none"
        raise UsageError(f"there is no service `{options.like}`", f"the services are: {known}")
    path = policy_path(options.like)
    text = decode(folder.read(path) or b"", path)
    return like_text(text if isinstance(text, str) else "", path, name)
