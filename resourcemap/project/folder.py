"""The folder of a project: which files it reads, and where its outputs go."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from resourcemap.errors import ProjectError, QuestionError
from resourcemap.language import either
from resourcemap.project.inputs import is_kept, matching
from resourcemap.project.merge.history import HISTORY
from resourcemap.project.settings import NAME

if TYPE_CHECKING:
    from resourcemap.project.settings import Settings

# The page that shows how to put the map on a website.
EMBED = "maps/embed.html"
# Section, key, and where it goes when the settings do not say; nowhere when that is blank.
OUTPUTS = (
    ("coverage", "csv", "maps/coverage.csv"),
    ("coverage", "figures", ""),
    ("coverage", "week", ""),
    ("gaps", "csv", "maps/gaps.csv"),
    ("gaps", "html", "maps/gaps.html"),
    ("gaps", "standards", "maps/standards.csv"),
    ("gaps", "patches", "maps/patches.geojson"),
    ("rating", "file", "maps/progress.xlsx"),
    ("strengths", "file", "maps/strengths.xlsx"),
    ("map", "file", "maps/index.html"),
    ("map", "planning", ""),
    ("map", "embed", EMBED),
    ("list", "file", "maps/resources.xlsx"),
)

_FILES = (
    *("file", "outline", "membership", "polygons", "gazetteer", "places", "streets", "buildings", "mesh"),
    "candidates",
)


# What a build writes besides, wherever the folders of these may lead.
_FIXED = ("maps/left_aside.csv", "maps/released.json", "internal/left_aside.csv", "internal/duplicates.csv")
# Names of devices, characters that Windows refuses, and ends that it drops.
_UNSAFE = re.compile(
    r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)|[^.][. ]$|^\.{3,}$"
    r"|[<>:\"|?*\x00-\x1f\u202a-\u202e\u2066-\u2069]",
    re.IGNORECASE,
)


class Folder:
    """A folder with resourcemap.toml, and the files that it names.

    Parameters
    ----------
    folder
        The folder.
    settings
        What resourcemap.toml says.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings

    def output(self, section: str, key: str, usual: str) -> Path:
        """Return where an output goes: what the settings say, or the usual place."""
        return self.folder / str(getattr(self.settings, section).get(key, usual))

    def check_outputs(self) -> None:
        """Raise `ProjectError` when an output would be written over a folder, an input or another output."""
        taken = {path.resolve(): path.name for path in self.inputs}
        self._require_inside()
        for section, key, usual in OUTPUTS:
            if not getattr(self.settings, section).get(key, usual):
                continue
            path = self.output(section, key, usual).resolve()
            if path.is_dir():
                raise ProjectError(
                    either(
                        ja=f"{NAME}: [{section}] {key} の書き出し先 {path.name} は、フォルダーです。"
                        "ファイルの名前にしてください。",
                        en=f"{NAME}: [{section}] {key} is {path.name}, a folder. Name a file.",
                    )
                )
            if path in taken:
                raise ProjectError(
                    either(
                        ja=f"{NAME}: [{section}] {key} の書き出し先 {path.name} は、"
                        "読み込むファイルか、ほかの書き出し先と同じです。別の名前にしてください。",
                        en=f"{NAME}: [{section}] {key} would write over {path.name}, "
                        "which is an input or another output. Choose another name.",
                    )
                )
            taken[path] = path.name

    def _require_inside(self) -> None:
        """Raise `ProjectError` when an output would lie outside of the project, also by a link, or has no safe name."""
        inside = self.folder.resolve()
        named = [
            (f"[{section}] {key}", getattr(self.settings, section).get(key, usual)) for section, key, usual in OUTPUTS
        ]
        places = self.settings.locate.get("places", [])
        named += [("[locate] places", name) for name in ([places] if isinstance(places, str) else places[:1])]
        # A path was said on the command line, where people may write wherever they like; names stand in the settings.
        written = [(setting, name) for setting, name in named if not isinstance(name, Path)]
        for setting, name in [*written, *(("", name) for name in _FIXED)]:
            where = f"{setting} {name}".strip()
            if any(_UNSAFE.search(part) for part in re.split(r"[/\\]", str(name))):
                raise ProjectError(
                    either(
                        ja=f"{NAME}: {where} は、Windowsで使えない名前です。別の名前にしてください。",
                        en=f"{NAME}: {where} is no name that Windows can use. Choose another name.",
                    )
                )
            if name and not (self.folder / str(name)).resolve().is_relative_to(inside):
                raise ProjectError(
                    either(
                        ja=f"{NAME}: {where} は、プロジェクトのフォルダーの外に書くことになります（リンクも含みます）。"
                        "フォルダーの中の名前にしてください。",
                        en=f"{NAME}: {where} would be written outside of the project's folder, perhaps by a link. "
                        "Name a file inside it.",
                    )
                )

    def require_free(self, path: Path, option: str) -> None:
        """Raise `QuestionError` when a file to be written is a folder, or one that the project reads."""
        if path.is_dir():
            raise QuestionError(
                either(
                    ja=f"{option} {path}: フォルダーです。ファイルの名前にしてください。",
                    en=f"{option} {path}: is a folder. Name a file.",
                )
            )
        if path.resolve() in {each.resolve() for each in self.inputs}:
            raise QuestionError(
                either(
                    ja=f"{option} {path}: プロジェクトが読み込むファイルです。別の名前にしてください。",
                    en=f"{option} {path}: the project reads this file. Choose another name.",
                )
            )

    @property
    def inputs(self) -> list[Path]:
        """Every file of the settings that is read, and the settings themselves."""
        named = [path for name in self.named for path in self.paths(name)]
        return [self.folder / NAME, *named, *self._of_newsletters]

    @property
    def _of_newsletters(self) -> list[Path]:
        """The texts of newsletters, one file or one for each area, and their template; they need not be there yet."""
        settings = self.settings.newsletter
        names = [str(settings[key]) for key in ("text", "template") if settings.get(key)]
        return [path for name in names for path in self._for_areas(name)]

    def _for_areas(self, name: str) -> list[Path]:
        return matching(self.folder / name.replace("{area}", "*")) if "{area}" in name else [self.folder / name]

    @property
    def named(self) -> list[str]:
        """The names of files in the settings, as written."""
        settings = self.settings
        sections = [*settings.resources, *settings.areas, settings.blocks, settings.people, settings.locate]
        sections += [settings.reach, settings.sites]
        named = [section[key] for section in sections for key in _FILES if key in section]
        files: list[str | list[str]] = [*named, *settings.background.values()]
        return [name for names in files for name in ([names] if isinstance(names, str) else names)]

    def paths(self, files: str | list[str]) -> list[Path]:
        """Return files of the settings as paths; a name with ``*`` stands for all that match, in order.

        Raises
        ------
        ProjectError
            When nothing matches.
        """
        if not files:
            raise ProjectError(
                either(
                    ja=f"{NAME}: ファイルの名前が空のところがあります。名前を書いてください。",
                    en=f"{NAME}: a file is asked for and none is named. Name it.",
                )
            )
        found: list[Path] = []
        for name in [files] if isinstance(files, str) else files:
            if "*" in name:
                matches = [path for path in matching(self.folder / name) if not is_kept(path, self.folder)]
            else:
                matches = [self.folder / name]
                self._require_no_history(name)
            if not matches:
                raise ProjectError(
                    either(
                        ja=f"{NAME}: {name} に当てはまるファイルがありません。名前を直してください。",
                        en=f"{NAME}: no file matches {name}. Correct the name.",
                    )
                )
            found += matches
        return found

    def _require_no_history(self, name: str) -> None:
        if (self.folder / name).resolve() == (self.folder / HISTORY).resolve():
            raise ProjectError(
                either(
                    ja=f"{NAME}: {name} は取り込みの履歴です。入力には使えません。ほかのファイルを書いてください。",
                    en=f"{NAME}: {name} is the history of merges and no input. Name another file.",
                )
            )
