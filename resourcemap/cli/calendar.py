"""The command that writes calendars."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from resourcemap.cli.app import AsJson, Folder, app
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
    area: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="区域", en="AREA"),
            help=either(ja="区域の名前（なければ全体）", en="Name of an area (all unless given)"),
        ),
    ] = None,
    system: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="区分", en="SYSTEM"),
            help=either(ja="区分（なければ一覧と同じ）", en="System of areas (that of the list unless given)"),
        ),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar=either(ja="種類", en="KIND"),
            help=either(ja="種類（何度でも書ける）", en="Kind (may be given several times)"),
        ),
    ] = None,
    month: Annotated[
        str | None,
        typer.Option(metavar="2026-12", help=either(ja="紙の予定表の月", en="Month on paper")),
    ] = None,
    landscape: Annotated[
        bool, typer.Option("--landscape", help=either(ja="紙を横に使う", en="Lay the paper on its long side"))
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="ja|ja-easy|en|zh|ko",
            help=either(ja="ことば（なければプロジェクトと同じ）", en="Language (that of the project unless given)"),
        ),
    ] = None,
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
