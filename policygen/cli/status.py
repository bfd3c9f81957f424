"""`policygen status`: each service, how its text stands to what was released, and what changed."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from policygen.cli.console import report
from policygen.cli.show import show
from policygen.cli.site import site_folder, today
from policygen.diagnostics import Severity

if TYPE_CHECKING:
    from policygen.releases.standing import Service


def run(options: argparse.Namespace) -> int:
    """List the services."""
    from policygen.build import standing

    folder = site_folder(options.site)
    tell = _data if options.format == "json" else _lines
    told, findings = standing(folder, today(options), lambda one: (one.is_released, tell(one)))
    if any(finding.severity is Severity.ERROR for finding in findings):
        report(findings, folder, options)
        return 1
    if options.format == "json":
        show(json.dumps([data for _, data in told], indent=2))
    else:
        for _, lines in told:
            show("\n".join(lines))
    return 1 if options.strict and not all(is_released for is_released, _ in told) else 0


def _lines(service: Service) -> list[str]:
    lines = [f"{service.name}: {service.state}"]
    lines += [f"  {change}" for change in service.changes_shown()]
    lines += [f"  {tag}: never released" for tag in service.missing if service.newest]
    lines += [
        f"  {tag}: translated from the {source.language} text of {source.release}, which has changed since"
        for tag, source in service.behind
    ]
    if upcoming := service.timeline.upcoming:
        lines.append(f"  upcoming: {upcoming.id} takes effect on {upcoming.start}")
    return lines


def _data(service: Service) -> dict[str, object]:
    newest, upcoming = service.newest, service.timeline.upcoming
    return {
        "service": service.name,
        "state": service.state,
        "newest": newest.id if newest else None,
        "current": service.timeline.current.id if service.timeline.current else None,
        "upcoming": upcoming.id if upcoming else None,
        "changed": list(service.changed),
        "never_released": list(service.missing),
        "changes": list(service.said),
        "words": [{"language": tag, "old": old, "new": new} for tag, old, new in service.changed_words()],
        "behind": [{"language": tag, "source": source.release} for tag, source in service.behind],
    }
