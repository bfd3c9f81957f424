"""The files of a new site, by their paths: content, what git needs to know, and the recipe of its host."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from policygen.scaffold.answers import Answers
from policygen.scaffold.example import policy_text, site_text
from policygen.scaffold.pins import REQUIREMENTS, requirements_text
from policygen.schema import schema_files
from policygen.schema.texts import Languages
from policygen.site import SETTINGS, policy_path

_FILES = Path(__file__).resolve().parent / "files"
_WORKFLOW = ".github/workflows/policies.yml"
AT_THE_TOP = (".github/workflows", ".gitlab-ci.yml", "netlify.toml")
"""What a host looks for at the top of a repository."""
ALWAYS = (".gitattributes", ".gitignore")
"""Files of every new site, whatever is answered, that a folder may have already."""
_ON_PUSH = "  push:\n    branches: [main]\n"
_GUESSED = ("privacy", "privacy-policy")
"""Addresses that people guess."""


def site_files(answers: Answers, lang: str) -> dict[str, bytes]:
    """Every file of a new site."""
    texts = {
        ".gitattributes": _file("gitattributes"),
        ".gitignore": _file("gitignore"),
        policy_path(answers.service): policy_text(answers.name, answers.kind, answers.languages, lang),
        **recipe(answers),
        # The last: a folder without it is no site.
        SETTINGS: site_text(answers, lang),
    }
    in_all = Languages(answers.languages, answers.languages)
    schemas = schema_files({"policy": in_all, "site": in_all})
    return {**schemas, **{path: text.encode() for path, text in texts.items()}}


def recipe(answers: Answers) -> dict[str, str]:
    """What publishes the site on its host."""
    if answers.deploy == "none":
        return {}
    files = {REQUIREMENTS: requirements_text()}
    if answers.deploy == "gitlab-pages":
        return {**files, ".gitlab-ci.yml": _file("gitlab-ci.yml")}
    files[_WORKFLOW] = _file("github/check.yml") + _file(f"github/{answers.deploy}.yml")
    if answers.deploy == "github-pages":
        return {**files, **_for_branches(answers.url)}
    files |= {"static/_headers": _file("headers"), "static/_redirects": _redirects(answers.service)}
    if answers.deploy == "netlify":
        files |= {_WORKFLOW: files[_WORKFLOW].replace(_ON_PUSH, ""), "netlify.toml": _file("netlify.toml")}
    return files


def _for_branches(url: str) -> dict[str, str]:
    """What GitHub Pages looks for where it publishes a branch; a workflow's pages need neither."""
    host = urlsplit(url).hostname or ""
    files = {"static/.nojekyll": ""}
    if not host.endswith((".github.io", ".example.com", ".example")):
        files["static/CNAME"] = f"{host}\n"
    return files


def _redirects(service: str) -> str:
    lines = ["# Addresses that people guess, or that you have given away before: from, to, status."]
    lines += [f"/{name} /{service}/ 302" for name in _GUESSED if name != service]
    return "\n".join(lines) + "\n"


def _file(name: str) -> str:
    return (_FILES / name).read_text(encoding="utf-8")
