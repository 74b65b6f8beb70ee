"""A project as it was: by folder, by revision; hostile revisions; the working tree stays as it is."""

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from resourcemap.errors import ProjectError
from resourcemap.project.snapshot import open_snapshot

LIST = "名称,種類,緯度,経度\n輪の会,サロン,35.7,139.7\n"
SETTINGS = '[project]\ntitle = "{title}"\n\n[[resources]]\nfile = "list.csv"\n'


def git(folder, *words, day="2026-04-01T12:00:00+09:00"):
    who = {f"GIT_{role}_{what}": "t@example.jp" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    days = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day, "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(
        ["git", "-C", str(folder), *words],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **who, **days},
    ).stdout


def write(folder, title="前", rows=LIST, settings=SETTINGS):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "resourcemap.toml").write_text(settings.format(title=title), encoding="utf-8")
    (folder / "list.csv").write_text(rows, encoding="utf-8")


@pytest.fixture
def repository(tmp_path):
    """A project in a folder of a repository with two commits: ``前`` in April, ``今`` in October."""
    top = tmp_path / "repo"
    write(top / "city")
    git(top, "init", "-q", "-b", "main")
    git(top, "add", "-A")
    git(top, "commit", "-qm", "one")
    git(top, "tag", "v1")
    write(top / "city", "今", LIST + "碁の会,サロン,35.8,139.8\n")
    git(top, "commit", "-qam", "two", day="2026-10-01T12:00:00+09:00")
    return top


def test_a_folder_is_opened_as_it_is(repository):
    opened = open_snapshot(str(repository / "city"))
    assert (opened.title, opened.told) == ("今", ())


@pytest.mark.parametrize("revision", ["HEAD~1", "v1", "main~1", "2026-04-01", "2026-09-30"])
def test_a_revision_is_opened_as_it_was(repository, revision):
    opened = open_snapshot(revision, repository / "city")
    assert opened.title == "前"
    assert opened.resources["name"].tolist() == ["輪の会"]
    assert opened.as_of == date(2026, 4, 1)
    assert revision in opened.called
    assert not opened.folder.is_relative_to(repository)


def test_the_date_of_the_settings_goes_before_that_of_the_commit(repository):
    write(repository / "city", settings=SETTINGS.replace("\n\n", "\ndate = 2026-05-05\n\n"))
    git(repository, "commit", "-qam", "three")
    assert open_snapshot("HEAD", repository / "city").as_of == date(2026, 5, 5)


def test_the_working_tree_and_the_index_stay_as_they_are(repository):
    write(repository / "city", "これから", LIST)
    (repository / "city" / "new.csv").write_text("a", encoding="utf-8")
    before = git(repository, "status", "--porcelain"), (repository / ".git" / "index").read_bytes()
    assert open_snapshot("HEAD", repository / "city").title == "今"
    assert (git(repository, "status", "--porcelain"), (repository / ".git" / "index").read_bytes()) == before


@pytest.mark.parametrize(
    "revision",
    [
        *("", "nowhere", "-h", "--help", "--output=/tmp/x", "v1..HEAD", "HEAD...v1", "^HEAD", "HEAD:city", "v1 HEAD"),
        *("HEAD\0", "HEAD\n", "$(touch x)", "2026-13-45", "HEAD^{tree}", "x" * 5000),
    ],
)
def test_what_is_no_revision_is_a_sentence(repository, revision):
    def files():
        return sorted(str(path) for path in repository.rglob("*") if ".git" not in path.parts)

    kept = files()
    with pytest.raises(ProjectError, match=r"neither a folder|no commit up to") as raised:
        open_snapshot(revision, repository / "city")
    assert files() == kept
    assert len(str(raised.value)) < 300


def test_a_day_before_the_first_commit(repository):
    with pytest.raises(ProjectError, match="no commit up to this day"):
        open_snapshot("2025-01-01", repository / "city")


def test_a_folder_without_a_project(tmp_path):
    with pytest.raises(ProjectError, match=r"no resourcemap\.toml in this folder"):
        open_snapshot(str(tmp_path))


def test_a_project_outside_of_git(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    write(tmp_path / "city")
    with pytest.raises(ProjectError, match="not in a git repository"):
        open_snapshot("HEAD", tmp_path / "city")


def test_without_git(repository, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ProjectError, match="git is not installed"):
        open_snapshot("HEAD", repository / "city")


def test_a_project_newer_than_the_revision(repository):
    write(repository / "town")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "town")
    with pytest.raises(ProjectError, match=r"does not have town/resourcemap\.toml yet"):
        open_snapshot("v1", repository / "town")


def test_resources_that_git_never_held(repository):
    write(repository / "city", settings=SETTINGS.replace("list.csv", "secret.csv"))
    git(repository, "commit", "-qam", "three")
    (repository / "city" / "secret.csv").write_text(LIST, encoding="utf-8")
    with pytest.raises(ProjectError, match=r"does not hold secret\.csv"):
        open_snapshot("HEAD", repository / "city")


def test_inputs_beside_the_project_come_from_the_revision_and_those_outside_from_now(repository, tmp_path):
    settings = '[[resources]]\nfile = "../shared/*.csv"\n\n[background]\nwater = "{water}"\n'
    outside = tmp_path / "rivers.geojson"
    outside.write_text("{}", encoding="utf-8")
    (repository / "shared").mkdir()
    (repository / "shared" / "a.csv").write_text(LIST, encoding="utf-8")
    city = repository / "city"
    (city / "resourcemap.toml").write_text(settings.format(water="../../rivers.geojson"), encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "three")
    (repository / "shared" / "a.csv").write_text(LIST.replace("輪", "和"), encoding="utf-8")
    opened = open_snapshot("HEAD", city)
    assert opened.resources["name"].tolist() == ["輪の会"]
    assert Path(opened.settings.background["water"]) == outside
    assert opened.told == ("HEAD: does not hold ../../rivers.geojson; the files of now were used.",)


def test_layers_that_are_not_in_git_are_used_as_they_are_now(repository):
    city = repository / "city"
    with (city / "resourcemap.toml").open("a", encoding="utf-8") as file:
        file.write('\n[blocks]\nfile = "big.geojson"\n')
    git(repository, "commit", "-qam", "three")
    (city / "big.geojson").write_text("{}", encoding="utf-8")
    opened = open_snapshot("HEAD", city)
    assert Path(opened.settings.blocks["file"]) == city.resolve() / "big.geojson"
    assert "big.geojson" in opened.told[0]


def test_a_project_at_the_top_of_its_repository(tmp_path):
    write(tmp_path / "top")
    git(tmp_path / "top", "init", "-q")
    git(tmp_path / "top", "add", "-A")
    git(tmp_path / "top", "commit", "-qm", "one")
    write(tmp_path / "top", "今")
    assert open_snapshot("HEAD", tmp_path / "top").title == "前"


def test_variables_of_another_repository_do_not_lead_astray(repository, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert open_snapshot("HEAD", repository / "city").title == "今"


def test_a_repository_of_another_owner(repository, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    with pytest.raises(ProjectError, match=r"another owner.*safe\.directory"):
        open_snapshot("HEAD", repository / "city")
