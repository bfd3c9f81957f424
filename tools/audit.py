"""Look for known vulnerabilities in everything that is pinned: requirements/, and the benchmark's npm.

    python tools/audit.py                          ask OSV (https://osv.dev), by name and version
    python tools/audit.py --database PyPI.zip …    look in copies of its data, without a network

Exits with 0 if nothing is known, with 1 if something is, and with 3 if not everything could be looked up:
what nobody has looked at is never called fine.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from http.client import HTTPException
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import Request, urlopen

from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parent.parent
SERVICE = "https://api.osv.dev/v1/querybatch"
FINE, KNOWN, NOT_AUDITED = 0, 1, 3
_SECONDS = 20


class Package(NamedTuple):
    """A pinned package, as OSV names it."""

    ecosystem: str
    name: str
    version: str


class NotAudited(Exception):
    """Why packages could not be looked up."""


Known = Mapping[Package, Sequence[str]]
"""The ids of what is known of packages."""


def pinned(root: Path) -> tuple[Package, ...]:
    """Every version that anything in the checkout installs."""
    found = set()
    for file in sorted(root.glob("requirements/*.txt")):
        for name, version in re.findall(
            r"^([\w.-]+)==([^\s;]+)", file.read_text(encoding="utf-8"), re.MULTILINE
        ):
            found.add(Package("PyPI", _plain(name), version))
    for file in sorted(root.glob("benchmarks/peers/*/package-lock.json")):
        for path, entry in json.loads(file.read_text(encoding="utf-8"))["packages"].items():
            if path:
                found.add(Package("npm", path.rpartition("node_modules/")[2], entry["version"]))
    return tuple(sorted(found))


def _plain(name: str) -> str:
    """A Python package's name as everybody compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


# --- with a network


def ask(service: str, packages: Sequence[Package]) -> Known:
    """What a service knows."""
    queries = [
        {"package": {"ecosystem": each.ecosystem, "name": each.name}, "version": each.version}
        for each in packages
    ]
    body = json.dumps({"queries": queries}).encode()
    request = Request(service, body, {"Content-Type": "application/json"})  # noqa: S310 - the caller's choice
    try:
        with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            results = json.load(answer)["results"]
        if len(results) != len(packages):
            raise NotAudited(f"{service} answered for {len(results)} of them")
        return {
            one: [each["id"] for each in result.get("vulns", ())]
            for one, result in zip(packages, results, strict=True)
        }
    except (OSError, HTTPException) as error:
        raise NotAudited(f"{service} can't be asked ({error})") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotAudited(f"{service} gave no answer that can be read") from error


# --- without


def look_up(databases: Sequence[Path], packages: Sequence[Package]) -> Known:
    """What copies of OSV's data know: a zip file for each ecosystem, with a file for each advisory."""
    wanted: dict[tuple[str, str], list[Package]] = {}
    for each in packages:
        wanted.setdefault(each[:2], []).append(each)
    known: dict[Package, list[str]] = {each: [] for each in packages}
    ecosystems = set()
    for advisory in _advisories(databases):
        for affected in advisory.get("affected", ()):
            about = affected.get("package", {})
            ecosystem, name = about.get("ecosystem", ""), about.get("name", "")
            ecosystems.add(ecosystem)
            key = (ecosystem, _plain(name) if ecosystem == "PyPI" else name)
            hit = [one for one in wanted.get(key, ()) if _is_affected(one.version, affected)]
            for one in hit if "withdrawn" not in advisory else ():
                known[one].append(advisory["id"])
    if lacking := {each.ecosystem for each in packages} - ecosystems:
        raise NotAudited(f"the database has nothing on {' and '.join(sorted(lacking))}")
    return {one: sorted(set(ids)) for one, ids in known.items()}


def _advisories(databases: Sequence[Path]) -> Iterator[dict[str, Any]]:
    for path in databases:
        try:
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    if name.endswith(".json"):
                        yield json.loads(archive.read(name))
        except (OSError, ValueError, zipfile.BadZipFile) as error:
            raise NotAudited(f"{path} can't be read ({error})") from error


def _is_affected(version: str, affected: Mapping[str, Any]) -> bool:
    """Whether a version is listed, or lies in a range; one that can't be compared counts as affected."""
    if version in affected.get("versions", ()):
        return True
    ranges = [each for each in affected.get("ranges", ()) if each["type"] in {"ECOSYSTEM", "SEMVER"}]
    return any(_is_inside(version, each["events"]) for each in ranges)


def _is_inside(version: str, events: Sequence[Mapping[str, str]]) -> bool:
    """Whether the last event that is not after a version brings the vulnerability in."""
    try:
        here = Version(version)
        turns = sorted((Version(at), what) for event in events for what, at in event.items())
    except InvalidVersion:
        return True
    inside = False
    for at, what in turns:
        if what == "introduced" and at <= here:
            inside = True
        elif (what == "fixed" and at <= here) or (what == "last_affected" and at < here):
            inside = False
    return inside


def main(words: Sequence[str]) -> int:
    """Look, and say what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--database", type=Path, nargs="+", metavar="ZIP", help="copies of OSV's data")
    parser.add_argument("--service", default=SERVICE, metavar="URL", help="who is asked")
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="whose pins")
    options = parser.parse_args(words)
    packages = pinned(options.root)
    try:
        known = look_up(options.database, packages) if options.database else ask(options.service, packages)
    except NotAudited as reason:
        sys.stderr.write(f"not audited: {len(packages)} packages: {reason}\n")
        return NOT_AUDITED
    found = {one: ids for one, ids in known.items() if ids}
    for one, ids in found.items():
        sys.stdout.write(f"{one.ecosystem} {one.name} {one.version}: {', '.join(ids)}\n")
    sys.stdout.write(f"{len(packages)} packages audited, {len(found)} with known vulnerabilities\n")
    return KNOWN if found else FINE


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
