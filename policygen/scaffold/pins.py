"""What CI installs: policygen and all it needs, each file by its hash.

The hashes of the others come with policygen: they are the versions it was tested with. Its own can't be
inside itself; pip knows it if it installed a file, and otherwise its user has to ask for it.
"""

from __future__ import annotations

import json
import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from policygen import __version__
from policygen.resources import requirements_folder

REQUIREMENTS = "requirements-policygen.txt"
_COMMENT = re.compile(r"^\s*#.*\n", re.MULTILINE)

COMPLETE = (
    f"python -m pip download --no-deps --dest build policygen=={__version__} && "
    f"python -m pip hash build/policygen-{__version__}-*.whl | tail -n 1 >>{REQUIREMENTS}"
)
"""One line that adds the hash of policygen itself, as its origin has it."""

_ABOVE = """\
# What CI installs: policygen and everything it needs, every file by its hash. Written by `policygen init`.
#
# All of it comes from one origin: whatever pip is set up with, unless it is named here. Take away the `#`:
#--index-url https://packages.example.com/simple/
#--find-links wheels/
#
# For a newer policygen, write the lines below anew with uv (and keep the one that names the origin):
#   echo policygen==VERSION | uv pip compile --universal --generate-hashes --output-file {file} -
"""
_INCOMPLETE = """\
#
# The last line is incomplete: pip kept no hash of the policygen that wrote this. Until it has one, CI refuses
# to install. This adds it (run it once; compare the hash with one from another source if you can):
#   {command}
"""


def requirements_text() -> str:
    """The file that CI installs from."""
    pinned = _COMMENT.sub("", (requirements_folder() / "site.txt").read_text(encoding="utf-8"))
    own = own_hash()
    above = _ABOVE.format(file=REQUIREMENTS) + ("" if own else _INCOMPLETE.format(command=COMPLETE))
    ending = f"    --hash=sha256:{own}\n" if own else ""
    return f"{above}\n{pinned.rstrip()}\npolicygen=={__version__} \\\n{ending}"


def own_hash() -> str | None:
    """The hash of the file that this policygen was installed from, if pip has kept it (PEP 610)."""
    try:
        return _hash_of(distribution("policygen"))
    except PackageNotFoundError:
        return None


def _hash_of(installed: Distribution) -> str | None:
    """The hash of a wheel; that of anything else says nothing about the wheel that was made of it."""
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    found = origin.get("archive_info", {}).get("hashes", {}).get("sha256")
    return found if isinstance(found, str) and origin.get("url", "").endswith(".whl") else None
