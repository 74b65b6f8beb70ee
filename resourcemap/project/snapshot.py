"""A project as it was: a folder, or a revision of the git repository that the project lies in."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from resourcemap.errors import ProjectError, first_five
from resourcemap.files import temporary_folder, unpack
from resourcemap.language import either
from resourcemap.project.project import Project
from resourcemap.project.settings import NAME, read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from resourcemap.project.settings import Settings

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INPUTS = (
    "file",
    "outline",
    "membership",
    "polygons",
    "gazetteer",
    "places",
    "streets",
    "buildings",
    "mesh",
    "candidates",
)
_LONGEST = 100
_SECTIONS = ("resources", "areas", "blocks", "people", "locate", "reach", "background", "sites")
# A repository that is not whole does not fetch the rest: there is no network.
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
# A hook of git runs us with these set; they would lead to another repository.
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE")


class Snapshot(Project):
    """A project of one of two dates, with what to call it and what to know about it."""

    called: str = ""
    told: tuple[str, ...] = ()


def open_snapshot(text: str, project_folder: str | Path = ".") -> Snapshot:
    r"""Open a project as it was: in a folder, or at a revision.

    A folder with resourcemap.toml goes before a revision of the same name. A revision is anything that git knows as
    one commit (``HEAD~1``, a tag, a branch), or a date such as ``2026-04-01``: the last commit up to the end of that
    day in Japan. Its files are taken out of the repository into a temporary folder, which is removed when the program
    ends; the working tree and the index are left alone. Files of the settings that lie outside of the repository, and
    layers and tables besides the resources that the revision does not hold, are used as they are now; `told` of the
    result says which. Where the settings name no date, it is that of the commit.

    Parameters
    ----------
    text
        A folder, or a revision.
    project_folder
        The project whose revisions are meant.

    Returns
    -------
    Snapshot
        A project, with `called` (the folder, or the revision with its commit) and `told` (a sentence each).

    Raises
    ------
    ProjectError
        When there is neither such a folder nor such a revision, git is not installed, the project is not in a
        repository, or the revision holds no project.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "resourcemap.toml").write_text('[project]\ntitle = "みほん市"\n', encoding="utf-8")
    >>> open_snapshot(str(folder)).title
    'みほん市'
    """
    folder = Path(text) if text and "\0" not in text else None
    if folder is not None and _asked(folder / NAME, Path.is_file):
        opened = Snapshot(folder, read_settings(folder / NAME))
        opened.called = str(folder)
        return opened
    if folder is not None and _asked(folder, Path.is_dir):
        raise ProjectError(
            either(
                ja=f"{text}: フォルダーに {NAME} がありません。プロジェクトのフォルダーか、git の版を書いてください。",
                en=f"{text}: there is no {NAME} in this folder. Name a folder with a project, or a revision of git.",
            )
        )
    return _at_revision(text, Path(project_folder).resolve())


def _asked(path: Path, is_there: Callable[[Path], bool]) -> bool:
    try:
        return is_there(path)
    except OSError:  # a name longer than a file may have
        return False


def _at_revision(text: str, project: Path) -> Snapshot:
    root = _root(project, text)
    commit = _commit(root, text)
    inside = project.relative_to(root).as_posix()
    held = _held(root, commit)
    settings_file = NAME if inside == "." else f"{inside}/{NAME}"
    if settings_file not in held:
        raise ProjectError(
            either(
                ja=f"{text}: この版にはまだ {settings_file} がありません。もっと新しい版を書いてください。",
                en=f"{text}: this revision does not have {settings_file} yet. Name a later one.",
            )
        )
    copy = temporary_folder()
    paths = [] if inside == "." else [inside]
    unpack(_git(root, "archive", "--format=tar", commit, "--", *paths), copy)
    settings = read_settings(copy / inside / NAME)
    settings, now = _with_what_is_not_held(settings, project, root, held, text)
    more = sorted({each for name in _besides(settings, project, root) for each in held if _fits(each, name)})
    if more:
        unpack(_git(root, "archive", "--format=tar", commit, "--", *more), copy)
    if "date" not in settings.project:
        day = date.fromisoformat(_git(root, "show", "-s", "--format=%cs", commit).decode().strip())
        settings = replace(settings, project={**settings.project, "date": day})
    opened = Snapshot(copy / inside, settings)
    opened.called = either(ja=f"{text}（{commit[:10]}）", en=f"{text} ({commit[:10]})")
    opened.told = _told_of(text, now)
    return opened


def _root(project: Path, text: str) -> Path:
    """Return the top folder of the repository that a project lies in."""
    if not project.is_dir():
        raise ProjectError(either(ja=f"{project}: フォルダーがありません。", en=f"{project}: there is no such folder."))
    done = _run(project, "rev-parse", "--show-toplevel")
    others = re.search(r"dubious ownership in repository at '(.+)'", done.stderr.decode(errors="replace"))
    if others:
        raise ProjectError(
            either(
                ja=f"{others[1]}: ほかの人の作った git のフォルダーなので、git が開きません。信頼できるフォルダーなら、"
                f'git config --global --add safe.directory "{others[1]}" を実行してください。',
                en=f"{others[1]}: git does not open a repository of another owner. If you trust it, run "
                f'git config --global --add safe.directory "{others[1]}".',
            )
        )
    if done.returncode:
        raise ProjectError(
            either(
                ja=f"{text}: {NAME} のあるフォルダーではありません。{project} は git で管理されていないので、"
                "版も調べられません。前の日付のプロジェクトのフォルダーを書いてください。",
                en=f"{text}: is no folder with {NAME}, and {project} is not in a git repository. "
                "Name the folder of the project of the other date.",
            )
        )
    return Path(os.fsdecode(done.stdout).rstrip("\r\n")).resolve()


def _commit(root: Path, text: str) -> str:
    """Return the commit that a revision names; what git would read as an option, a range or a file is refused."""
    found = _verified(root, text)
    if found is None and _DATE.fullmatch(text):
        before = f"--before={text}T23:59:59+09:00"
        listed = _run(root, "rev-list", "-1", before, "HEAD", "--")
        found = listed.stdout.decode().strip() or None if _is_day(text) and not listed.returncode else None
        if found is None:
            raise ProjectError(
                either(
                    ja=f"{text}: この日までの版がありません。もっと後の日付か、前の日付のフォルダーを書いてください。",
                    en=f"{text}: there is no commit up to this day. Name a later day, or a folder.",
                )
            )
    if found is None:
        raise ProjectError(
            either(
                ja=f"{text[:_LONGEST]!r}: {NAME} のあるフォルダーでも、"
                "git の版（HEAD~1、タグ、2026-04-01 など）でもありません。書き方を確かめてください。",
                en=f"{text[:_LONGEST]!r}: is neither a folder with {NAME} nor a revision of git "
                "(HEAD~1, a tag, 2026-04-01). Check how it is written.",
            )
        )
    return found


def _verified(root: Path, text: str) -> str | None:
    if not text or text.startswith("-") or ".." in text or any(ord(letter) < 32 for letter in text):
        return None
    done = _run(root, "rev-parse", "--verify", "--quiet", f"{text}^{{commit}}")
    found = done.stdout.decode(errors="replace").strip()
    return found if not done.returncode and re.fullmatch(r"[0-9a-f]{40,64}", found) else None


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _held(root: Path, commit: str) -> set[str]:
    """List the files of a commit, from the top of the repository."""
    listed = _git(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
    return {os.fsdecode(name) for name in listed.split(b"\0") if name}


def _with_what_is_not_held(
    settings: Settings, project: Path, root: Path, held: set[str], text: str
) -> tuple[Settings, list[str]]:
    """Point names of inputs that the revision does not hold to the files of now; say which."""
    now: list[str] = []
    missing: list[str] = []

    def as_it_is(name: str, section: str, key: str) -> str:
        path = Path(os.path.normpath(project / name))
        inside = _inside(path, root)
        # Places that are remembered now were not known then.
        if inside and (key == "places" or not _is_there(path) or any(_fits(each, inside) for each in held)):
            return name
        if inside and section == "resources":
            missing.append(name)
            return name
        now.append(name)
        return str(path)

    changed = _with_inputs(settings, as_it_is)
    if missing:
        raise ProjectError(
            either(
                ja=f"{text}: この版には {first_five(missing)} がありません。地域資源の表が入っている版か、"
                "前の日付のプロジェクトのフォルダーを書いてください。",
                en=f"{text}: this revision does not hold {first_five(missing)}. Name one that holds the resources, or "
                "the folder of the project of the other date.",
            )
        )
    return changed, list(dict.fromkeys(now))


def _with_inputs(settings: Settings, named: Callable[[str, str, str], str]) -> Settings:
    """Return the settings with every name of an input put through a function of name, section and key."""

    def of_section(section: Mapping[str, Any], title: str) -> dict[str, Any]:
        keys = [key for key in section if title == "background" or key in _INPUTS]
        names = {key: section[key] for key in keys}
        changed = {
            key: [named(name, title, key) for name in names] if isinstance(names, list) else named(names, title, key)
            for key, names in names.items()
        }
        return {**section, **changed}

    found: dict[str, Any] = {}
    for title in _SECTIONS:
        value = getattr(settings, title)
        many = isinstance(value, tuple)
        found[title] = tuple(of_section(each, title) for each in value) if many else of_section(value, title)
    return replace(settings, **found)


def _inside(path: Path, root: Path) -> str:
    """Name a file from the top of the repository; blank for one outside of it."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else ""


def _fits(held: str, name: str) -> bool:
    """Tell whether a file of the revision is the named one, lies beside it as a part of it, or fits a name with *.

    A Shapefile is several files of one stem.
    """
    if "*" in name:
        pattern = "".join("[^/]*" if part == "*" else re.escape(part) for part in re.split(r"(\*)", name))
        return re.fullmatch(pattern, held) is not None
    one, other = PurePosixPath(held), PurePosixPath(name)
    return one == other or (one.parent == other.parent and one.stem == other.stem and other.suffix == ".shp")


def _is_there(path: Path) -> bool:
    return any(path.parent.glob(path.name)) if "*" in path.name else path.exists()


def _besides(settings: Settings, project: Path, root: Path) -> list[str]:
    """List the named inputs that lie in the repository, but not in the project's folder."""
    names: list[str] = []

    def noted(name: str, _section: str, _key: str) -> str:
        names.append(name)
        return name

    _with_inputs(settings, noted)
    paths = [Path(os.path.normpath(project / name)) for name in names]
    return [_inside(path, root) for path in paths if _inside(path, root) and not path.is_relative_to(project)]


def _told_of(text: str, now: list[str]) -> tuple[str, ...]:
    if not now:
        return ()
    return (
        either(
            ja=f"{text}: {first_five(now)} はこの版に入っていないため、いまあるファイルを使いました。",
            en=f"{text}: does not hold {first_five(now)}; the files of now were used.",
        ),
    )


def _git(root: Path, *words: str) -> bytes:
    done = _run(root, *words)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise ProjectError(
            either(ja=f"git が止まりました（{words[0]}）: {said}", en=f"git stopped ({words[0]}): {said}")
        )
    return done.stdout


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    known: Mapping[str, str] = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    try:
        return subprocess.run(  # noqa: S603 - words are ours, and a revision that git has verified
            ["git", "--literal-pathspecs", "-C", str(folder), *words],  # noqa: S607 - git is where the user has it
            capture_output=True,
            check=False,
            env={**known, **_QUIET},
        )
    except FileNotFoundError as error:
        raise ProjectError(
            either(
                ja="git が見つからないため、版では比べられません。前の日付のプロジェクトのフォルダーを書いてください。",
                en="git is not installed, so revisions cannot be opened. Name the folder of the other date.",
            )
        ) from error
