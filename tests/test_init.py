"""`policygen init`: what it writes, what it asks, and that it writes all of it or nothing."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from policygen.cli.console import UsageError
from policygen.cli.init import check_folder
from policygen.content import ContentError, create_files
from policygen.language import missing, read_catalogue
from policygen.resources import locales_folder
from policygen.scaffold.answers import HOSTS, Answers
from policygen.scaffold.guide import guide, guide_languages
from policygen.scaffold.recipes import site_files
from policygen.scaffold.yaml import flow
from policygen.source import Data, parse
from tests.new_site import explanations, keys_of_the_model, unused_settings, write
from tests.site_under_test import CHECKOUT, installed_command
from tests.small_site import files_of, read_site, run

POLICY = "content/example/policy.yaml"
SETTINGS = "content/site.yaml"


def init(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    folder.mkdir(exist_ok=True)
    return run(folder, "init", *words, today=None)


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What an error says: one line, and perhaps one of help."""
    assert (done.returncode, done.stdout) == (2, "")
    assert [line[:10] for line in done.stderr.splitlines()][1:] in ([], ["  = help: "])
    return done.stderr


# --- a site that builds at once


def test_a_new_site_builds_at_once_can_be_released_and_is_then_without_findings(tmp_path: Path) -> None:
    assert init(tmp_path, "--yes").returncode == 0
    first = run(tmp_path, "build", "--format", "concise")
    assert first.returncode == 0
    assert [line.partition("[")[2].partition("]")[0] for line in first.stdout.splitlines()] == [
        "never-released"
    ]
    assert run(tmp_path, "release").returncode == 0
    strict = run(tmp_path, "build", "--strict")
    assert (strict.returncode, strict.stdout) == (0, "")


@pytest.mark.parametrize("languages", [("en",), ("vi",), ("en", "vi"), ("vi", "en")])
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_new_site_builds_in_any_languages(lang: str, languages: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path, site_files(replace(Answers(), languages=languages), lang))
    _, findings = read_site(tmp_path)
    assert findings == ()


def test_a_new_site_has_what_git_needs_to_know(tmp_path: Path) -> None:
    init(tmp_path, "--yes")
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    run(tmp_path, "build")
    run(tmp_path, "release")
    status = ["git", "status", "--porcelain", "--untracked-files=all"]
    listed = subprocess.run(status, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert "site/index.html" not in listed
    assert "content/example/releases/" in listed
    line = ["git", "check-attr", "text", "content/example/releases/2026-11-21-1/en.html"]
    assert subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.endswith(
        "unset\n"
    )


def test_what_is_shared_stands_in_the_settings_once_and_the_service_uses_it() -> None:
    answers = replace(Answers(), company="Some Firm", email="post@firm.example")
    files = {path: content.decode() for path, content in site_files(answers, "en").items()}
    assert files[SETTINGS].count("post@firm.example") == 1
    assert "Some Firm" not in files[POLICY]
    assert "post@firm.example" not in files[POLICY]
    assert files[POLICY].count("use: ") >= 4


@pytest.mark.parametrize(
    "name",
    [
        "Ví Điện Tử", 'Tom & "Jerry": 100% #1', "yes", "12", "- x", "{a}", "O'Neill", "日本", "{{ x }}",
        "👨\u200d👩\u200d👧 Nhà", "می\u200cخوانم",
    ],
)  # fmt: skip
def test_any_name_is_written_so_that_it_is_read_back(name: str, tmp_path: Path) -> None:
    assert init(tmp_path, "--yes", "--name", name, "--company", name, "--service", "shop").returncode == 0
    services, findings = read_site(tmp_path)
    assert findings == ()
    assert services["shop"].policy.service.name == name


@pytest.mark.parametrize(
    ("name", "slug"), [("Ví Điện Tử", "vi-dien-tu"), ("My  App 2.0", "my-app-2-0"), ("日本", "example")]
)
def test_the_address_is_made_from_the_name(name: str, slug: str, tmp_path: Path) -> None:
    init(tmp_path, "--yes", "--name", name)
    assert (tmp_path / "content" / slug / "policy.yaml").is_file()


@pytest.mark.parametrize(
    "data", [{"a": ["b: c", "- d", "# e", "'", '"', "none", "12", "", True, 3, {"k": "v, w"}]}]
)
def test_what_is_written_is_what_is_read(data: dict[str, Data]) -> None:
    assert parse(f"data: {flow(data)}\n", "") == ({"data": data}, ())


# --- every field explained


@pytest.mark.parametrize("lang", guide_languages())
def test_every_key_of_the_model_is_explained_in_a_comment(lang: str) -> None:
    files = site_files(Answers(), lang)
    say = guide(lang)
    told = [each for path in (POLICY, SETTINGS) for each in explanations(files[path].decode())]
    untold = [
        (key, doc) for key, doc in keys_of_the_model()
        if not any(key == name and said.startswith(say(doc)) for name, said in told)
    ]  # fmt: skip
    assert untold == []


@pytest.mark.parametrize("lang", [lang for lang in guide_languages() if lang != "en"])
def test_every_comment_is_translated(lang: str) -> None:
    template, _ = read_catalogue(
        "en", (locales_folder() / "guide.pot").read_text(encoding="utf-8"), "guide.pot"
    )
    file = locales_folder() / lang / "LC_MESSAGES" / "guide.po"
    catalogue, findings = read_catalogue(lang, file.read_text(encoding="utf-8"), "guide.po")
    assert findings == ()
    assert template is not None
    assert missing(catalogue, template, lang, "guide.po") is None


def test_comments_can_be_had_in_every_language_that_has_them() -> None:
    for command in ("init", "new"):
        assert (
            f"--lang {{{','.join(guide_languages())}}}" in run(CHECKOUT, command, "--help", today=None).stdout
        )


def test_no_comment_of_a_vietnamese_author_is_in_english() -> None:
    files = site_files(Answers(), "vi")
    text = " ".join(
        line.strip(" #") for path in (POLICY, SETTINGS) for line in files[path].decode().splitlines()
    )
    assert [doc for _, doc in keys_of_the_model() if len(doc) > 12 and doc in text] == []


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("path", [POLICY, SETTINGS])
def test_every_setting_that_is_not_in_use_can_be_used_as_it_stands(
    path: str, lang: str, tmp_path: Path
) -> None:
    text = site_files(Answers(), lang)[path].decode()
    write(tmp_path, site_files(Answers(), lang))
    settings = unused_settings(text)
    assert len(settings) > (80 if path == POLICY else 8)
    wrong = {}
    for setting in settings:
        write(tmp_path, {path: setting.used_in(text).encode()})
        _, findings = read_site(tmp_path)
        if findings:
            wrong[setting.name] = findings
    assert wrong == {}


def test_an_editor_finds_the_schema_of_either_file() -> None:
    files = site_files(Answers(), "en")
    for path in (POLICY, SETTINGS):
        first = files[path].decode().splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema=")
        way = Path("/site", path).parent / first.partition("=")[2]
        assert os.path.normpath(way).removeprefix("/site/") in files


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_an_editor_has_nothing_to_say_of_a_new_site(lang: str) -> None:
    files = site_files(Answers(), lang)
    for path, schema in ((POLICY, "policy"), (SETTINGS, "site")):
        data, _ = parse(files[path].decode(), path)
        judge = Draft202012Validator(json.loads(files[f".policygen/{schema}.schema.json"]))
        assert [error.message for error in judge.iter_errors(data)] == []


# --- what can't be: one clear line, nothing written

_BAD = [
    (["--email", "nobody"], "is not an e-mail address"),
    (["--url", "example.com"], "is not a web address"),
    (["--url", "https://a.example/?x"], "more than a path"),
    (["--languages", "en,fr"], "there are no texts in `fr`"),
    (["--languages", "en,../x"], "there are no texts in `../x`"),
    (["--languages", ""], "the value of --languages is empty"),
    (["--kind", "webiste"], "is no kind of service"),
    (["--deploy", "netlfy"], "there is no recipe for `netlfy`"),
    (["--name", " "], "is not a name"),
    (["--name", "none"], "means in a policy that there is none"),
    (["--company", "a\x07b"], "is not a name"),
    (["--name", "\u200d"], "is not a name"),
    (["--name", "safe\u202efas"], "is not a name"),
    (["--name", "x" * 101], f"policygen: '{'x' * 40}…' is not a name"),
    (["--service", "my shop"], "`my shop` can't be a folder and an address"),
    (["--service", ".."], "`..` can't be a folder and an address"),
    (["--service", "../shop"], "`../shop` can't be a folder and an address"),
    (["--service", "Shop"], "`Shop` can't be a folder and an address"),
    (["--service", "vi"], "belongs to the site itself"),
    (["--service", "sitemap"], "belongs to the site itself"),
    (["--name", "VI"], "belongs to the site itself"),
    (["--name", "Con"], "Windows can't have a folder `con`"),
    (["--service", "lpt1"], "Windows can't have a folder `lpt1`"),
]


@pytest.mark.parametrize(("words", "said"), _BAD)
def test_a_wrong_answer_is_one_line_and_nothing_is_written(
    words: list[str], said: str, tmp_path: Path
) -> None:
    assert said in one_line(init(tmp_path, "--yes", *words))
    assert list(tmp_path.iterdir()) == []


def test_a_site_that_is_there_already_is_not_touched(tmp_path: Path) -> None:
    init(tmp_path, "--yes")
    before = files_of(tmp_path)
    assert "is a policygen site already" in one_line(init(tmp_path, "--yes", "--name", "Other"))
    assert files_of(tmp_path) == before


@pytest.mark.parametrize(
    "present", [".gitignore", "content/example/policy.yaml", "netlify.toml", "static/_headers"]
)
def test_a_file_that_is_there_already_is_named_and_nothing_is_written(present: str, tmp_path: Path) -> None:
    write(tmp_path, {present: b"mine", "README.md": b"mine"})
    said = one_line(init(tmp_path, "--yes", "--deploy", "netlify"))
    assert f"has files of these names already: {present}" in said
    assert files_of(tmp_path) == {present: b"mine", "README.md": b"mine"}


def test_files_of_other_names_are_no_obstacle(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": b"mine", ".github/CODEOWNERS": b"mine"})
    assert init(tmp_path, "--yes", "--deploy", "github-pages").returncode == 0
    assert files_of(tmp_path)["README.md"] == b"mine"
    assert (tmp_path / ".github/workflows/policies.yml").is_file()


@pytest.mark.parametrize("where", ["content", "static"])
def test_nothing_is_written_through_a_link(where: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    site = tmp_path / "site"
    site.mkdir()
    (site / where).symlink_to(tmp_path / "elsewhere")
    assert "is not a folder" in one_line(init(site, "--yes", "--deploy", "netlify"))
    assert files_of(tmp_path) == {}


def test_a_file_in_place_of_the_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"mine")
    assert "taken is not a folder" in one_line(init(tmp_path, "--yes", "taken"))
    assert "not a directory" in one_line(init(tmp_path, "--yes", "taken/inside"))
    assert files_of(tmp_path) == {"taken": b"mine"}


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    assert init(tmp_path, "--yes", "a/b c").returncode == 0
    assert (tmp_path / "a/b c" / SETTINGS).is_file()


@pytest.mark.parametrize("where", [".", "new", "new/deep"])
def test_a_folder_that_can_t_be_written_to_is_one_line(where: str, tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    user = os.geteuid()
    try:
        if user == 0:
            os.seteuid(65534)
        with pytest.raises(ContentError, match="permission denied") as caught:
            create_files(tmp_path / where, {"a/b": b"x"})
        assert caught.value.help == "make the folder writable"
    finally:
        os.seteuid(user)
        tmp_path.chmod(0o755)
    assert list(tmp_path.iterdir()) == []


def test_without_a_terminal_nothing_is_asked_and_nothing_is_written(tmp_path: Path) -> None:
    assert "there is no terminal to ask on" in one_line(init(tmp_path))
    assert list(tmp_path.iterdir()) == []


# --- on a terminal


class Terminal:
    """`policygen init` on a terminal, as somebody sees it who types."""

    def __init__(self, folder: Path, *words: str) -> None:
        self._ours, theirs = pty.openpty()
        # Its controlling terminal: only then does Ctrl-C reach it. A run in the background ignores it.
        line = ["env", "--default-signal=INT", "setsid", "--ctty", str(installed_command()), "init", *words]
        self._process = subprocess.Popen(line, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        self.seen = ""

    def answer(self, waits_for: str, text: str) -> None:
        """Type something when it is asked for."""
        seen = len(self.seen)
        until = time.monotonic() + 60
        while waits_for not in self.seen[seen:] or not self.seen.endswith("]: "):
            ready, _, _ = select.select([self._ours], [], [], max(0, until - time.monotonic()))
            assert ready, self.seen
            self.seen += os.read(self._ours, 4096).decode()
        os.write(self._ours, text.encode())

    def end(self) -> int:
        """Read what is left, and the exit code."""
        try:
            while select.select([self._ours], [], [], 20)[0] and (piece := os.read(self._ours, 4096)):
                self.seen += piece.decode()
        except OSError:  # how Linux says that the other side has closed
            pass
        os.close(self._ours)  # whoever still waits for an answer is hung up on
        return self._process.wait(60)


def test_on_a_terminal_it_asks_with_defaults_and_asks_again_after_a_wrong_answer(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.answer("name of the app or service [Example]", "Nhạc Việt\n")
    terminal.answer("kind of service", "music_servise\n")
    terminal.answer("did you mean `music_service`?", "music_service\n")
    terminal.answer("company", "\n")
    terminal.answer("e-mail", "hello\n")
    terminal.answer("is not an e-mail address", "hello@nhac.example\n")
    terminal.answer("languages", "vi en\n")
    terminal.answer("hosted", "gitlab-pages\n")
    terminal.answer("address", "\n")
    assert terminal.end() == 0, terminal.seen
    policy = (tmp_path / "content/nhac-viet/policy.yaml").read_text(encoding="utf-8")
    settings = (tmp_path / SETTINGS).read_text(encoding="utf-8")
    assert "name: Nhạc Việt" in policy
    assert "kinds: [music_service]" in policy
    assert "email: hello@nhac.example" in settings
    assert "languages: [vi, en]" in settings
    assert (tmp_path / ".gitlab-ci.yml").is_file()


def test_a_name_whose_address_is_taken_is_asked_again_at_once(tmp_path: Path) -> None:
    given = ["--kind", "app", "--company", "Firm", "--email", "a@firm.example", "--languages", "en"]
    terminal = Terminal(tmp_path, *given, "--deploy", "none", "--url", "https://firm.example")
    terminal.answer("name", "Feed\n")
    terminal.answer("the address /feed/ belongs to the site itself", "Feeds\n")
    assert terminal.end() == 0, terminal.seen
    assert (tmp_path / "content/feeds/policy.yaml").is_file()


def test_any_name_will_do_where_the_address_is_given(tmp_path: Path) -> None:
    terminal = Terminal(
        tmp_path, "--service", "news", "--kind", "app", "--company", "Firm", "--deploy", "none"
    )
    terminal.answer("name", "Feed\n")
    for waits_for in ("e-mail", "languages", "address"):
        terminal.answer(waits_for, "\n")
    assert terminal.end() == 0, terminal.seen
    assert "name: Feed\n" in (tmp_path / "content/news/policy.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words", [["--service", "My shop"], ["--name", "Feed"], ["taken/site"], ["repository"]]
)
def test_what_would_stop_it_in_the_end_is_said_before_the_first_question(
    words: list[str], tmp_path: Path
) -> None:
    write(tmp_path, {"taken": b"mine", "repository/.gitignore": b"mine"})
    terminal = Terminal(tmp_path, *words)
    assert terminal.end() == 2
    assert "]: " not in terminal.seen


def test_a_folder_that_can_t_be_written_to_is_said_before_the_first_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tmp_path.chmod(0o555)
    user = os.geteuid()
    try:
        if user == 0:
            os.seteuid(65534)
        with pytest.raises(UsageError, match=r"can't write \.: permission denied"):
            check_folder(Path("new/deep"))
    finally:
        os.seteuid(user)
        tmp_path.chmod(0o755)
    check_folder(Path("new/deep"))


def test_what_is_given_is_not_asked(tmp_path: Path) -> None:
    given = ["--kind", "app", "--company", "Firm", "--email", "a@firm.example", "--languages", "en"]
    terminal = Terminal(tmp_path, *given, "--deploy", "none", "--url", "https://firm.example")
    terminal.answer("name", "Thing\n")
    assert terminal.end() == 0
    assert terminal.seen.count("]: ") == 1


def test_with_yes_nothing_is_asked_on_a_terminal(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "--yes")
    assert terminal.end() == 0
    assert "]: " not in terminal.seen


@pytest.mark.parametrize(
    ("key", "said", "code"), [("\x04", "ended too early", 2), ("\x03", "interrupted", 130)]
)
def test_leaving_in_the_middle_writes_nothing(key: str, said: str, code: int, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "site")
    terminal.answer("name", "Thing\n")
    terminal.answer("kind", key)
    assert terminal.end() == code
    assert said in terminal.seen
    assert "nothing was written" in terminal.seen
    assert "Traceback" not in terminal.seen
    assert list(tmp_path.iterdir()) == []


# --- all of it or nothing


FILES = {"content/site.yaml": b"a", "content/shop/policy.yaml": b"b" * 9000, ".gitignore": b"c"}


def stopped_before(step: int, act: Callable[[], None], *, kill: bool) -> bool:
    """Act in a process that is stopped before its nth change to the file system; True if it was."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the child needs no thread of another test
        child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in {0, -signal.SIGKILL, 130}
        return code != 0
    left = step

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in {"os.link", "os.mkdir"} or (event == "open" and {"x", "xb"} & {*map(str, arguments)}):
            left -= 1
            if left == -1:
                if kill:
                    os.kill(os.getpid(), signal.SIGKILL)
                raise KeyboardInterrupt

    try:
        sys.addaudithook(count)
        act()
    except KeyboardInterrupt:
        os._exit(130)
    except BaseException:  # noqa: BLE001  # whatever it is, it must not return into the test run twice
        os._exit(1)
    os._exit(0)


def _runs(folder: Path, *, kill: bool) -> Iterator[Path]:
    """Folders in which a run was stopped at each step, and at last one in which it wasn't."""
    step, stopped = 0, True
    while stopped:
        root = folder / f"{step}" / "deep"
        root.parent.mkdir()
        stopped = stopped_before(step, partial(create_files, root, FILES), kill=kill)
        yield root
        step += 1
    assert step > 8, step


def test_a_run_that_is_interrupted_at_any_step_leaves_nothing(tmp_path: Path) -> None:
    *interrupted, whole = _runs(tmp_path, kill=False)
    assert [list(root.parent.iterdir()) for root in interrupted] == [[]] * len(interrupted)
    assert files_of(whole) == FILES


def test_a_killed_run_leaves_no_half_file_and_no_settings_without_the_rest(tmp_path: Path) -> None:
    files = {**{path: FILES[path] for path in FILES if path != SETTINGS}, SETTINGS: FILES[SETTINGS]}
    step, stopped = 0, True
    while stopped:
        root = tmp_path / str(step)
        stopped = stopped_before(step, partial(create_files, root, files), kill=True)
        seen = {path: text for path, text in files_of(root).items() if "policygen-new" not in path}
        assert seen.items() <= files.items()
        assert SETTINGS not in seen or seen == files
        step += 1


def test_what_a_killed_run_has_left_is_no_obstacle_to_the_next(tmp_path: Path) -> None:
    write(tmp_path, {".files.policygen-new/0": b"half"})
    create_files(tmp_path, FILES)
    assert files_of(tmp_path) == FILES


def test_a_path_that_leads_out_is_a_bug(tmp_path: Path) -> None:
    for path in ("../x", "/x", "a//b", "a/./b", "a\\b", ""):
        with pytest.raises(ValueError, match="not a path below a folder"):
            create_files(tmp_path, {path: b"x"})
    assert list(tmp_path.iterdir()) == []


def test_every_host_has_files_of_its_own() -> None:
    made = {host: frozenset(site_files(replace(Answers(), deploy=host), "en")) for host in HOSTS}
    schemas = {".policygen/policy.schema.json", ".policygen/site.schema.json"}
    assert made["none"] == {SETTINGS, POLICY, ".gitignore", ".gitattributes", *schemas}
    assert all(made["none"] < files for host, files in made.items() if host != "none")


@pytest.mark.parametrize(("folder", "said"), [("site", True), (".", False)])
def test_a_recipe_below_the_top_of_a_repository_is_told(folder: str, said: bool, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "site").mkdir()
    done = init(tmp_path / folder, "--yes", "--deploy", "github-pages")
    assert ("the host reads .github/workflows at the top of the repository only" in done.stderr) == said
