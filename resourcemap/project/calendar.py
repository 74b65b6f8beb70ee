"""The calendars of a project: a file to subscribe to, and a month on paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.errors import ProjectError, QuestionError, unknown
from resourcemap.files import write_bytes
from resourcemap.language import either
from resourcemap.model.catalog import LANGUAGES
from resourcemap.project.keys import WEEKS
from resourcemap.project.onpaper import letters_missing
from resourcemap.project.reasons import aside
from resourcemap.project.report import Report
from resourcemap.project.settings import NAME
from resourcemap.publish.calendar.ics import calendar_of
from resourcemap.publish.calendar.month import month_sheet

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import geopandas as gpd

    from resourcemap.model.consent import Released
    from resourcemap.project.onpaper import OnPaper
    from resourcemap.project.planned import Planned
    from resourcemap.project.report import LeftAside

PAPER = ".pdf"
SUFFIXES = (".ics", PAPER)


@dataclass(frozen=True)
class CalendarAsked:
    """What is asked of calendars.

    Parameters
    ----------
    area
        The name, its beginning, or the id of an area; the whole project unless given.
    system
        The system of areas; that of the list unless given, or else the first that has such an area.
    kinds
        Ids or names of kinds; all of them unless given.
    month
        The first and the last day of the month on paper (`resourcemap.project.months.month_of`).
    language
        One of `resourcemap.model.catalog.LANGUAGES`; that of the project unless given.
    landscape
        Whether paper lies on its long side.
    on
        A day to come on which everything in a calendar to subscribe to may still be shown.
    """

    area: str | None = None
    system: str | None = None
    kinds: tuple[str, ...] = ()
    month: tuple[date, date] | None = None
    language: str | None = None
    landscape: bool = False
    on: date | None = None


def write_calendar(project: Planned, path: Path, asked: CalendarAsked | None = None) -> Report:
    r"""Write a calendar in the form of its suffix.

    Parameters
    ----------
    project
        The project.
    path
        The file to write: ``.ics``, a calendar to subscribe to, of what the map shows; or ``.pdf``, a month on paper,
        of what paper may show on the day of the project and still on the first day of the month.
    asked
        What is asked.

    Returns
    -------
    Report
        ``left_aside`` are the rows without any event, with the reason; on paper every row is said.

    Raises
    ------
    QuestionError
        For a suffix, area, system, kind or language that is not known, and for a month that is not asked of paper, or
        paper without a month.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.language import speaking
    >>> from resourcemap.project.project import open_project
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "resourcemap.toml").write_text('[[resources]]\nfile = "list.csv"\n', encoding="utf-8")
    >>> _ = (folder / "list.csv").write_text("名称,種類,緯度,経度,開催日時,承諾\n"
    ...     "本町,サロン,35.7,139.7,毎週水曜 10時〜12時,有\n", encoding="utf-8")
    >>> with speaking("en"):
    ...     print(write_calendar(open_project(folder), folder / "a.ics").as_text().splitlines()[2])
      out: in the calendar 1, events 1
    """
    return Calendars(project, asked or CalendarAsked()).write(path)


@dataclass(frozen=True)
class Calendars:
    """The calendars of a project, with what those of all areas share worked out once.

    Parameters
    ----------
    project
        The project.
    asked
        What is asked of all of them; `write` may take another area.
    """

    project: Planned = field(repr=False)
    asked: CalendarAsked

    def write(self, path: Path, area: str | None = None) -> Report:
        """Write one calendar, as `write_calendar` does; of `area` where it is given."""
        self._require_form(path)
        self.project.require_free(path, "-o")
        found = self._area(self.asked.area if area is None else area)
        return self._sheet(path, found) if path.suffix.lower() == PAPER else self._ics(path, found)

    @cached_property
    def language(self) -> str:
        """The language of words."""
        language = self.asked.language or str(self.project.masthead["language"])
        if language not in LANGUAGES:
            raise QuestionError(unknown("--lang", language, LANGUAGES))
        return language

    @cached_property
    def kinds(self) -> list[str]:
        """The ids of the kinds asked for."""
        catalog = self.project.catalog
        found = [word if word in catalog.kinds else catalog.kind_of(word) for word in self.asked.kinds]
        faults = [
            unknown("--kind", word, catalog.kinds)
            for word, kind in zip(self.asked.kinds, found, strict=True)
            if kind is None
        ]
        if faults:
            raise QuestionError(faults)
        return [kind for kind in found if kind]

    @cached_property
    def on_web(self) -> Released:
        """What may stand on the web."""
        return self.project.released("map", self.asked.on)

    @cached_property
    def on_paper(self) -> OnPaper:
        """What paper shows of each area in the month."""
        return self.project.on_paper(self._month)

    @cached_property
    def web_schedules(self) -> pd.Series:
        """The schedule of every row that may stand on the web."""
        return self.project.schedules_of(self.on_web)

    @cached_property
    def web_areas(self) -> dict[tuple[str, str], set[str]]:
        """The ids of the rows of each area that may stand on the web; a telephone line is for all of them."""
        return self.on_paper.ids_by_area(self.on_web, self.project.placements_of(self.on_web))

    def _ics(self, path: Path, area: gpd.GeoDataFrame | None) -> Report:
        """Write a calendar to subscribe to."""
        project = self.project
        released = self._of_kinds(self._on_web_of(area))
        made = calendar_of(
            released,
            schedules=self.web_schedules,
            catalog=project.catalog,
            title=project.title,
            publisher=str(project.masthead["publisher"]),
            as_of=project.as_of,
            name=self._name(area),
            language=self.language,
            covered=project.located.get("consent_until"),
        )
        write_bytes(path, made.ics)
        undated = made.undated
        reasons = undated["reason"].replace("suspended", "not_meeting")
        left = aside("calendar", project.located.loc[undated["row"]], reasons)
        out = {
            either(ja="予定のある資源", en="in the calendar"): len(released.table) - len(left),
            either(ja="予定", en="events"): made.events,
        }
        return _report(path, released, out, left, [_partly(len(made.partly))] if len(made.partly) else [])

    def _sheet(self, path: Path, area: gpd.GeoDataFrame | None) -> Report:
        """Write a month on paper."""
        project = self.project
        released = self._of_kinds(self.on_paper.of_area(area))
        sheet = month_sheet(
            released,
            month=self._month,
            schedules=self.on_paper.schedules,
            catalog=project.catalog,
            title=self._name(area),
            # Numbers are those of the map of the area, with all kinds on it.
            places=self.on_paper.places_of(area),
            publisher=str(project.masthead["publisher"]),
            as_of=project.as_of,
            language=self.language,
            week_from=WEEKS[project.settings.calendar.get("week", "日")],
            across=self.asked.landscape,
        )
        write_bytes(path, sheet.pdf())
        lost = letters_missing(released.table["name"].tolist(), self.language)
        return _report(path, released, {either(ja="載せた資源", en="shown"): len(released.table)}, (), list(lost))

    @property
    def _month(self) -> date:
        """The first day of the month on paper."""
        return self.asked.month[0] if self.asked.month else self.project.as_of

    def _require_form(self, path: Path) -> None:
        suffix = path.suffix.lower()
        if suffix not in SUFFIXES:
            raise QuestionError(
                either(
                    ja=f"-o {path.name}: カレンダーのファイルは .ics（登録用）か .pdf（紙の予定表）にしてください。",
                    en=f"-o {path.name}: name a file that ends with .ics (to subscribe to) or .pdf (a month on paper).",
                )
            )
        if (suffix == PAPER) == (self.asked.month is not None):
            return
        if suffix == PAPER:
            raise QuestionError(
                either(
                    ja=f"-o {path.name}: 紙の予定表は1か月分です。--month 2026-12 のように月を指定してください。",
                    en=f"-o {path.name}: paper holds one month. Name it, as in --month 2026-12.",
                )
            )
        raise QuestionError(
            either(
                ja=f"-o {path.name}: .ics には400日分が入ります。--month は紙の予定表（.pdf）のときだけ使います。",
                en=f"-o {path.name}: an .ics file holds 400 days. --month is for paper (.pdf).",
            )
        )

    def _area(self, area: str | None) -> gpd.GeoDataFrame | None:
        """Return the row of an area, or nothing where none is asked for."""
        areas, system = self.project.areas, self.asked.system
        if areas is None:
            if area is None and system is None:
                return None
            raise ProjectError(
                either(
                    ja=f"{NAME}: 区域がありません。[[areas]] に書いてください。",
                    en=f"{NAME}: there are no areas. Name them in [[areas]].",
                )
            )
        systems = [str(each) for each in pd.unique(areas["system"])]
        if system is not None and system not in systems:
            raise QuestionError(unknown("--system", system, systems))
        if area is None:
            return None
        usual = self.project.list_system
        order = [system] if system else sorted(systems, key=lambda each: each != usual)
        found = _found(areas, order, area)
        if found is not None:
            return found
        names = areas.loc[areas["system"] == order[0], "area"].astype(str)
        raise QuestionError(unknown(f"--area ({order[0]})", area, names))

    def _on_web_of(self, area: gpd.GeoDataFrame | None) -> Released:
        """Return what may stand on the web of an area, or of all of them."""
        if area is None:
            return self.on_web
        ids = self.web_areas.get((str(area["system"].iloc[0]), str(area["area_id"].iloc[0])), set())
        table = self.on_web.table
        return self.on_web.only(table.index[table["resource_id"].isin(ids)])

    def _of_kinds(self, released: Released) -> Released:
        """Return the rows of the kinds asked for."""
        table = released.table
        return released.only(table.index[table["kind"].isin(self.kinds)]) if self.kinds else released

    def _name(self, area: gpd.GeoDataFrame | None) -> str:
        """Return what a calendar is called: the area, or else the project, and the kinds."""
        name = self.project.title if area is None else str(area["area"].iloc[0])
        labels = [self.project.catalog.kinds[kind].label(self.language) for kind in self.kinds]
        return f"{name}（{'・'.join(labels)}）" if labels else name


def _found(areas: gpd.GeoDataFrame, systems: list[str], word: str) -> gpd.GeoDataFrame | None:
    """Return the area of that name or id, else the only one that begins so, in the first system that has any."""
    for fits in (_is_called, _begins):
        for system in systems:
            here = areas[(areas["system"] == system) & fits(areas, word)]
            if len(here):
                return here if len(here) == 1 else None
    return None


def _is_called(areas: gpd.GeoDataFrame, word: str) -> pd.Series:
    return (areas["area"].astype(str) == word) | (areas["area_id"].astype(str) == word)


def _begins(areas: gpd.GeoDataFrame, word: str) -> pd.Series:
    return areas["area"].astype(str).str.startswith(word)


def _report(
    path: Path, released: Released, out: dict[str, int], left: tuple[LeftAside, ...], notes: list[str]
) -> Report:
    if released.table.empty:
        notes = [_nothing(), *notes]
    went = {either(ja="載せられる資源", en="resources that may be shown"): len(released.table)}
    title = either(ja="カレンダー", en="Calendar")
    return Report("calendar", title, went, out, left, tuple(notes), (path,))


def _nothing() -> str:
    return either(
        ja="載せられる資源が1件もありません。区域と種類、表の「承諾」の欄を確かめてください。",
        en="There is nothing that may be shown. Look at the area, the kinds, and the column of consent.",
    )


def _partly(rows: int) -> str:
    return either(
        ja=f"日時の一部が読み取れないか、日の決まっていない回のあるものが{rows}件あります。予定の説明にそう書いてあります。",
        en=f"Of {rows} resources some of the days are not known. Their events say so.",
    )
