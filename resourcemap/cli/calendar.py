"""The command that writes calendars."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from resourcemap.cli.app import AsJson, Folder, app
from resourcemap.cli.options import Kinds, Landscape, Language, OneArea, System
from resourcemap.cli.printing import print_reports
from resourcemap.language import either


@app.command(
    help=either(
        ja="予定のカレンダー（登録用の .ics か、1か月の紙の予定表 .pdf）を作る。",
        en="Make a calendar: .ics to subscribe to, or a month on paper as .pdf.",
    )
)
def calendar(
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar=either(ja="ファイル", en="FILE"),
            help=either(ja="書き出すファイル（.ics か .pdf）", en="File to write (.ics or .pdf)"),
        ),
    ],
    area: OneArea = None,
    system: System = None,
    kind: Kinds = None,
    month: Annotated[
        str | None,
        typer.Option(metavar="2026-12", help=either(ja="紙の予定表の月", en="Month on paper")),
    ] = None,
    landscape: Landscape = False,
    lang: Language = None,
    project: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Make a calendar."""
    from resourcemap.project.calendar import CalendarAsked, write_calendar
    from resourcemap.project.months import month_of
    from resourcemap.project.project import open_project

    asked = CalendarAsked(
        area=area,
        system=system,
        kinds=tuple(kind or ()),
        month=month_of(month) if month is not None else None,
        language=lang,
        landscape=landscape,
    )
    print_reports([write_calendar(open_project(project), out, asked)], as_json)
