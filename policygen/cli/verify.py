"""`policygen verify`: every release is as it was released, and none is missing that was published."""

from __future__ import annotations

import argparse

from policygen.cli.console import UsageError, report, say
from policygen.cli.site import site_folder, today


def run(options: argparse.Namespace) -> int:
    """Recompute every digest; compare with a git revision or a fingerprint if one is given."""
    from policygen.diagnostics import Severity
    from policygen.git import GitError
    from policygen.verify import verify

    folder = site_folder(options.site)
    try:
        count, findings = verify(folder, today(options), options.against)
    except GitError as error:
        raise UsageError(error.message, error.help) from error
    report(findings, folder, options)
    if any(options.strict or finding.severity is Severity.ERROR for finding in findings):
        return 1
    say(
        options,
        0,
        "1 release is as it was released" if count == 1 else f"{count} releases are as they were released",
    )
    return 0
