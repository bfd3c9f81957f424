"""Git is asked the right question, whatever the repository, the names in it and the environment are."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from policygen.git import GitError, files_at, is_repository, published_ref

ODD = 'content/chính sách/releases/2026-11-22-1/tiếng "việt"\t(1)\n.html'
FILES = {
    "content/coins/releases/2026-11-22-1/release.json": b"{}\n",
    "content/coins/releases/2026-11-22-1/vi.html": "<p>Chính sách</p>\r\n".encode(),
    ODD: b"odd\0\xff\n",
    "content/coins/releases/empty": b"",
    "content/coins-old/releases/x": b"another service",
    "content/-n/releases/x": b"dash",
    "content/*/releases/x": b"star",
    "README.md": b"above\n",
}


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody, somewhere."""
    someone = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    line = ("git", *someone, "-c", "protocol.file.allow=always", "-C", str(folder), *arguments)
    return subprocess.run(line, check=True, capture_output=True, text=True, timeout=60).stdout.strip()


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def commit(folder: Path, files: Mapping[str, bytes], message: str = "m") -> str:
    """Write files, commit all there is, and say which commit that is."""
    put(folder, files)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository without a commit."""
    folder = tmp_path / "kho chính"
    folder.mkdir()
    git(folder, "init", "--quiet")
    return folder


def below(files: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name.startswith(f"{folder}/")}


@pytest.mark.parametrize(
    "folder",
    ["content", "content/coins", "content/coins/releases", "content/chính sách", "content/-n", "content/*"],
)
def test_the_files_of_a_revision_are_read_byte_by_byte(repository: Path, folder: str) -> None:
    old = commit(repository, FILES)
    git(repository, "tag", "v1")
    commit(repository, {"content/coins/releases/empty": b"full"})
    put(repository, {"content/coins/releases/empty": b"not committed"})
    expected = below(FILES, folder)
    assert expected
    assert files_at(repository, "v1", folder) == files_at(repository, old[:12], folder) == expected
    newer = {name: b"full" if name.endswith("/empty") else content for name, content in expected.items()}
    assert files_at(repository, "HEAD", folder) == newer


@pytest.mark.parametrize(
    "folder", ["content/mix", "content/coi", "README.md", "content/coins/releases/empty"]
)
def test_what_is_no_folder_at_that_revision_has_no_files(repository: Path, folder: str) -> None:
    commit(repository, FILES)
    assert files_at(repository, "HEAD", folder) == {}


def test_a_site_in_a_subfolder_has_paths_of_its_own(repository: Path) -> None:
    site = repository / "web/trang chủ"
    inside = {f"web/trang chủ/{name}": content for name, content in FILES.items()}
    commit(repository, {**inside, "content/coins/releases/other": b"another site's"})
    assert files_at(site, "main", "content/coins") == below(FILES, "content/coins")
    assert is_repository(site)
    assert published_ref(site) == "HEAD"


def test_links_and_submodules_are_no_files(tmp_path: Path, repository: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    commit(other, {"a": b"a"})
    put(repository, {"content/coins/a": b"a"})
    (repository / "content/coins/b").symlink_to("a")
    git(repository, "submodule", "--quiet", "add", str(other), "content/coins/c")
    commit(repository, {})
    assert files_at(repository, "HEAD", "content/coins") == {"content/coins/a": b"a"}


@pytest.mark.parametrize("folder", ["", ".", "/content", "../content", "content/../..", "content/", "a//b"])
def test_a_folder_outside_of_the_root_is_a_bug(repository: Path, folder: str) -> None:
    commit(repository, FILES)
    with pytest.raises(ValueError, match="not a folder below the root"):
        files_at(repository, "HEAD", folder)


@pytest.mark.parametrize(
    "ref",
    ["v9", "", "-h", "--output=x", "--all", "HEAD^5", "HEAD:README.md", "a\0b", "f" * 40, "main..", "-"],
)
def test_a_revision_that_does_not_exist_is_one_line(repository: Path, ref: str) -> None:
    commit(repository, FILES)
    before = sorted(repository.rglob("*"))
    with pytest.raises(GitError, match="there is no revision") as caught:
        files_at(repository, ref, "content")
    assert caught.value.help
    assert "\n" not in caught.value.message
    assert sorted(repository.rglob("*")) == before


def test_a_repository_without_a_commit_has_nothing_published(repository: Path) -> None:
    assert is_repository(repository)
    assert published_ref(repository) is None
    with pytest.raises(GitError, match="there is no revision `HEAD`"):
        files_at(repository, "HEAD", "content")


def test_a_folder_outside_of_any_repository_is_said_to_be_one(tmp_path: Path) -> None:
    assert not is_repository(tmp_path)
    assert published_ref(tmp_path) is None
    with pytest.raises(GitError, match="is not in a git repository"):
        files_at(tmp_path, "HEAD", "content")


def test_without_git_a_repository_is_an_error_and_another_folder_is_none(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(repository, FILES)
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert not is_repository(tmp_path / "empty")
    for ask in (is_repository, published_ref):
        with pytest.raises(GitError, match="`git` is not installed"):
            ask(repository / "content")


def test_a_repository_that_git_does_not_trust_is_an_error(repository: Path) -> None:
    commit(repository, FILES)
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    os.chown(repository, 65534, 65534)
    os.chown(repository / ".git", 65534, 65534)
    with pytest.raises(GitError, match="dubious ownership") as caught:
        published_ref(repository)
    assert "safe.directory" in str(caught.value.help)
    assert "\n" not in caught.value.message


def test_a_damaged_repository_is_an_error(tmp_path: Path) -> None:
    put(tmp_path, {"site/.git": b"gitdir: /nowhere/at/all\n"})
    with pytest.raises(GitError, match="not a git repository: /nowhere"):
        is_repository(tmp_path / "site")


def test_a_file_that_the_repository_has_lost_is_an_error(repository: Path) -> None:
    commit(repository, FILES)
    lost = git(repository, "rev-parse", "HEAD:content/coins/releases/empty")
    (repository / ".git/objects" / lost[:2] / lost[2:]).unlink()
    with pytest.raises(GitError, match="lacks content/coins/releases/empty of `HEAD`"):
        files_at(repository, "HEAD", "content")
    assert files_at(repository, "HEAD", "content/-n") == below(FILES, "content/-n")


def test_a_shallow_clone_says_how_to_get_the_rest(tmp_path: Path, repository: Path) -> None:
    old = commit(repository, FILES)
    commit(repository, {"README.md": b"newer"})
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository}", "clone")
    with pytest.raises(GitError, match="doesn't have the whole history") as caught:
        files_at(tmp_path / "clone", old, "content")
    assert "--unshallow" in str(caught.value.help)
    assert files_at(tmp_path / "clone", "HEAD", "content") == below(FILES, "content")


@pytest.mark.parametrize("variable", ["GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE"])
def test_what_a_hook_puts_into_the_environment_redirects_nothing(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    commit(repository, FILES)
    monkeypatch.setenv(variable, str(tmp_path / "nowhere"))
    assert files_at(repository, "HEAD", "content") == below(FILES, "content")


def test_a_replaced_object_shows_the_published_one(repository: Path) -> None:
    name = "content/coins/releases/x"
    commit(repository, {name: b"published", "y": b"forged"})
    git(repository, "replace", f"HEAD:{name}", "HEAD:y")
    assert git(repository, "show", f"HEAD:{name}") == "forged"
    assert files_at(repository, "HEAD", "content") == {name: b"published"}


# --- what counts as published


def test_in_a_clone_the_default_branch_of_origin_is_published(tmp_path: Path, repository: Path) -> None:
    commit(repository, FILES)
    git(repository, "branch", "--move", "trunk")
    git(tmp_path, "clone", "--quiet", str(repository), "clone")
    clone = tmp_path / "clone"
    commit(clone, {"content/coins/releases/draft": b"not pushed"})
    ref = published_ref(clone)
    assert ref == "refs/remotes/origin/HEAD"
    assert files_at(clone, ref, "content") == below(FILES, "content")


@pytest.mark.parametrize("branch", ["main", "master"])
def test_in_a_repository_that_was_pushed_the_usual_branch_is(
    tmp_path: Path, repository: Path, branch: str
) -> None:
    commit(repository, FILES)
    git(tmp_path, "init", "--quiet", "--bare", "bare.git")
    git(repository, "remote", "add", "origin", str(tmp_path / "bare.git"))
    assert published_ref(repository) == "HEAD"
    git(repository, "push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")
    assert published_ref(repository) == f"refs/remotes/origin/{branch}"


def test_a_default_branch_that_is_gone_is_passed_over(tmp_path: Path, repository: Path) -> None:
    commit(repository, FILES)
    git(tmp_path, "clone", "--quiet", str(repository), "clone")
    clone = tmp_path / "clone"
    git(clone, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone")
    assert published_ref(clone) == "refs/remotes/origin/main"


def test_elsewhere_it_is_what_the_branch_follows(tmp_path: Path, repository: Path) -> None:
    commit(repository, FILES)
    git(tmp_path, "clone", "--quiet", "--origin", "nhà", str(repository), "clone")
    assert published_ref(tmp_path / "clone") == "refs/remotes/nhà/main"


def test_a_local_branch_with_a_remotes_name_deceives_nobody(tmp_path: Path, repository: Path) -> None:
    commit(repository, FILES)
    git(tmp_path, "clone", "--quiet", str(repository), "clone")
    clone = tmp_path / "clone"
    commit(clone, {"content/coins/releases/draft": b"not pushed"})
    git(clone, "branch", "origin/HEAD")
    git(clone, "branch", "origin/main")
    assert files_at(clone, str(published_ref(clone)), "content") == below(FILES, "content")


def test_a_detached_head_without_a_remote_is_published(repository: Path) -> None:
    commit(repository, FILES)
    git(repository, "checkout", "--quiet", "--detach")
    assert published_ref(repository) == "HEAD"
    shutil.rmtree(repository / "content")
    assert published_ref(repository) == "HEAD"
