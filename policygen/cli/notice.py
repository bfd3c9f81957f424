"""`policygen notice`: writes the announcement of a release."""

from __future__ import annotations

import argparse
from pathlib import Path

from policygen.cli.console import UsageError, report, say
from policygen.cli.files import put
from policygen.cli.site import site_folder, today


def run(options: argparse.Namespace) -> int:
    """Write the files; a folder of their own for each release."""
    from policygen.notice import notice
    from policygen.release import Refused, open_desk

    folder = site_folder(options.site)
    try:
        desk = open_desk(folder, options.service, today(options))
        id, files = notice(desk, options.release)
    except Refused as refusal:
        if refusal.findings:
            report(refusal.findings, folder, options)
            return 1
        raise UsageError(refusal.message, refusal.help) from refusal
    base, below = (Path(options.output), "") if options.output else (folder.root, "notices/")
    target = f"{below}{desk.service.name}/{id}"
    for name, content in files:
        file = put(base, f"{target}/{name}", content)
        say(options, 1, f"wrote {file}")
    say(options, 0, f"{len(files)} files in {base / target}")
    return 0
