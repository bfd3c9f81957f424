"""What a Python developer would write for the job, in one process: python build.py DATA OUT."""

import json
import sys
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markdown import Markdown
from markupsafe import Markup

LANGUAGES, BASE = ["en", "vi"], "https://privacy.example"


def main(data: Path, out: Path) -> None:
    """Every page in every language, the lists and the sitemap."""
    services = []
    for path in sorted((data / "services").glob("*.yaml")):
        with path.open(encoding="utf-8") as file:
            services.append(yaml.load(file, Loader=yaml.CSafeLoader))
    services.sort(key=lambda service: service["name"])
    environments = {lang: environment(data, lang) for lang in LANGUAGES}
    for lang, env in environments.items():
        policy = env.get_template("policy.html")
        for service in services:
            page = f"{service['slug']}/"
            write(out / lang / page / "index.html", policy.render(s=service, path=page))
        write(out / lang / "index.html", env.get_template("index.html").render(services=services, path=""))
    sitemap = environments[LANGUAGES[0]].get_template("sitemap.xml")
    pages = ["", *(f"{service['slug']}/" for service in services)]
    write(out / "sitemap.xml", sitemap.render(pages=pages))


def environment(data: Path, lang: str) -> Environment:
    """The templates, and what they speak with."""
    env = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(["html", "xml"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = json.loads((data / f"words.{lang}.json").read_text(encoding="utf-8"))
    markdown = Markdown()
    css = Markup((data / "style.css").read_text(encoding="utf-8"))
    env.globals.update(lang=lang, langs=LANGUAGES, base=BASE, css=css)
    env.globals["_"] = lambda key, **values: words[key].format(**values) if values else words[key]
    env.filters["md"] = lambda text: Markup(markdown.reset().convert(text))
    return env


def write(path: Path, text: str) -> None:
    """Write a page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


main(Path(sys.argv[1]), Path(sys.argv[2]))
