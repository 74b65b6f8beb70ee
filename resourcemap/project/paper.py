"""All paper of a month at once: newsletters, calendars, lists, maps, portraits, and the sheets of the committee."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from resourcemap.errors import QuestionError
from resourcemap.files import together
from resourcemap.language import either
from resourcemap.metres import metre_crs, to_metres
from resourcemap.project.calendar import CalendarAsked, Calendars
from resourcemap.project.gapping import gap_sheet
from resourcemap.project.issues import Issues, NewsletterAsked
from resourcemap.project.listing import write_lists
from resourcemap.project.newsletter import write_newsletters
from resourcemap.project.papermap import MapAsked, write_map_sheet
from resourcemap.project.planning import rating_sheet
from resourcemap.project.portraitpages import PortraitPages
from resourcemap.project.report import Report
from resourcemap.project.snapshot import open_snapshot
from resourcemap.publish.choice.choice import Choice
from resourcemap.publish.paper.filenames import distinct_file_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from resourcemap.project.planned import Planned
    from resourcemap.project.report import LeftAside

    Progress = Callable[[str, int, int], None]

COMMITTEE = "committee"


@dataclass(frozen=True)
class PaperAsked:
    """What is asked of the paper of a month.

    Parameters
    ----------
    areas
        Names or ids of areas; all of the system unless given.
    system
        The system of areas; that of the newsletter unless given.
    since
        The project of the last issue: a folder, a revision or a day, as `open_snapshot` takes it.
    """

    areas: tuple[str, ...] = ()
    system: str | None = None
    since: str | None = None


def write_paper(
    project: Planned,
    month: tuple[date, date],
    folder: Path,
    asked: PaperAsked | None = None,
    *,
    progress: Progress | None = None,
) -> list[Report]:
    """Write all paper of a month into a folder; every file appears, or none.

    For each area a newsletter, a month of dates and a portrait; for all of them together (or for each area that was
    asked for) lists and a map; the booklet and the calendar to subscribe to. What shows figures is for the committee,
    as of the day of the project, and lies in a folder of its own; without people or areas there is none of it, and
    without standards there are no progress and gap sheets. Without areas there are lists, dates and a map of all. All
    sheets about an area have the same numbers.

    Parameters
    ----------
    project
        The project.
    month
        The first and the last day (`resourcemap.project.months.month_of`).
    folder
        Where the files go; made where it is not there.
    asked
        What else is asked.
    progress
        Called before each part with its name, how many are done, and how many there are.

    Returns
    -------
    list of Report
        One per kind of paper.

    Raises
    ------
    QuestionError
        For an area or a system that is not there, or a folder that is a file.
    ProjectError
        When an area is asked for and the project has none.
    """
    if folder.is_file():
        raise QuestionError(
            either(
                ja=f"-o {folder}: ファイルです。フォルダーの名前にしてください。",
                en=f"-o {folder}: is a file. Name a folder.",
            )
        )
    work = _Work(project, month, folder, asked or PaperAsked())
    with together():
        return list(work.reports(progress))


@dataclass(frozen=True)
class _Work:
    """The paper of a month, part by part."""

    project: Planned
    month: tuple[date, date]
    folder: Path
    asked: PaperAsked

    @cached_property
    def issues(self) -> Issues:
        asked = NewsletterAsked(areas=self.asked.areas, system=self.asked.system, since=self.asked.since)
        return Issues(self.project, self.month, asked)

    @property
    def divided(self) -> bool:
        """Whether there are areas to make paper for; who asks for one where there are none is told."""
        return self.project.areas is not None or bool(self.asked.areas or self.asked.system)

    @cached_property
    def areas(self) -> list[tuple[str, str]]:
        """The ids of the areas asked for, with their names for files."""
        issues = self.issues
        ids = issues.areas["area_id"].astype(str).tolist()
        names = distinct_file_names(issues.areas["area"].astype(str).tolist())
        return [(ids[at], names[at]) for at in issues.chosen]

    def reports(self, progress: Progress | None) -> Iterator[Report]:
        """Write every part and yield its report."""
        settings = self.project.settings
        parts: list[tuple[str, Callable[[], Report]]] = [
            (either(ja="月の予定表", en="Calendar"), self._calendars),
            (either(ja="一覧", en="List"), self._lists),
            (either(ja="紙の地図", en="Paper map"), self._maps),
        ]
        if self.divided:
            parts.insert(0, (either(ja="通信", en="Newsletter"), self._newsletters))
        if self.divided and settings.people:
            parts.append((either(ja="地域アセスメント", en="Portraits"), self._portraits))
        if self.divided and settings.people and settings.standards:
            parts.append((either(ja="進行管理の表", en="Progress"), self._progress))
            parts.append((either(ja="満たしていない基準", en="Gaps"), self._gaps))
        for done, (title, write) in enumerate(parts):
            if progress:
                progress(title, done, len(parts))
            yield write()

    def _newsletters(self) -> Report:
        return write_newsletters(self.project, self.month, self.folder, self.issues.asked)

    def _calendars(self) -> Report:
        first = self.month[0]
        web = Calendars(self.project, CalendarAsked(on=first)).write(self.folder / "calendar.ics")
        if not self.divided:
            whole = Calendars(self.project, CalendarAsked(month=self.month))
            return _joined([web, whole.write(self.folder / f"calendar-{first:%Y-%m}.pdf")])
        sheets = Calendars(self.project, CalendarAsked(system=self.issues.system, month=self.month))
        made = [sheets.write(self.folder / f"calendar-{name}-{first:%Y-%m}.pdf", area) for area, name in self.areas]
        return _joined([web, *made])

    def _lists(self) -> Report:
        project, on = self.project, self.month[0]
        if not self.asked.areas:
            names = ("list.xlsx", "list.docx", "booklet.pdf")
            return write_lists(project, [self.folder / name for name in names], on=on)
        made = []
        for area, name in self.areas:
            choice = Choice(area=(self.issues.system, area))
            files = [self.folder / f"list-{name}{suffix}" for suffix in (".xlsx", ".docx")]
            made.append(write_lists(project, files, choice=choice, on=on))
        return _joined(made)

    def _maps(self) -> Report:
        if not self.asked.areas:
            asked = MapAsked(size="a3", landscape=self._is_wide, on=self.month[0])
            return write_map_sheet(self.project, self.folder / "map.pdf", asked)
        made = [
            write_map_sheet(
                self.project,
                self.folder / f"map-{name}.pdf",
                MapAsked(area=area, system=self.issues.system, on=self.month[0]),
            )
            for area, name in self.areas
        ]
        return _joined(made)

    @property
    def _is_wide(self) -> bool:
        """Whether all there is on a map is wider than it is high."""
        areas, places = self.project.areas, self.project.on_paper(self.month[0]).places_of(None).table
        shown = places if areas is None else areas
        if shown.empty:
            return False
        west, south, east, north = to_metres(shown, metre_crs(shown)).total_bounds
        return bool(east - west > north - south)

    def _portraits(self) -> Report:
        since = open_snapshot(self.asked.since, self.project.folder) if self.asked.since else None
        pages = PortraitPages(self.project, since, on=self.month[0])
        folder = self.folder / COMMITTEE
        made = [pages.report(area, folder / f"portrait-{name}.pdf", self.issues.system) for area, name in self.areas]
        return _joined(made)

    def _progress(self) -> Report:
        return rating_sheet(self.project, self.folder / COMMITTEE / "progress.pdf")

    def _gaps(self) -> Report:
        return gap_sheet(self.project, self.folder / COMMITTEE / "gaps.pdf")


def _joined(reports: list[Report]) -> Report:
    """Return one report of several of a kind: counts summed, what was said of several said once."""
    first = reports[0]
    aside: dict[LeftAside, None] = dict.fromkeys(row for each in reports for row in each.left_aside)
    return Report(
        first.step,
        first.title,
        first.went_in,
        {either(ja="ファイル", en="files"): sum(len(each.files) for each in reports)},
        tuple(aside),
        tuple(dict.fromkeys(note for each in reports for note in each.notes)),
        tuple(file for each in reports for file in each.files),
    )
