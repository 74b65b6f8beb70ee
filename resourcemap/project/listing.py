"""The lists of a project: files of any format, all of the same rows in the same order, with what was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resourcemap.errors import QuestionError, first_five, unknown
from resourcemap.files import together
from resourcemap.language import either
from resourcemap.model.catalog import LANGUAGES
from resourcemap.project.onpaper import CHANNEL as PAPER
from resourcemap.project.onpaper import letters_missing
from resourcemap.project.reasons import aside, resources_in
from resourcemap.project.report import LeftAside, Report
from resourcemap.publish.choice import Choice, choice_of, chosen, said
from resourcemap.publish.choice.choosing import not_known
from resourcemap.publish.choice.naming import named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from resourcemap.model.consent import Released
    from resourcemap.project.planned import Planned
    from resourcemap.publish.lists.cp932 import Lost

# What the words of consent mean: a list is handed on as a file (一覧), paper is printed (紙面), and what stands on the
# website needs the word that names it (ホームページ, Web), which is that of the map.
CHANNELS = {".xlsx": "list", ".csv": "list", ".docx": PAPER, ".pdf": PAPER, ".md": "map", ".html": "map"}
ENCODINGS = ("utf-8", "cp932")


def write_lists(
    project: Planned,
    files: Sequence[Path],
    *,
    choice: Choice | None = None,
    language: str | None = None,
    encoding: str = "utf-8",
    on: date | None = None,
) -> Report:
    r"""Write lists of what a project may show, each in the format of its suffix; all of them appear, or none.

    Parameters
    ----------
    project
        The tables of a project.
    files
        The files to write: ``.xlsx``, ``.csv``, ``.docx``, ``.pdf``, ``.md``, ``.html``. Which rows each may hold is
        for the consent to say: see `CHANNELS`.
    choice
        What is listed, everything unless given. With an area the list is divided by its system.
    language
        The language of the lists; that of the project unless given.
    encoding
        That of CSV: ``"utf-8"`` or ``"cp932"``.
    on
        The first day that they are for, that of the project unless given: what may not be shown any more by then is
        not on them.

    Returns
    -------
    Report
        What each file holds. ``more["lost"]`` has the characters that CP932 cannot write.

    Raises
    ------
    QuestionError
        For a suffix, a language or an encoding that is not known, or a choice of what is not there.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.project.project import open_project
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "resourcemap.toml").write_text('[[resources]]\nfile = "a.csv"\n', encoding="utf-8")
    >>> _ = (folder / "a.csv").write_text("名称,種類,承諾\n本町,サロン,有\n", encoding="utf-8")
    >>> write_lists(open_project(folder), [folder / "list.md"]).came_out
    {'list.md': 1}
    """
    day = max(on or project.as_of, project.as_of)
    asked = _Asked(project, choice or Choice(), language or project.masthead["language"], encoding, day)
    _require_known(project, files, asked)
    made = {path: asked.of(CHANNELS[path.suffix.lower()]) for path in files}
    lost: dict[Path, list[Lost]] = {}
    with together():
        for path, rows in made.items():
            lost[path] = _WRITERS[path.suffix.lower()](path, rows)
    return _report(project, made, lost, asked)


def choice_in(project: Planned, link: str = "", **asked: Any) -> Choice:
    """Make a choice from a link of the map, or from names in the words of the project.

    Parameters
    ----------
    project
        The tables of a project; the system of its list is looked at first for an area.
    link
        The address of the map with what was chosen there.
    asked
        What `resourcemap.publish.choice.naming.named` takes; not together with a link.

    Raises
    ------
    QuestionError
        For names of what is not there, and for a link together with others.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from resourcemap.model.catalog import load_catalog
    >>> project = SimpleNamespace(catalog=load_catalog(), areas=None, list_system=None)
    >>> choice_in(project, kinds=["サロン"]) == choice_in(project, "https://example.or.jp/#kind=salon")
    True
    """
    if link and any(asked.values()):
        raise QuestionError(
            either(
                ja="--link と、ほかの選ぶ条件は、どちらか一方にしてください。",
                en="--link says what is chosen. Give either it or the other options.",
            )
        )
    if link:
        return choice_of(link)
    return named(catalog=project.catalog, areas=project.areas, system=project.list_system, **asked)


@dataclass(frozen=True)
class _Rows:
    """What goes into the files of one channel."""

    project: Planned
    choice: Choice
    on: date
    released: Released
    left_out: int
    note: str
    language: str
    encoding: str
    system: str | None
    areas: gpd.GeoDataFrame | None
    placements: pd.DataFrame | None
    schedules: pd.Series

    @property
    def told(self) -> dict[str, Any]:
        """What every file is told besides the rows."""
        return {
            **self.project.masthead,
            "language": self.language,
            "catalog": self.project.catalog,
            "note": self.note,
            "placements": self.placements,
            "areas": self.areas,
            "system": self.system,
        }


@dataclass(frozen=True)
class _Asked:
    """A question to the lists."""

    project: Planned
    choice: Choice
    language: str
    encoding: str
    on: date

    def of(self, channel: str) -> _Rows:
        """Choose the rows of a channel."""
        project, choice = self.project, self.choice
        paper = project.on_paper(self.on)
        if channel == PAPER:
            released, schedules, placements = paper.released, paper.schedules, paper.placements
        else:
            released = project.released(channel, self.on)
            schedules, placements = project.schedules_of(released), project.placements_of(released)
        usual = {
            "schedules": schedules,
            "placements": placements,
            "catalog": project.catalog,
            "as_of": self.on,
        }
        rows = chosen(released, choice, **usual)
        note = said(
            choice,
            catalog=project.catalog,
            areas=project.areas,
            not_known=not_known(released, choice, **usual),
            language=self.language,
        )
        system = choice.area[0] if choice.area else project.list_system
        shown = released.only(rows)
        return _Rows(
            project,
            choice,
            self.on,
            shown,
            len(released.table) - len(rows),
            note,
            self.language,
            self.encoding,
            system,
            _areas_of(project, shown, choice, placements, system),
            placements,
            schedules[rows],
        )


def _areas_of(
    project: Planned, shown: Released, choice: Choice, placements: pd.DataFrame | None, system: str | None
) -> gpd.GeoDataFrame | None:
    """Return the areas that have a chapter: all of them, or, where something was chosen, those that have any of it."""
    if project.areas is None or placements is None or choice.is_empty:
        return project.areas
    here = placements[placements["resource_id"].isin(shown.table["resource_id"]) & (placements["system"] == system)]
    wanted = set(here["area_id"].dropna()) if choice.area is None or choice.area[1] is None else {choice.area[1]}
    return project.areas[(project.areas["system"] == system) & project.areas["area_id"].isin(wanted)]


def _require_known(project: Planned, files: Sequence[Path], asked: _Asked) -> None:
    for path in files:
        if path.suffix.lower() not in CHANNELS:
            raise QuestionError(unknown(f"-o {path}", path.suffix or "", CHANNELS))
        project.require_free(path, "-o")
    if asked.language not in LANGUAGES:
        raise QuestionError(unknown("--lang", asked.language, LANGUAGES))
    if asked.encoding not in ENCODINGS:
        raise QuestionError(unknown("--encoding", asked.encoding, ENCODINGS))
    if asked.encoding != "utf-8" and not any(path.suffix.lower() == ".csv" for path in files):
        raise QuestionError(
            either(ja="--encoding は、CSV を書くときのためのものです。", en="--encoding is for CSV files alone.")
        )


def _write_workbook(path: Path, rows: _Rows) -> list[Lost]:
    """Write the workbook, with links to the map where the settings say where it is."""
    from resourcemap.publish.lists import write_list  # noqa: PLC0415 (each format is loaded when it is asked for)

    write_list(rows.released, path, **rows.told, **map_links(rows.project))
    return []


def map_links(project: Planned) -> dict[str, Any]:
    """Return what a workbook needs to link to the map: where it is, and the ids that it shows.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> map_links(SimpleNamespace(settings=SimpleNamespace(map={})))
    {}
    """
    address = str(project.settings.map.get("address", ""))
    if not address:
        return {}
    return {"map_address": address, "on_map": project.released("map").table["resource_id"].tolist()}


def _write_csv(path: Path, rows: _Rows) -> list[Lost]:
    from resourcemap.publish.lists.csvlist import write_csv_list  # noqa: PLC0415

    return write_csv_list(rows.released, path, encoding=rows.encoding, schedules=rows.schedules, **rows.told)


def _write_word(path: Path, rows: _Rows) -> list[Lost]:
    from resourcemap.publish.lists.wordlist import write_word_list  # noqa: PLC0415

    write_word_list(rows.released, path, schedules=rows.schedules, **rows.told)
    return []


def _write_markdown(path: Path, rows: _Rows) -> list[Lost]:
    from resourcemap.publish.lists.fragment import write_markdown_list  # noqa: PLC0415

    write_markdown_list(rows.released, path, schedules=rows.schedules, **rows.told)
    return []


def _write_html(path: Path, rows: _Rows) -> list[Lost]:
    from resourcemap.publish.lists.fragment import write_html_list  # noqa: PLC0415

    write_html_list(rows.released, path, schedules=rows.schedules, **rows.told)
    return []


def _write_booklet(path: Path, rows: _Rows) -> list[Lost]:
    from resourcemap.project.booklet import maps_of  # noqa: PLC0415
    from resourcemap.publish.lists.booklet import write_booklet  # noqa: PLC0415

    maps = maps_of(rows.project, rows.released, rows.choice, rows.on, rows.told)
    write_booklet(rows.released, path, **maps, first=rows.on, schedules=rows.schedules, **rows.told)
    return []


_WRITERS: dict[str, Callable[[Path, _Rows], list[Lost]]] = {
    ".xlsx": _write_workbook,
    ".csv": _write_csv,
    ".docx": _write_word,
    ".pdf": _write_booklet,
    ".md": _write_markdown,
    ".html": _write_html,
}


def _report(project: Planned, made: dict[Path, _Rows], lost: dict[Path, list[Lost]], asked: _Asked) -> Report:
    """Say what each file holds, what stays inside, and what CP932 could not write."""
    first = next(iter(made.values()))
    left: dict[LeftAside, None] = {}
    for rows in {rows.released.channel: rows for rows in made.values()}.values():
        withheld = rows.released.withheld
        left |= dict.fromkeys(aside("list", project.located.loc[withheld.index], withheld["reason"]))
    out = {path.name: len(rows.released.table) for path, rows in made.items()}
    chosen_not = max(rows.left_out for rows in made.values())
    if not asked.choice.is_empty:
        out[either(ja="選ばれなかったもの", en="not chosen")] = chosen_not
    letters = [(path, each) for path, every in lost.items() for each in every]
    return Report(
        "list",
        either(ja="一覧", en="List"),
        resources_in(project.located),
        out,
        tuple(left),
        tuple(note for note in (first.note, _lost_note([each for _, each in letters]), *_unprinted(made)) if note),
        tuple(made),
        details=tuple(
            either(
                ja=f"{path.name} {each.row}行目「{each.column}」: {each.character}（{each.name}）",
                en=f"{path.name} row {each.row}, {each.column}: {each.character} ({each.name})",
            )
            for path, each in letters
        ),
        more={
            "lost": [
                {"file": path.name, "row": each.row, "column": each.column, "character": each.character}
                for path, each in letters
            ]
        },
    )


def _unprinted(made: dict[Path, _Rows]) -> tuple[str, ...]:
    """Say which characters no booklet has, which is set with the fonts of paper."""
    rows = [rows for path, rows in made.items() if path.suffix.lower() == ".pdf"]
    texts = [
        each.released.table[column].tolist()
        for each in rows
        for column in ("name", "venue", "address")
        if column in each.released.table
    ]
    return letters_missing(texts, rows[0].language) if rows else ()


def _lost_note(lost: list[Lost]) -> str:
    if not lost:
        return ""
    letters = first_five(dict.fromkeys(each.character for each in lost))
    return either(
        ja=f"CP932（Shift_JIS）で書けない文字を〓にしました（{len(lost)}か所: {letters}）。"
        "そのまま残すには --encoding を付けずに書き出してください。",
        en=f"Characters that CP932 cannot write became 〓 ({len(lost)}: {letters}). "
        "To keep them, write without --encoding.",
    )
