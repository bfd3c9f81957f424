"""The folder holds what was published last and whatever was never ours, whatever happens in between."""

from __future__ import annotations

import json
import os
import resource
import shutil
import stat
import sys
import tempfile
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygen.output import MANIFEST, STAGE, OutputError, Published, opened
from tests.small_site import tree

Files = Mapping[str, bytes]

OLD = {"en/a.html": b"old a", "en/gone/b.html": b"old b", "robots.txt": b"same", "tips": b"file", "x/y": b"y"}
NEW = {"en/a.html": b"new a", "robots.txt": b"same", "sitemap.xml": b"new", "tips/now.html": b"", "x": b"x"}
THIRD = {"en/a.html": b"third", "tips": b"a file again", "vi/c.html": b"c"}
DIGEST = "0" * 64


def publish(output: Path, files: Iterable[tuple[str, bytes]], forbidden: Collection[Path] = ()) -> Published:
    """Make `output` hold exactly `files` (POSIX paths, bytes) of all that policygen ever wrote there.

    `files` may be lazy: if it raises, the folder stays as it was.
    """
    with opened(output, forbidden) as ours:
        digests: dict[str, str] = {}
        for path, content in files:
            if path in digests:
                raise ValueError(f"two files of one path: {path!r}")
            digests[path] = ours.stage.add(path, content)
        return ours.move_in(digests)


def contents(folder: Path) -> dict[str, bytes | str]:
    """All of the tree but folders and the manifest."""
    return {name: kind for name, kind in tree(folder).items() if kind != "folder" and name != MANIFEST}


def folders(files: Iterable[str]) -> set[str]:
    return {str(parent) for path in files for parent in PurePosixPath(path).parents} - {"."}


def put(path: Path, content: bytes = b"mine") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


def test_a_missing_folder_is_made_and_filled(tmp_path: Path) -> None:
    site = tmp_path / "public" / "site"
    assert publish(site, OLD.items()) == Published(written=tuple(sorted(OLD)))
    assert contents(site) == OLD
    assert {name for name, kind in tree(site).items() if kind == "folder"} == folders(OLD)


def test_a_second_build_says_what_it_wrote_left_and_removed(site: Path) -> None:
    publish(site, OLD.items())
    assert publish(site, NEW.items()) == Published(
        written=("en/a.html", "sitemap.xml", "tips/now.html", "x"),
        unchanged=("robots.txt",),
        removed=("en/gone/b.html", "tips", "x/y"),
    )
    assert contents(site) == NEW
    assert {name for name, kind in tree(site).items() if kind == "folder"} == folders(NEW)


def test_a_folder_that_is_right_already_is_not_touched(site: Path) -> None:
    publish(site, OLD.items())
    for path in (site, *site.rglob("*")):
        os.utime(path, ns=(1, 1))
    assert publish(site, reversed(OLD.items())) == Published(unchanged=tuple(sorted(OLD)))
    assert {path.lstat().st_mtime_ns for path in (site, *site.rglob("*"))} == {1}


def test_the_manifest_depends_on_the_files_alone(tmp_path: Path) -> None:
    publish(tmp_path / "one", OLD.items())
    publish(tmp_path / "one", NEW.items())
    publish(tmp_path / "two", reversed(NEW.items()))
    manifest = (tmp_path / "one" / MANIFEST).read_bytes()
    assert manifest == (tmp_path / "two" / MANIFEST).read_bytes()
    assert list(json.loads(manifest)["files"]) == sorted(NEW)


def test_modes_do_not_depend_on_the_umask(site: Path) -> None:
    before = os.umask(0o777)
    try:
        publish(site, OLD.items())
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (site, *site.rglob("*"))}
    assert modes == {path: 0o755 if path.is_dir() else 0o644 for path in modes}


def failing(files: Files) -> Iterator[tuple[str, bytes]]:
    yield from files.items()
    raise OSError(5, "the renderer's own trouble", "content/x.yaml")


def test_a_build_that_fails_leaves_the_last_site_untouched(site: Path) -> None:
    publish(site, OLD.items())
    before = tree(site)
    with pytest.raises(OSError, match="renderer's own trouble"):
        publish(site, failing(NEW))
    assert tree(site) == before


def test_a_first_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="renderer's own trouble"):
        publish(tmp_path / "public" / "site", failing(NEW))
    assert tree(tmp_path) == {}


OUTSIDE = ["/a", "../a", "a/../b", "a/..", "a//b", "a/", "", ".", "./a", "a\\b", "a\0", "C:a"]


@pytest.mark.parametrize("path", [*OUTSIDE, MANIFEST, f"{STAGE}/a"])
def test_a_path_that_could_leave_the_folder_is_a_bug(site: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path inside the output"):
        publish(site, [("ok", b""), (path, b"")])
    assert not site.exists()


@pytest.mark.parametrize(
    ("paths", "message"),
    [(("a", "a"), "two files of one path: 'a'"), (("a/b", "a"), "both a file and a folder: 'a'")],
)
def test_two_files_in_one_place_are_a_bug(site: Path, paths: tuple[str, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        publish(site, [(path, b"") for path in paths])


# --- refusals


@contextmanager
def refused(folder: Path, message: str) -> Iterator[None]:
    """The call inside is refused in one line, with help, and changes nothing in the folder."""
    before = tree(folder)
    with pytest.raises(OutputError, match=message) as caught:
        yield
    assert caught.value.help
    assert "\n" not in caught.value.message
    assert tree(folder) == before


def test_a_folder_with_somebody_elses_files_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "site/thesis.doc")
    with refused(tmp_path, r"site is not empty and was not made by policygen"):
        publish(tmp_path / "site", NEW.items())


def test_an_empty_folder_is_taken(site: Path) -> None:
    site.mkdir()
    publish(site, NEW.items())
    assert contents(site) == NEW


@pytest.mark.parametrize(
    "manifest",
    [
        b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'{"format": 2, "files": {}}', b'{"files": {}}',
        b'{"format": 1}', b'{"format": 1, "files": []}', b'{"format": 1, "files": {"a": 1}}',
        b'{"format": 1, "files": {"a": ""}}', b'{"format": 1, "files": {"a": "abc"}}',
        json.dumps({"format": 1, "files": {"../precious": DIGEST}}).encode(),
        json.dumps({"format": 1, "files": {"/precious": DIGEST}}).encode(),
        json.dumps({"format": 1, "files": {"half a character \ud800": DIGEST}}).encode(),
    ],
)  # fmt: skip
def test_a_manifest_we_cannot_have_written_is_refused(tmp_path: Path, manifest: bytes) -> None:
    put(tmp_path / "precious")
    put(tmp_path / "site" / MANIFEST, manifest)
    with refused(tmp_path, "is damaged or from another version"):
        publish(tmp_path / "site", NEW.items())


def test_a_manifest_that_is_a_link_is_refused(tmp_path: Path) -> None:
    publish(tmp_path / "other", OLD.items())
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / MANIFEST).symlink_to(tmp_path / "other" / MANIFEST)
    with refused(tmp_path, "is damaged or from another version"):
        publish(tmp_path / "site", NEW.items())


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("/", "is the root of the file system"),
        (".", "is the home folder"),
        ("..", "contains the home folder"),
        ("content", "is .*content"),
        ("content/..", "is the home folder"),
        ("site-folder", "contains .*templates"),
        ("link", "is a symbolic link"),
        ("dangling", "is a symbolic link"),
        ("file", "is a file"),
    ],
)
def test_a_folder_whose_loss_would_hurt_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, message: str
) -> None:
    home = tmp_path / "home"
    for folder in ("content", "site-folder/templates", "elsewhere"):
        (home / folder).mkdir(parents=True)
    put(home / "file")
    (home / "link").symlink_to(home / "elsewhere")
    (home / "dangling").symlink_to(home / "nowhere")
    monkeypatch.setenv("HOME", str(home))
    with refused(tmp_path, f"the output folder .* {message}"):
        publish(home / output, NEW.items(), forbidden=[home / "content", home / "site-folder/templates"])


@pytest.mark.parametrize("path", ["sitemap.xml", "tips/now.html", "tips/now.html/deeper", "x/mine"])
def test_a_file_in_the_way_that_we_did_not_write_is_refused(site: Path, path: str) -> None:
    publish(site, {name: OLD[name] for name in ("en/a.html", "x/y")}.items())
    put(site / path)
    with refused(site, "is in the way and was not written by policygen"):
        publish(site, NEW.items())


def test_a_file_in_the_way_with_the_same_bytes_becomes_ours(site: Path) -> None:
    publish(site, {}.items())
    put(site / "sitemap.xml", NEW["sitemap.xml"])
    assert publish(site, NEW.items()).unchanged == ("sitemap.xml",)
    assert publish(site, OLD.items()).removed == ("sitemap.xml", "tips/now.html", "x")


def test_a_published_file_somebody_edited_is_published_anew(site: Path) -> None:
    publish(site, OLD.items())
    put(site / "robots.txt", b"edited")
    publish(site, NEW.items())
    assert contents(site) == NEW


def test_a_stale_file_somebody_edited_is_theirs_from_now_on(site: Path) -> None:
    publish(site, NEW.items())
    put(site / "sitemap.xml", b"edited")
    published = publish(site, THIRD.items())
    assert (published.kept, published.removed) == (("sitemap.xml",), ("robots.txt", "tips/now.html", "x"))
    assert contents(site) == {**THIRD, "sitemap.xml": b"edited"}
    with refused(site, r"sitemap\.xml is in the way"):
        publish(site, NEW.items())


def test_foreign_files_and_their_folders_stay(site: Path) -> None:
    publish(site, OLD.items())
    put(site / "CNAME")
    put(site / "en/gone/notes.txt")
    (site / "empty").mkdir()
    publish(site, THIRD.items())
    assert contents(site) == {**THIRD, "CNAME": b"mine", "en/gone/notes.txt": b"mine"}
    assert (site / "empty").is_dir()


# --- links


@pytest.mark.parametrize("files", [NEW, {}], ids=["to write", "to remove"])
def test_a_linked_folder_is_not_followed(tmp_path: Path, files: Files) -> None:
    publish(tmp_path / "site", OLD.items())
    (tmp_path / "site/en").rename(tmp_path / "elsewhere")
    (tmp_path / "site/en").symlink_to(tmp_path / "elsewhere")
    with refused(tmp_path, "site/en is a symbolic link"):
        publish(tmp_path / "site", files.items())


def test_a_link_in_place_of_a_published_file_is_not_followed(tmp_path: Path) -> None:
    publish(tmp_path / "site", OLD.items())
    put(tmp_path / "precious", OLD["robots.txt"])
    (tmp_path / "site/robots.txt").unlink()
    (tmp_path / "site/robots.txt").symlink_to(tmp_path / "precious")
    with refused(tmp_path, r"robots\.txt is in the way"):
        publish(tmp_path / "site", NEW.items())
    assert publish(tmp_path / "site", THIRD.items()).kept == ("robots.txt",)
    assert (tmp_path / "precious").read_bytes() == OLD["robots.txt"]


def test_a_stage_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    publish(tmp_path / "site", OLD.items())
    put(tmp_path / "elsewhere/precious")
    (tmp_path / "site" / STAGE).symlink_to(tmp_path / "elsewhere")
    with refused(tmp_path, f"{STAGE} is in the way"):
        publish(tmp_path / "site", NEW.items())


def test_a_hard_link_elsewhere_keeps_its_bytes(tmp_path: Path) -> None:
    publish(tmp_path / "site", OLD.items())
    os.link(tmp_path / "site/en/a.html", tmp_path / "backup.html")
    publish(tmp_path / "site", NEW.items())
    assert (tmp_path / "backup.html").read_bytes() == OLD["en/a.html"]


# --- machines that break


def test_what_the_system_refuses_is_one_line_that_names_the_path(site: Path) -> None:
    publish(site, OLD.items())
    before = tree(site)
    with pytest.raises(OutputError, match=r"^can't write .*site/n{300}: file name too long$"):
        publish(site, [*NEW.items(), ("n" * 300, b"")])
    assert tree(site) == before


def test_a_file_in_place_of_a_parent_folder_is_one_line(tmp_path: Path) -> None:
    put(tmp_path / "file")
    with pytest.raises(OutputError, match=r"^can't write .*file/site: not a directory$"):
        publish(tmp_path / "file" / "site", NEW.items())


def test_a_disk_without_room_leaves_the_last_site_untouched(site: Path) -> None:
    publish(site, OLD.items())
    before = tree(site)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OutputError, match=r"^can't write .*site/big: file too large$"):
            publish(site, [*NEW.items(), ("big", b"x" * 2000)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert tree(site) == before


def test_two_builds_never_write_to_one_folder_at_once(site: Path) -> None:
    def files() -> Iterator[tuple[str, bytes]]:
        with pytest.raises(OutputError, match="another build is writing"):
            publish(site, OLD.items())
        yield from NEW.items()

    publish(site, files())
    assert contents(site) == NEW


def publish_until_killed(site: Path, files: Files, steps: int) -> bool:
    """Publish in a process that dies before its nth change to the file system; True if it did die."""
    with warnings.catch_warnings():
        # Other tests' servers may have threads; the child needs none of them, nor any lock they hold.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    left = steps

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod") or "xb" in arguments:
            left -= 1
            if left < 0:
                os._exit(9)

    try:
        sys.addaudithook(count)
        publish(site, files.items())
    except BaseException:  # noqa: BLE001  # whatever it is, it must not return into the test run twice
        os._exit(1)
    os._exit(0)


@pytest.mark.parametrize("after", [NEW, OLD, THIRD, {}], ids=["new", "old", "third", "nothing"])
def test_a_build_killed_at_any_step_loses_no_file_and_the_next_one_cleans_up(
    tmp_path: Path, after: Files
) -> None:
    steps, died = 0, True
    while died:
        site = tmp_path / str(steps)
        publish(site, OLD.items())
        put(site / "CNAME")
        died = publish_until_killed(site, NEW, steps)
        found = contents(site)
        assert all(found[path] in (OLD[path], NEW[path]) for path in OLD.keys() & NEW.keys())
        publish(site, after.items())
        assert contents(site) == {**after, "CNAME": b"mine"}
        assert {name for name, kind in tree(site).items() if kind == "folder"} == folders(after)
        steps += 1
    assert steps > 20


def test_a_first_build_killed_at_any_step_does_not_lock_its_folder_out(tmp_path: Path) -> None:
    steps, died = 0, True
    while died:
        died = publish_until_killed(tmp_path / str(steps), OLD, steps)
        publish(tmp_path / str(steps), NEW.items())
        assert contents(tmp_path / str(steps)) == NEW
        steps += 1
    assert steps > 10


# --- any history

PATHS = ["a", "a/b", "a/b/c", "a/d", "e", "f/g"]
CONTENT = st.sampled_from([b"", b"1", b"2"])
SITES = st.dictionaries(st.sampled_from(PATHS), CONTENT).filter(lambda site: not folders(site) & site.keys())
STEPS = st.one_of(
    st.tuples(st.sampled_from(["publish", "fail"]), SITES),
    st.tuples(st.just("meddle"), st.dictionaries(st.sampled_from(PATHS), CONTENT, min_size=1, max_size=1)),
)


def meddle(site: Path, path: str, content: bytes) -> None:
    """Put a file there as somebody else would, clearing the way for it."""
    for each in (site / path, *(site / folder for folder in folders([path]))):
        if each.is_file():
            each.unlink()
    if (site / path).is_dir():
        shutil.rmtree(site / path)
    put(site / path, content)


def without(files: Files, path: str) -> dict[str, bytes]:
    """The files that are left when somebody clears the way for one at `path`."""
    clashing = {path, *folders([path]), *(name for name in files if path in folders([name]))}
    return {name: content for name, content in files.items() if name not in clashing}


def is_in_the_way(path: str, content: bytes, files: Files, ours: Files) -> bool:
    """Whether what stands at a path, put there by somebody, keeps these files from being published."""
    if path in files:
        return path not in ours and files[path] != content
    return ours.get(path) != content and (path in folders(files) or bool(folders([path]) & files.keys()))


@settings(deadline=None)  # a disk has its own pace
@given(st.lists(STEPS, max_size=12))
def test_after_any_history_the_folder_holds_the_last_site_and_what_is_not_ours(
    steps: list[tuple[str, dict[str, bytes]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        publish(site, [])
        ours: dict[str, bytes] = {}
        there: dict[str, bytes] = {}
        for step, files in steps:
            before = tree(site)
            if step == "meddle":
                [(path, content)] = files.items()
                meddle(site, path, content)
                there = {**without(there, path), path: content}
            elif step == "fail":
                with pytest.raises(OSError, match="renderer's own trouble"):
                    publish(site, failing(files))
                assert tree(site) == before
            elif any(is_in_the_way(path, content, files, ours) for path, content in there.items()):
                with pytest.raises(OutputError, match="is in the way"):
                    publish(site, files.items())
                assert tree(site) == before
            else:
                publish(site, files.items())
                theirs = {path: content for path, content in there.items() if ours.get(path) != content}
                there, ours = theirs | files, files
            assert contents(site) == there


def test_an_output_folder_inside_the_sources_is_refused(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    with pytest.raises(OutputError, match="lies inside"):
        publish(content / "site", [("a.html", b"a")], [content])
    assert list(content.iterdir()) == []
